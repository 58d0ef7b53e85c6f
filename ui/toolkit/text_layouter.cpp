#include "ui/toolkit/text_layouter.hpp"

#include <algorithm>
#include <cstdlib>
#include <fribidi.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "firmware/base/assert.hpp"
#include "firmware/base/plain_file.hpp"

namespace liqu::ui {

struct TextLayouter::Pango {
    PangoFontMap* fontMap = nullptr;
    PangoContext* context = nullptr;
    PangoLayout* layout = nullptr;
    PangoFontDescription* font = nullptr;

    ~Pango() {
        if (font != nullptr) pango_font_description_free(font);
        if (layout != nullptr) g_object_unref(layout);
        if (context != nullptr) g_object_unref(context);
        if (fontMap != nullptr) g_object_unref(fontMap);
    }
};

namespace {

constexpr auto family = "Noto Sans CJK SC";

PangoWeight pangoWeight(Weight weight) {
    return weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL;
}

PangoAlignment pangoAlign(const TextStyle& style) {
    if (style.align == Align::centre) return PANGO_ALIGN_CENTER;
    const bool atLeft =
        (style.align == Align::start) == (style.direction == Direction::leftToRight);
    return atLeft ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
}

bool isLatin(char character) {
    return g_ascii_isalnum(character) != 0;
}

bool cutsWord(PangoLayout* layout, std::string_view text) {
    for (GSList* line = pango_layout_get_lines_readonly(layout); line != nullptr;
         line = line->next) {
        const auto start =
            static_cast<std::size_t>(static_cast<PangoLayoutLine*>(line->data)->start_index);
        if (start > 0 && start < text.size() && isLatin(text[start - 1]) && isLatin(text[start])) {
            return true;
        }
    }
    return false;
}

// The narrowest width that needs no further line and cuts no word.
void balance(PangoLayout* layout, std::string_view text, float width) {
    const int lines = pango_layout_get_line_count(layout);
    if (lines < 2) return;
    int wide = static_cast<int>(width);
    int narrow = wide / 2;
    while (wide - narrow > 8) {
        const int middle = (wide + narrow) / 2;
        pango_layout_set_width(layout, middle * PANGO_SCALE);
        const bool worse = pango_layout_get_line_count(layout) > lines || cutsWord(layout, text);
        (worse ? narrow : wide) = middle;
    }
    pango_layout_set_width(layout, wide * PANGO_SCALE);
}

TextCoverage rasterise(PangoLayout* layout) {
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_pixel_extents(layout, &ink, &logical);
    TextCoverage coverage;
    coverage.lines = pango_layout_get_line_count(layout);
    coverage.width = std::max(1, logical.width);
    coverage.height = std::max(1, logical.height);
    coverage.inkHeight = ink.height;
    coverage.rows.resize(static_cast<std::size_t>(coverage.width) *
                         static_cast<std::size_t>(coverage.height));
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_A8, coverage.width, coverage.height);
    cairo_t* cairo = cairo_create(surface);
    cairo_move_to(cairo, -logical.x, -logical.y);
    pango_cairo_show_layout(cairo, layout);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    unsigned char* pixels = cairo_image_surface_get_data(surface);
    const auto width = static_cast<std::size_t>(coverage.width);
    for (std::size_t row = 0; row < static_cast<std::size_t>(coverage.height); ++row) {
        std::copy_n(pixels + row * stride, width, coverage.rows.data() + row * width);
    }
    // The picture of a name is as personal as the name.
    explicit_bzero(pixels, stride * static_cast<std::size_t>(coverage.height));
    cairo_surface_destroy(surface);
    return coverage;
}

}  // namespace

bool isReadFromTheRight(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto left = static_cast<gssize>(text.size() - at);
        const gunichar letter = g_utf8_get_char_validated(text.data() + at, left);
        if (letter >= 0x80000000U) return false;
        const FriBidiCharType type = fribidi_get_bidi_type(letter);
        if (FRIBIDI_IS_STRONG(type) && FRIBIDI_IS_RTL(type)) return true;
        at += static_cast<std::size_t>(g_utf8_skip[static_cast<unsigned char>(text[at])]);
    }
    return false;
}

TextLayouter::TextLayouter(std::unique_ptr<Pango> pango) : pango_(std::move(pango)) {}
TextLayouter::~TextLayouter() = default;

Result<std::unique_ptr<TextLayouter>> TextLayouter::open(const std::filesystem::path& fontsFile) {
    // A relative name would be looked for among fontconfig's own folders.
    const auto file = plainFileAt(fontsFile);
    if (!file) return fail(ErrorCode::fontMissing, file.error().cause);
    ::setenv("FONTCONFIG_FILE", file->c_str(), 1);
    auto pango = std::make_unique<Pango>();
    pango->fontMap = pango_cairo_font_map_new();
    pango->context = pango_font_map_create_context(pango->fontMap);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pango->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(pango->context, 96);
    pango->font = pango_font_description_from_string(family);
    pango->layout = pango_layout_new(pango->context);
    pango_layout_set_auto_dir(pango->layout, FALSE);
    PangoFont* font = pango_context_load_font(pango->context, pango->font);
    if (font == nullptr) return fail(ErrorCode::fontMissing, std::string("no font for ") + family);
    PangoFontDescription* loaded = pango_font_describe(font);
    const std::string name = pango_font_description_get_family(loaded);
    pango_font_description_free(loaded);
    g_object_unref(font);
    if (name != family) {
        return fail(ErrorCode::fontMissing, std::string(family) + " is missing, found " + name);
    }
    return std::unique_ptr<TextLayouter>(new TextLayouter(std::move(pango)));
}

TextCoverage TextLayouter::draw(std::string_view text, const TextStyle& style) {
    PangoLayout* layout = pango_->layout;
    // CJK fonts draw quotation marks full width; English words want the Latin ones.
    pango_context_set_language(pango_->context,
                               pango_language_from_string(style.language.code().data()));
    // By its letters, not by its page: a number among Uyghur words is still read from the left.
    pango_context_set_base_dir(
        pango_->context, isReadFromTheRight(text) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_font_description_set_family(
        pango_->font, style.fonts.empty() ? family : std::string(style.fonts).c_str());
    pango_font_description_set_absolute_size(pango_->font, double{style.size} * PANGO_SCALE);
    pango_font_description_set_weight(pango_->font, pangoWeight(style.weight));
    pango_layout_context_changed(layout);
    pango_layout_set_font_description(layout, pango_->font);
    pango_layout_set_alignment(layout, pangoAlign(style));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout,
                           style.width > 0 ? static_cast<int>(style.width) * PANGO_SCALE : -1);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
    if (style.balanced && style.width > 0) balance(layout, text, style.width);
    const bool brokenWord = cutsWord(layout, text);
    TextCoverage coverage = rasterise(layout);
    coverage.brokenWord = brokenWord;
    return coverage;
}

void TextLayouter::forget() {
    // Pango frees its copy without wiping it: the process sets M_PERTURB so that free() does.
    pango_layout_set_text(pango_->layout, "", 0);
}

}  // namespace liqu::ui
