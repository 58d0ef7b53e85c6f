#include "tests/world/judge/face_text.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <pango/pangocairo.h>

namespace liqu::judge {
namespace {

constexpr double dotsPerMillimetre = 300 / 25.4;
constexpr double sizeStep = 0.25;
constexpr int slack = 3;  // dots the characters may be off their place, all alike
constexpr int inkFrom = 96;

struct Cell {
    int left, right;  // dots, right is behind the last
};

struct SetText {
    InkMask mask;
    std::vector<Cell> cells;
};

template <typename T, void (*release)(T*)>
struct Releaser {
    void operator()(T* object) const { release(object); }
};
using Surface = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_t, cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Releaser<cairo_t, cairo_destroy>>;
using Font = std::unique_ptr<PangoFontDescription,
                             Releaser<PangoFontDescription, pango_font_description_free>>;
struct ObjectReleaser {
    void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, ObjectReleaser>;
using FontMap = std::unique_ptr<PangoFontMap, ObjectReleaser>;
using FontContext = std::unique_ptr<PangoContext, ObjectReleaser>;

Layout layoutOf(PangoContext* context, const std::string& text, const TextPlace& place,
                double points) {
    Layout layout(pango_layout_new(context));
    const Font font(pango_font_description_new());
    pango_font_description_set_family(font.get(), place.fontFamily.c_str());
    pango_font_description_set_weight(font.get(),
                                      place.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_size(font.get(),
                                    static_cast<int>(std::lround(points * PANGO_SCALE)));
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

std::vector<Cell> cellsOf(PangoLayout* layout, const std::string& text, double left) {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;  // inside a character
        PangoRectangle at;
        pango_layout_index_to_pos(layout, static_cast<int>(i), &at);
        cells.push_back(
            {static_cast<int>(std::floor(left + at.x / double{PANGO_SCALE})),
             static_cast<int>(std::ceil(left + (at.x + at.width) / double{PANGO_SCALE}))});
    }
    return cells;
}

SetText setText(const InkMask& face, const std::string& text, const TextPlace& place,
                double points) {
    const FontMap map(pango_cairo_font_map_new());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 300);
    const FontContext context(pango_font_map_create_context(map.get()));
    pango_context_set_language(context.get(), pango_language_from_string("zh-cn"));
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);

    const Layout layout = layoutOf(context.get(), text, place, points);
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, face.width, face.height));
    const Context drawing(cairo_create(surface.get()));
    const double left = place.x * dotsPerMillimetre;
    // The line stands 0.86 of the full size below the top, as SimSun's does.
    const double line = place.y * dotsPerMillimetre + place.largest * 300 / 72 * 0.86;
    cairo_move_to(drawing.get(), left, line);
    pango_cairo_show_layout_line(drawing.get(), pango_layout_get_line_readonly(layout.get(), 0));
    cairo_surface_flush(surface.get());

    SetText set{{face.width, face.height, {}}, cellsOf(layout.get(), text, left)};
    set.mask.ink.resize(face.ink.size());
    const int stride = cairo_image_surface_get_stride(surface.get());
    const unsigned char* data = cairo_image_surface_get_data(surface.get());
    for (int y = 0; y < face.height; ++y) {
        for (int x = 0; x < face.width; ++x) {
            set.mask.ink[static_cast<std::size_t>(y * face.width + x)] =
                data[y * stride + x] >= inkFrom ? 1 : 0;
        }
    }
    return set;
}

// Common ink over all ink, within the cell and the band of the line.
double fitOf(const InkMask& face, const InkMask& set, const Cell& cell, const TextPlace& place,
             int dx, int dy) {
    const int top = static_cast<int>(place.y * dotsPerMillimetre) - 4;
    const int bottom = top + static_cast<int>(place.largest * 300 / 72) + 12;
    long both = 0;
    long any = 0;
    for (int y = std::max(top, slack); y < std::min(bottom, face.height - slack); ++y) {
        for (int x = std::max(cell.left, slack); x < std::min(cell.right, face.width - slack);
             ++x) {
            const int seen = face.ink[static_cast<std::size_t>((y + dy) * face.width + x + dx)];
            const int wanted = set.ink[static_cast<std::size_t>(y * face.width + x)];
            both += seen & wanted;
            any += seen | wanted;
        }
    }
    return any == 0 ? 1.0 : static_cast<double>(both) / static_cast<double>(any);
}

double worstAt(const InkMask& face, const SetText& set, const TextPlace& place, int dx, int dy) {
    double worst = 1.0;
    for (const Cell& cell : set.cells) {
        worst = std::min(worst, fitOf(face, set.mask, cell, place, dx, dy));
    }
    return worst;
}

// Whatever stands behind the last character does not belong there.
bool nothingBehind(const InkMask& face, const SetText& set, const TextPlace& place) {
    const int from = (set.cells.empty() ? 0 : set.cells.back().right) + slack;
    const int to = static_cast<int>((place.x + place.width) * dotsPerMillimetre);
    const int top = static_cast<int>(place.y * dotsPerMillimetre);
    const int bottom = top + static_cast<int>(place.largest * 300 / 72);
    for (int y = top; y < bottom && y < face.height; ++y) {
        for (int x = from; x < to && x < face.width; ++x) {
            if (face.ink[static_cast<std::size_t>(y * face.width + x)] != 0) return false;
        }
    }
    return true;
}

}  // namespace

double worstCharacter(const InkMask& face, const std::string& text, const TextPlace& place) {
    double best = 0;
    for (double points = place.largest; points >= place.least && best < goodFit;
         points -= sizeStep) {
        const SetText set = setText(face, text, place, points);
        if (!nothingBehind(face, set, place)) continue;
        for (int dy = -slack; dy <= slack; ++dy) {
            for (int dx = -slack; dx <= slack; ++dx) {
                best = std::max(best, worstAt(face, set, place, dx, dy));
            }
        }
    }
    return best;
}

}  // namespace liqu::judge
