// A code to be scanned from the glass: dark on white with a quiet margin of four modules (GB/T
// 18284), whatever the theme says, and modules of whole units, so that no seam runs between them.
#include <algorithm>
#include <cmath>
#include <memory>
#include <qrencode.h>

#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {
namespace {

constexpr Colour white{255, 255, 255, 255};
constexpr Colour black{0, 0, 0, 255};
constexpr int quietModules = 4;
// Of a side where it stands in one column, and beside words.
constexpr float sideInOneColumn = 640;
constexpr float sideBesideWords = 500;

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

std::unique_ptr<QRcode, FreeCode> encode(const std::string& text) {
    return std::unique_ptr<QRcode, FreeCode>(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
}

bool isDark(const QRcode& code, int column, int row) {
    return (code.data[row * code.width + column] & 1) != 0;
}

// One box for each run of dark modules.
void drawModules(Canvas& canvas, const QRcode& code, Point corner, float module) {
    for (int row = 0; row < code.width; ++row) {
        for (int column = 0; column < code.width;) {
            int end = column;
            while (end < code.width && isDark(code, end, row)) ++end;
            if (end > column) {
                canvas.box({corner.x + static_cast<float>(column) * module,
                            corner.y + static_cast<float>(row) * module,
                            static_cast<float>(end - column) * module, module},
                           black);
            }
            column = std::max(end, column + 1);
        }
    }
}

// Never mirrored: few telephones read such a code. Answers whether it has room.
bool drawCode(Canvas& canvas, const QrCode& code, const Rect& place) {
    const Canvas::Upright upright(canvas, place);
    const Rect& square = upright.place;
    canvas.box(square, white);
    const auto drawn = encode(code.text);
    if (drawn == nullptr) return false;
    const int modules = drawn->width + 2 * quietModules;
    const float module = std::floor(square.width / static_cast<float>(modules));
    if (module < 1) return false;
    const float dark = module * static_cast<float>(drawn->width);
    const float margin = std::floor((square.width - dark) / 2);
    drawModules(canvas, *drawn, {square.x + margin, square.y + margin}, module);
    return true;
}

}  // namespace

float heightOf(Scene& scene, const QrCode&, float width) {
    return std::min(width, scene.centred ? sideInOneColumn : sideBesideWords);
}

void draw(Scene& scene, const QrCode& code, const Rect& place, const std::string& id) {
    const float side = std::min(place.width, place.height);
    const Point middle = place.centre();
    const Rect whole{std::floor(middle.x - side / 2), std::floor(middle.y - side / 2), side, side};
    const bool fits = drawCode(scene.canvas, code, whole);
    scene.publish(id, Role::picture, whole, "", fits);
}

}  // namespace liqu::ui
