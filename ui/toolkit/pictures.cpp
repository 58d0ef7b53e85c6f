#include "ui/toolkit/pictures.hpp"

#include <algorithm>

#include "ui/toolkit/sketch.hpp"

namespace liqu::ui {

namespace {

constexpr float cardShape = 85.60F / 53.98F;

Rect lying(float x, float y, float width) {
    return {x, y, width, width / cardShape};
}

void drawSocialCard(Sketch& sketch) {
    sketch.ground();
    sketch.socialCard(lying(10, 25, 80));
}

// The reader is a plate with waves; the card comes down on it.
void drawReader(Sketch& sketch, float top) {
    const Theme& theme = sketch.theme;
    sketch.box({15, top + 3, 70, 22}, theme.ink.faded(0.12F), 5);
    sketch.box({15, top, 70, 22}, theme.mutedInk, 5);
    sketch.box({19, top + 3, 62, 12}, theme.ink, 3);
    for (int wave = 0; wave < 3; ++wave) {
        sketch.arc({50, top + 13}, 4 + 3.2F * static_cast<float>(wave), -0.12F, 0.12F, theme.soft,
                   1.3F);
    }
}

void drawIdCardOnReader(Sketch& sketch) {
    sketch.ground();
    drawReader(sketch, 66);
    sketch.idCard(lying(23, 10, 54));
    sketch.arrow({50, 47}, {50, 63}, sketch.theme.primary, 3.4F);
}

void drawTakeIdCard(Sketch& sketch) {
    sketch.ground();
    drawReader(sketch, 70);
    sketch.arrow({20, 66}, {20, 48}, sketch.theme.primary, 3.4F);
    sketch.idCard(lying(30, 30, 52));
    // The hand comes from above: fingers on the near side.
    const Theme& theme = sketch.theme;
    sketch.box({46, 0, 22, 12}, theme.primaryHeld, 2);
    sketch.box({44, 8, 26, 6}, theme.primary, 2);
    sketch.box({45, 12, 24, 16}, theme.skin, 6);
    for (int finger = 0; finger < 4; ++finger) {
        const float x = 45 + static_cast<float>(finger) * 6.1F;
        sketch.box({x, 18, 5.4F, finger == 0 || finger == 3 ? 20.0F : 23.0F}, theme.skin, 2.6F);
    }
}

void drawAttendant(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.disc({50, 31}, 15, theme.skin);
    sketch.arc({50, 30}, 14, -0.24F, 0.24F, theme.ink, 5);
    sketch.box({22, 52, 56, 40}, theme.primary, 17);
    sketch.box({22, 70, 56, 24}, theme.primary);
    sketch.shape({{41, 52}, {59, 52}, {50, 66}}, theme.surface);
    sketch.shape({{48.5F, 56}, {51.5F, 56}, {53, 72}, {50, 76}, {47, 72}}, theme.primaryHeld);
    sketch.box({58, 68, 15, 11}, theme.surface, 1.5F);
    sketch.box({60, 71, 11, 1.8F}, theme.mutedInk);
    sketch.box({60, 74.5F, 7, 1.8F}, theme.mutedInk);
}

void drawIdentity(Sketch& sketch) {
    sketch.ground();
    sketch.idCard(lying(14, 27, 72));
    sketch.tick({80, 72}, 12, sketch.theme.success.ink, sketch.theme.onPrimary);
}

void drawNewCard(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.socialCard(lying(14, 26, 72));
    sketch.disc({80, 72}, 13.6F, theme.surface);
    sketch.disc({80, 72}, 12, theme.success.ink);
    sketch.line({80, 66}, {80, 78}, theme.onPrimary, 2.8F);
    sketch.line({74, 72}, {86, 72}, theme.onPrimary, 2.8F);
}

void drawReplacedCard(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    const Rect old = lying(10, 18, 56);
    sketch.box(old, theme.outline, 3.2F);
    sketch.chip({old.x + 5, old.y + 12, 9, 7});
    sketch.socialCard(lying(30, 40, 60));
    sketch.arc({24, 66}, 12, 0.52F, 0.86F, theme.primary, 3);
    sketch.arrow({31.6F, 79.5F}, {33.5F, 80.4F}, theme.primary, 3);
}

void drawCardLost(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.socialCard(lying(14, 26, 72));
    sketch.disc({80, 72}, 13.6F, theme.surface);
    sketch.ring({80, 72}, 10.6F, theme.danger.ink, 2.8F);
    sketch.line({73, 65}, {87, 79}, theme.danger.ink, 2.8F);
}

void drawMaking(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.box({14, 24, 72, 46}, theme.ink.faded(0.12F), 6);
    sketch.socialCard(lying(29, 52, 42));
    sketch.box({12, 20, 76, 42}, theme.surface, 6);
    sketch.frame({12, 20, 76, 42}, theme.mutedInk, 1.6F, 6);
    sketch.box({24, 55, 52, 4}, theme.ink, 2);
    sketch.box({20, 28, 34, 18}, theme.soft, 3);
    for (int bar = 0; bar < 3; ++bar) {
        sketch.box({23, 31 + 4.8F * static_cast<float>(bar), bar == 2 ? 14.0F : 27.0F, 2.6F},
                   theme.primary.faded(0.7F), 1.3F);
    }
    sketch.disc({68, 37}, 7, theme.success.surface);
    sketch.disc({68, 37}, 4, theme.success.ink);
}

void drawTakeCard(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.handBehind({50, 84}, 42);
    sketch.socialCardUpright({33, 22, 34, 48});
    sketch.box({10, 4, 80, 24}, theme.surface, 5);
    sketch.frame({10, 4, 80, 24}, theme.mutedInk, 1.6F, 5);
    sketch.box({27, 18, 46, 6}, theme.ink, 3);
    sketch.box({29, 24.8F, 42, 1.6F}, theme.success.ink, 0.8F);
    sketch.handBefore({50, 84}, 42);
    sketch.arrow({82, 36}, {82, 56}, theme.primary, 3.4F);
}

void drawBankCounter(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.shape({{12, 30}, {50, 10}, {88, 30}}, theme.primary);
    sketch.disc({50, 22}, 4, theme.gold);
    sketch.box({14, 31, 72, 5}, theme.primaryHeld);
    for (const float x : {18.0F, 74.0F}) sketch.box({x, 36, 8, 36}, theme.surface, 1);
    sketch.disc({50, 45}, 7, theme.skin);
    sketch.box({37, 53, 26, 18}, theme.primary, 8);
    sketch.box({10, 66, 80, 6}, theme.gold, 2);
    sketch.box({13, 72, 74, 18}, theme.surface, 2);
    sketch.frame({13, 72, 74, 18}, theme.mutedInk, 1.2F, 2);
    sketch.socialCard(lying(24, 56, 17));
    sketch.idCard(lying(60, 56, 17));
}

void drawWaiting(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.disc({50, 50}, 34, theme.surface);
    sketch.ring({50, 50}, 34, theme.primary, 5);
    for (const Point mark : {Point{50, 22}, Point{78, 50}, Point{50, 78}, Point{22, 50}}) {
        sketch.disc(mark, 2, theme.mutedInk);
    }
    sketch.line({50, 50}, {50, 30}, theme.ink, 4);
    sketch.line({50, 50}, {64, 58}, theme.ink, 4);
    sketch.disc({50, 50}, 3.6F, theme.ink);
}

void drawCardKept(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.socialCard(lying(24, 20, 52));
    sketch.box({14, 48, 72, 36}, theme.ink.faded(0.12F), 5);
    sketch.box({14, 45, 72, 37}, theme.surface, 5);
    sketch.frame({14, 45, 72, 37}, theme.mutedInk, 1.6F, 5);
    // A lock: it is kept safe.
    sketch.arc({50, 60}, 6, -0.25F, 0.25F, theme.primary, 2.6F);
    sketch.box({41, 60, 18, 14}, theme.primary, 2.5F);
    sketch.disc({50, 66}, 2.2F, theme.onPrimary);
}

void drawTrouble(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.machine({18, 12, 50, 76});
    // Somebody comes and helps.
    sketch.disc({74, 42}, 10, theme.skin);
    sketch.box({58, 54, 32, 36}, theme.primary, 12);
    sketch.box({58, 70, 32, 22}, theme.primary);
    sketch.shape({{68, 54}, {80, 54}, {74, 64}}, theme.surface);
    sketch.disc({43, 32}, 9, theme.warning.surface);
    sketch.line({43, 27}, {43, 33}, theme.warning.ink, 2.2F);
    sketch.disc({43, 37}, 1.4F, theme.warning.ink);
}

void drawClosed(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.machine({25, 10, 50, 80});
    sketch.box({31, 17, 38, 35}, theme.mutedInk, 2);
    sketch.line({42, 26}, {58, 42}, theme.surface, 3.4F);
    sketch.line({58, 26}, {42, 42}, theme.surface, 3.4F);
}

void drawStarting(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.machine({25, 10, 50, 80});
    sketch.ring({50, 34}, 9, theme.soft.faded(0.5F), 2.4F);
    sketch.arc({50, 34}, 9, 0, 0.7F, theme.onPrimary, 2.4F);
}

void drawConsent(Sketch& sketch) {
    const Theme& theme = sketch.theme;
    sketch.ground();
    sketch.box({24, 12, 52, 70}, theme.surface, 4);
    sketch.frame({24, 12, 52, 70}, theme.mutedInk, 1.4F, 4);
    for (int row = 0; row < 4; ++row) {
        const float y = 24 + 11 * static_cast<float>(row);
        sketch.disc({33, y + 1.5F}, 2, theme.primary);
        sketch.box({39, y, row == 3 ? 18.0F : 29.0F, 3}, theme.mutedInk.faded(0.7F), 1.5F);
    }
    sketch.tick({72, 76}, 12, theme.success.ink, theme.onPrimary);
}

void draw(Sketch& sketch, Picture picture) {
    switch (picture) {
        case Picture::none:
            break;
        case Picture::socialCard:
            return drawSocialCard(sketch);
        case Picture::idCardOnReader:
            return drawIdCardOnReader(sketch);
        case Picture::attendant:
            return drawAttendant(sketch);
        case Picture::identity:
            return drawIdentity(sketch);
        case Picture::newCard:
            return drawNewCard(sketch);
        case Picture::replacedCard:
            return drawReplacedCard(sketch);
        case Picture::cardLost:
            return drawCardLost(sketch);
        case Picture::making:
            return drawMaking(sketch);
        case Picture::takeCard:
            return drawTakeCard(sketch);
        case Picture::takeIdCard:
            return drawTakeIdCard(sketch);
        case Picture::bankCounter:
            return drawBankCounter(sketch);
        case Picture::waiting:
            return drawWaiting(sketch);
        case Picture::cardKept:
            return drawCardKept(sketch);
        case Picture::trouble:
            return drawTrouble(sketch);
        case Picture::closed:
            return drawClosed(sketch);
        case Picture::starting:
            return drawStarting(sketch);
        case Picture::consent:
            return drawConsent(sketch);
    }
}

}  // namespace

void drawPicture(Canvas& canvas, const Theme& theme, Picture picture, const Rect& place) {
    const float side = std::min(place.width, place.height);
    const Point centre = place.centre();
    const Canvas::Upright upright(canvas, {centre.x - side / 2, centre.y - side / 2, side, side});
    Sketch sketch(canvas, theme, upright.place);
    draw(sketch, picture);
}

}  // namespace liqu::ui
