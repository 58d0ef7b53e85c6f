#include "ui/paper/paper_text.hpp"

#include <fontconfig/fontconfig.h>

#include "firmware/base/plain_file.hpp"
#include "ui/paper/paper_fonts.hpp"

namespace liqu::ui {
namespace {

PangoAlignment alignmentOf(PaperAlign align) {
    return align == PaperAlign::centre  ? PANGO_ALIGN_CENTER
           : align == PaperAlign::right ? PANGO_ALIGN_RIGHT
                                        : PANGO_ALIGN_LEFT;
}

Object<PangoLayout> layoutOf(const PaperFonts& fonts, const std::string& text,
                             const PaperText& look, double width) {
    Object<PangoLayout> made(pango_layout_new(fonts.pango().context.get()));
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, "Noto Sans CJK SC");
    pango_font_description_set_weight(font, look.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, look.size * PANGO_SCALE);
    pango_layout_set_font_description(made.get(), font);
    pango_font_description_free(font);
    pango_layout_set_alignment(made.get(), alignmentOf(look.align));
    if (width > 0) pango_layout_set_width(made.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
    return made;
}

// Cairo 1.16 writes one glyph of Noto Sans CJK into a PDF without its outline: there it is drawn.
bool isLostInPdf(cairo_t* context, const std::string& text) {
    constexpr std::string_view lost = "如";
    return cairo_surface_get_type(cairo_get_target(context)) == CAIRO_SURFACE_TYPE_PDF &&
           text.find(lost) != std::string::npos;
}

}  // namespace

PaperFonts::PaperFonts(std::unique_ptr<Pango> pango) : pango_(std::move(pango)) {}
PaperFonts::~PaperFonts() = default;

Result<std::unique_ptr<PaperFonts>> PaperFonts::open(const std::filesystem::path& fonts) {
    const auto file = plainFileAt(fonts);
    if (!file) return fail(ErrorCode::configNotReadable, file.error().cause);
    FcConfig* config = FcConfigCreate();
    const auto* name = reinterpret_cast<const FcChar8*>(file->c_str());
    const bool read = FcConfigParseAndLoad(config, name, FcTrue) == FcTrue;
    const bool built = read && FcConfigBuildFonts(config) == FcTrue;
    auto pango = std::make_unique<Pango>();
    if (built) {
        pango->map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(pango->map.get()), config);
        pango->context.reset(pango_font_map_create_context(pango->map.get()));
        pango_context_set_language(pango->context.get(), pango_language_from_string("zh-cn"));
    }
    FcConfigDestroy(config);
    if (!read) return fail(ErrorCode::configNotReadable, fonts.string());
    if (!built) return fail(ErrorCode::fontMissing, "no fonts: " + fonts.string());
    return std::unique_ptr<PaperFonts>(new PaperFonts(std::move(pango)));
}

double drawPaperText(cairo_t* context, const PaperFonts& fonts, const std::string& text,
                     const PaperText& look, PaperPoint at, double width) {
    const Object<PangoLayout> layout = layoutOf(fonts, text, look, width);
    if (context != nullptr && !text.empty()) {
        cairo_move_to(context, at.x, at.y);
        if (isLostInPdf(context, text)) {
            pango_cairo_layout_path(context, layout.get());
            cairo_fill(context);
        } else {
            pango_cairo_show_layout(context, layout.get());
        }
    }
    PangoRectangle logical{};
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    return static_cast<double>(logical.height) / PANGO_SCALE;
}

double paperTextWidth(const PaperFonts& fonts, const std::string& text, const PaperText& look) {
    const Object<PangoLayout> layout = layoutOf(fonts, text, look, 0);
    PangoRectangle logical{};
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    return static_cast<double>(logical.width) / PANGO_SCALE;
}

}  // namespace liqu::ui
