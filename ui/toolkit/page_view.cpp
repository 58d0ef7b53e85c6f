#include "ui/toolkit/page_view.hpp"

#include "ui/toolkit/arrangement.hpp"

namespace liqu::ui {

namespace {

constexpr float pageSpace = 20;

// rest: in units of the frame.
void drawBody(Scene& scene, const Page& page, Rect rest, const Scales& scales,
              Orientation orientation) {
    const auto wanted = page.dense ? std::span(&scales.frame, 1) : std::span(scales.letters);
    // Between header, page and footer, in whatever letters.
    if (!page.dense) rest = rest.inset(0, pageSpace);
    for (const float scale : wanted) {
        scene.canvas.use(scale);
        const float ratio = scales.frame / scale;
        const Rect body{rest.x * ratio, rest.y * ratio, rest.width * ratio, rest.height * ratio};
        scene.tells(false);
        const Arrangement arrangement = arrange(scene, page, body, orientation, scene.part());
        scene.tells(true);
        if (!arrangement.fits && scale != wanted.back()) continue;
        draw(scene, arrangement);
        return;
    }
}

}  // namespace

bool isEnabled(const Scene& scene, const Button& button) {
    const bool needsForm =
        button.action == ActionKind::attendantConfirm || button.action == ActionKind::submit;
    return !needsForm || scene.form.complete;
}

void drawPage(Scene& scene, const Page& page, const PageFrame& frame, const Scales& scales) {
    Canvas& canvas = scene.canvas;
    canvas.use(scales.frame);
    const Size screen = canvas.size();
    const bool portrait = screen.height > screen.width;
    const Orientation orientation = portrait ? Orientation::portrait : Orientation::landscape;
    Rect rest{0, 0, screen.width, screen.height};
    canvas.box(rest, scene.theme.background);
    drawHeader(scene, page, frame, cutTop(rest, headerHeight(page, orientation)), orientation);
    const Rect foot = cutBottom(rest, footerHeight(frame, orientation));
    drawBody(scene, page, rest, scales, orientation);
    canvas.use(scales.frame);
    drawFooter(scene, frame, foot, orientation);
    scene.drawFocus();
}

}  // namespace liqu::ui
