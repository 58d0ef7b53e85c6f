#include "ui/paper/face_writer.hpp"

#include <algorithm>
#include <cmath>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "firmware/base/encoding.hpp"
#include "firmware/base/plain_file.hpp"
#include "firmware/ports/card_face_renderer.hpp"

namespace liqu::ui {
namespace {

using ports::CardFace;

constexpr double dotsPerInch = 300;
constexpr double pixelsPerPoint = dotsPerInch / 72;
constexpr double sizeStep = 0.25;  // points
// SimSun's baseline lies this far below the top of the square of its characters.
constexpr double baselineShare = 0.86;
// Coverage from which a dot is printed: below one half, because the head joins thin strokes badly.
constexpr std::uint8_t inkFrom = 96;
// Of the second line from the first, in sizes.
constexpr double lineStep = 1.05;
constexpr const char* language = "zh-cn";

struct ObjectDeleter {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using Object = std::unique_ptr<T, ObjectDeleter>;

struct FontDescriptionDeleter {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct ConfigDeleter {
    void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};
struct PatternDeleter {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
struct CharSetDeleter {
    void operator()(FcCharSet* characters) const { FcCharSetDestroy(characters); }
};
struct FontSetDeleter {
    void operator()(FcFontSet* set) const { FcFontSetDestroy(set); }
};
struct OptionsDeleter {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
using Config = std::unique_ptr<FcConfig, ConfigDeleter>;
using Pattern = std::unique_ptr<FcPattern, PatternDeleter>;
using CharSet = std::unique_ptr<FcCharSet, CharSetDeleter>;

Result<Config> readFonts(const std::filesystem::path& path) {
    Config config(FcConfigCreate());
    const auto file = plainFileAt(path);
    if (!file) return fail(ErrorCode::configNotReadable, file.error().cause);
    const auto* name = reinterpret_cast<const FcChar8*>(file->c_str());
    if (FcConfigParseAndLoad(config.get(), name, FcTrue) == FcFalse) {
        return fail(ErrorCode::configNotReadable, path.string());
    }
    if (FcConfigBuildFonts(config.get()) == FcFalse) {
        return fail(ErrorCode::fontMissing, "no fonts: " + path.string());
    }
    return config;
}

Pattern patternOf(FcConfig* config, const std::string& family) {
    Pattern pattern(FcPatternCreate());
    FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family.c_str()));
    FcPatternAddString(pattern.get(), FC_LANG, reinterpret_cast<const FcChar8*>(language));
    FcConfigSubstitute(config, pattern.get(), FcMatchPattern);
    FcDefaultSubstitute(pattern.get());
    return pattern;
}

bool hasFamily(FcConfig* config, const Pattern& pattern, const std::string& family) {
    FcResult outcome = FcResultNoMatch;
    const Pattern font(FcFontMatch(config, pattern.get(), &outcome));
    FcChar8* name = nullptr;
    for (int i = 0; font && FcPatternGetString(font.get(), FC_FAMILY, i, &name) == FcResultMatch;
         ++i) {
        if (family == reinterpret_cast<const char*>(name)) return true;
    }
    return false;
}

// What all fonts together can draw.
CharSet coverageOf(FcConfig* config, const Pattern& pattern) {
    FcCharSet* characters = nullptr;
    FcResult outcome = FcResultNoMatch;
    const std::unique_ptr<FcFontSet, FontSetDeleter> fonts(
        FcFontSort(config, pattern.get(), FcTrue, &characters, &outcome));
    return CharSet(characters != nullptr ? characters : FcCharSetCreate());
}

bool isPrivateUse(char32_t point) {
    return (point >= 0xE000 && point <= 0xF8FF) || point >= 0xF0000;
}

// Pango keeps a copy of the text and frees it unwiped.
void forgetText(PangoLayout* layout, std::size_t size) {
    explicit_bzero(const_cast<char*>(pango_layout_get_text(layout)), size);
}

bool isIdeograph(char32_t point) {
    return (point >= 0x2E80 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           point >= 0x20000;
}

// Between the parts of a name, and between two ideographs.
bool mayBreak(char32_t before, char32_t after) {
    const bool endsPart = before == ' ' || before == 0xB7 || before == '-' || before == ',';
    return (endsPart && after != ' ') || (isIdeograph(before) && isIdeograph(after));
}

// An 8-bit picture of the whole face, cleared; one writer keeps one.
struct InkSurface {
    InkSurface()
        : surface(cairo_image_surface_create(CAIRO_FORMAT_A8, CardFace::width, CardFace::height)),
          context(cairo_create(surface)) {}
    InkSurface(const InkSurface&) = delete;
    InkSurface& operator=(const InkSurface&) = delete;
    ~InkSurface() {
        clear();
        cairo_destroy(context);
        cairo_surface_destroy(surface);
    }
    void clear() const {
        cairo_set_operator(context, CAIRO_OPERATOR_CLEAR);
        cairo_paint(context);
        cairo_set_operator(context, CAIRO_OPERATOR_OVER);
        cairo_surface_flush(surface);
    }

    cairo_surface_t* surface;
    cairo_t* context;
};

}  // namespace

struct FaceWriter::Fonts {
    Fonts() = default;
    Fonts(const Fonts&) = delete;
    Fonts& operator=(const Fonts&) = delete;
    ~Fonts() {
        // The map does not let go of its configuration by itself.
        if (map) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), nullptr);
    }

    Config config;
    CharSet coverage;
    Object<PangoFontMap> map;
    Object<PangoContext> context;
    std::unique_ptr<PangoFontDescription, FontDescriptionDeleter> font;
    InkSurface ink;

    Object<PangoLayout> layoutOf(const std::string& text) const {
        Object<PangoLayout> layout(pango_layout_new(context.get()));
        pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        return layout;
    }
};

FaceWriter::FaceWriter(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
FaceWriter::~FaceWriter() = default;

Result<std::unique_ptr<FaceWriter>> FaceWriter::create(const std::filesystem::path& path,
                                                       const FaceLayout& layout) {
    auto fonts = std::make_unique<Fonts>();
    fonts->config = TRY(readFonts(path));
    const Pattern pattern = patternOf(fonts->config.get(), layout.fontFamily);
    if (!hasFamily(fonts->config.get(), pattern, layout.fontFamily)) {
        return fail(ErrorCode::fontMissing, layout.fontFamily);
    }
    fonts->coverage = coverageOf(fonts->config.get(), pattern);
    fonts->map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map.get()), fonts->config.get());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map.get()), dotsPerInch);
    fonts->context.reset(pango_font_map_create_context(fonts->map.get()));
    pango_context_set_language(fonts->context.get(), pango_language_from_string(language));

    // Horizontal strokes are moved onto whole rows of dots: one that lay between two rows would
    // miss the threshold on both, and 夫 would turn into 大.
    const std::unique_ptr<cairo_font_options_t, OptionsDeleter> options(
        cairo_font_options_create());
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_SLIGHT);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(fonts->context.get(), options.get());

    fonts->font.reset(pango_font_description_new());
    pango_font_description_set_family(fonts->font.get(), layout.fontFamily.c_str());
    pango_font_description_set_weight(fonts->font.get(),
                                      layout.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    return std::unique_ptr<FaceWriter>(new FaceWriter(std::move(fonts)));
}

std::vector<char32_t> FaceWriter::missingGlyphs(std::string_view utf8) const {
    std::vector<char32_t> missing;
    for (const char32_t point : codePointsOf(utf8)) {
        if (!isPrivateUse(point) && FcCharSetHasChar(fonts_->coverage.get(), point) == FcTrue) {
            continue;
        }
        if (std::find(missing.begin(), missing.end(), point) == missing.end()) {
            missing.push_back(point);
        }
    }
    return missing;
}

// The text as it will stand: one line, smaller where it must be; where the box has room for them
// and one is too wide even at the least size, two.
Result<FaceWriter::Setting> FaceWriter::settle(const std::string& utf8,
                                               const FaceText& place) const {
    for (double points = place.size;; points = std::max(points - sizeStep, place.leastSize)) {
        if (widthOf(utf8, points) <= place.box.width) return Setting{points, {PersonalText(utf8)}};
        if (points <= place.leastSize) break;
    }
    for (double points = place.size;; points = std::max(points - sizeStep, place.leastSize)) {
        const bool room = 2 * lineStep * points * pixelsPerPoint <= place.box.height;
        if (room) {
            auto halves = bestHalves(utf8, points);
            if (halves && halves->width <= place.box.width)
                return Setting{points, {std::move(halves->first), std::move(halves->second)}};
        }
        if (points <= place.leastSize) break;
    }
    return fail(ErrorCode::faceTextDoesNotFit, "at the least size");
}

std::optional<FaceWriter::Halves> FaceWriter::bestHalves(const std::string& utf8,
                                                         double points) const {
    std::optional<Halves> best;
    const std::u32string text = codePointsOf(utf8);
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (!mayBreak(text[at - 1], text[at])) continue;
        std::u32string_view first = std::u32string_view(text).substr(0, at);
        if (first.back() == ' ') first.remove_suffix(1);
        Halves halves{PersonalText(utf8Of(first)),
                      PersonalText(utf8Of(std::u32string_view(text).substr(at))), 0};
        halves.width = std::max(widthOf(halves.first.reveal(), points),
                                widthOf(halves.second.reveal(), points));
        if (!best || halves.width < best->width) best = std::move(halves);
    }
    return best;
}

double FaceWriter::widthOf(const std::string& utf8, double points) const {
    pango_font_description_set_size(fonts_->font.get(),
                                    static_cast<int>(std::lround(points * PANGO_SCALE)));
    const Object<PangoLayout> layout = fonts_->layoutOf(utf8);
    pango_layout_set_font_description(layout.get(), fonts_->font.get());
    PangoRectangle ink;
    PangoRectangle advance;
    pango_layout_get_extents(layout.get(), &ink, &advance);
    forgetText(layout.get(), utf8.size());
    return std::max(ink.x + ink.width, advance.width) / double{PANGO_SCALE};
}

Result<void> FaceWriter::checkWidth(const std::string& utf8, const FaceText& place) const {
    return settle(utf8, place).map([](const Setting&) {});
}

Result<void> FaceWriter::write(const std::string& utf8, const FaceText& place, Bytes& mask) {
    const Setting setting = TRY(settle(utf8, place));
    // A smaller text stands on the line of the full size, two lines from the top of the box.
    const bool single = setting.lines.size() == 1;
    const double above = (single ? place.size : setting.points) * pixelsPerPoint * baselineShare;
    fonts_->ink.clear();
    double baseline = place.box.y + above;
    for (const PersonalText& line : setting.lines) {
        draw(line.reveal(), setting.points, place.box.x, baseline);
        baseline += setting.points * pixelsPerPoint * lineStep;
    }
    cairo_surface_flush(fonts_->ink.surface);
    const std::uint8_t* row = cairo_image_surface_get_data(fonts_->ink.surface);
    const int stride = cairo_image_surface_get_stride(fonts_->ink.surface);
    for (int y = 0; y < CardFace::height; ++y, row += stride) {
        std::uint8_t* dots = mask.data() + static_cast<std::ptrdiff_t>(y) * CardFace::width;
        for (int x = 0; x < CardFace::width; ++x) {
            if (row[x] >= inkFrom) dots[x] = 1;
        }
    }
    return {};
}

void FaceWriter::draw(const std::string& utf8, double points, double x, double baseline) {
    pango_font_description_set_size(fonts_->font.get(),
                                    static_cast<int>(std::lround(points * PANGO_SCALE)));
    const Object<PangoLayout> layout = fonts_->layoutOf(utf8);
    pango_layout_set_font_description(layout.get(), fonts_->font.get());
    cairo_move_to(fonts_->ink.context, x, baseline);
    pango_cairo_show_layout_line(fonts_->ink.context,
                                 pango_layout_get_line_readonly(layout.get(), 0));
    forgetText(layout.get(), utf8.size());
}

}  // namespace liqu::ui
