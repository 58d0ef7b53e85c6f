#include "ui/paper/sheet.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

namespace liqu::ui {
namespace {

constexpr double pageWidth = 595.276;  // A4, points
constexpr double pageHeight = 841.89;
constexpr double margin = 45;
constexpr double footHeight = 34;
constexpr double runningHeight = 26;
constexpr double cellPadding = 4;
constexpr double tableSize = 8.5;
constexpr double headGrey = 0.91;

struct ObjectDeleter {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using Object = std::unique_ptr<T, ObjectDeleter>;

PangoAlignment alignmentOf(PaperAlign align) {
    return align == PaperAlign::centre  ? PANGO_ALIGN_CENTER
           : align == PaperAlign::right ? PANGO_ALIGN_RIGHT
                                        : PANGO_ALIGN_LEFT;
}

}  // namespace

struct PaperFonts::Parts {
    Parts() = default;
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() {
        // The map does not let go of its configuration by itself.
        if (map) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), nullptr);
    }

    Object<PangoFontMap> map;
    Object<PangoContext> context;
};

PaperFonts::PaperFonts(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PaperFonts::~PaperFonts() = default;

Result<std::unique_ptr<PaperFonts>> PaperFonts::open(const std::filesystem::path& fonts) {
    FcConfig* config = FcConfigCreate();
    const auto* name = reinterpret_cast<const FcChar8*>(fonts.c_str());
    const bool read = FcConfigParseAndLoad(config, name, FcTrue) == FcTrue;
    const bool built = read && FcConfigBuildFonts(config) == FcTrue;
    auto parts = std::make_unique<Parts>();
    if (built) {
        parts->map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(parts->map.get()), config);
        parts->context.reset(pango_font_map_create_context(parts->map.get()));
        pango_context_set_language(parts->context.get(), pango_language_from_string("zh-cn"));
    }
    FcConfigDestroy(config);
    if (!read) return fail(ErrorCode::configNotReadable, fonts.string());
    if (!built) return fail(ErrorCode::fontMissing, "no fonts: " + fonts.string());
    return std::unique_ptr<PaperFonts>(new PaperFonts(std::move(parts)));
}

struct Sheet::Canvas {
    const PaperFonts& fonts;
    const SheetLabels& labels;
    cairo_t* context;
    int pages = 1;
    int allPages = 0;
    double y = margin;

    double width() const { return pageWidth - 2 * margin; }
    double bottom() const { return pageHeight - margin - footHeight; }

    Object<PangoLayout> layout(const std::string& text, const PaperText& look, double inWidth) {
        Object<PangoLayout> made(pango_layout_new(fonts.parts().context.get()));
        PangoFontDescription* font = pango_font_description_new();
        pango_font_description_set_family(font, "Noto Sans CJK SC");
        pango_font_description_set_weight(font,
                                          look.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font, look.size * PANGO_SCALE);
        pango_layout_set_font_description(made.get(), font);
        pango_font_description_free(font);
        pango_layout_set_alignment(made.get(), alignmentOf(look.align));
        pango_layout_set_width(made.get(), static_cast<int>(inWidth * PANGO_SCALE));
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
        return made;
    }
    static double heightOf(PangoLayout* layout) {
        PangoRectangle logical{};
        pango_layout_get_extents(layout, nullptr, &logical);
        return static_cast<double>(logical.height) / PANGO_SCALE;
    }
    double measure(const std::string& text, const PaperText& look, double inWidth) {
        return heightOf(layout(text, look, inWidth).get());
    }
    void draw(const std::string& text, const PaperText& look, double x, double at, double inWidth) {
        cairo_set_source_rgb(context, look.grey, look.grey, look.grey);
        cairo_move_to(context, x, at);
        pango_cairo_show_layout(context, layout(text, look, inWidth).get());
    }
    void line(double fromX, double fromY, double toX, double toY, double thickness) {
        cairo_set_source_rgb(context, 0.45, 0.45, 0.45);
        cairo_set_line_width(context, thickness);
        cairo_move_to(context, fromX, fromY);
        cairo_line_to(context, toX, toY);
        cairo_stroke(context);
    }
    void fill(double x, double at, double w, double h, double grey) {
        cairo_set_source_rgb(context, grey, grey, grey);
        cairo_rectangle(context, x, at, w, h);
        cairo_fill(context);
    }
    void drawFoot() {
        const double at = pageHeight - margin - 14;
        line(margin, at - 6, pageWidth - margin, at - 6, 0.5);
        draw(labels.left, {7.5, false, PaperAlign::left, 0.35}, margin, at, width());
        const std::string number = "第 " + std::to_string(pages) + " 页，共 " +
                                   std::to_string(std::max(allPages, pages)) + " 页";
        draw(number, {7.5, false, PaperAlign::right, 0.35}, margin, at, width());
    }
    void nextPage() {
        drawFoot();
        cairo_show_page(context);
        ++pages;
        y = margin;
        draw(labels.running, {8, false, PaperAlign::left, 0.35}, margin, y, width());
        line(margin, y + 15, pageWidth - margin, y + 15, 0.5);
        y += runningHeight;
    }
};

void Sheet::keep(double points) {
    if (canvas_.y + points > canvas_.bottom()) canvas_.nextPage();
}

void Sheet::space(double points) {
    canvas_.y += points;
}

void Sheet::words(const std::string& text, const PaperText& look, double spaceAfter) {
    const double height = canvas_.measure(text, look, canvas_.width());
    keep(height);
    canvas_.draw(text, look, margin, canvas_.y, canvas_.width());
    canvas_.y += height + spaceAfter;
}

void Sheet::heading(const std::string& text) {
    constexpr double roomForWhatFollows = 100;
    keep(roomForWhatFollows);
    canvas_.y += 8;
    words(text, {11, true}, 2);
    canvas_.line(margin, canvas_.y, pageWidth - margin, canvas_.y, 0.8);
    canvas_.y += 5;
}

double Sheet::heightOfRow(const std::vector<double>& widths, const std::vector<std::string>& cells,
                          bool head) {
    double height = 0;
    for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
        height = std::max(
            height, canvas_.measure(cells[i], {tableSize, head}, widths[i] - 2 * cellPadding));
    }
    return height + 5;
}

void Sheet::tableRow(const std::vector<PaperColumn>& columns, const std::vector<double>& widths,
                     const std::vector<std::string>& cells, bool head, bool marked) {
    const double height = heightOfRow(widths, cells, head);
    if (head) canvas_.fill(margin, canvas_.y, canvas_.width(), height, headGrey);
    double x = margin;
    for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
        const PaperText look{tableSize, head || marked,
                             columns[i].right ? PaperAlign::right : PaperAlign::left};
        canvas_.draw(cells[i], look, x + cellPadding, canvas_.y + 2.5, widths[i] - 2 * cellPadding);
        x += widths[i];
    }
    canvas_.y += height;
    canvas_.line(margin, canvas_.y, pageWidth - margin, canvas_.y, 0.4);
}

void Sheet::table(const std::vector<PaperColumn>& columns,
                  const std::vector<std::vector<std::string>>& rows,
                  const std::vector<bool>& marked) {
    double shares = 0;
    for (const PaperColumn& column : columns) shares += column.share;
    std::vector<double> widths;
    std::vector<std::string> heads;
    for (const PaperColumn& column : columns) {
        widths.push_back(canvas_.width() * column.share / shares);
        heads.push_back(column.head);
    }
    const double headHeight = heightOfRow(widths, heads, true);
    const double firstRow = rows.empty() ? 0 : heightOfRow(widths, rows.front(), false);
    keep(headHeight + firstRow);
    tableRow(columns, widths, heads, true, false);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (canvas_.y + heightOfRow(widths, rows[i], false) > canvas_.bottom()) {
            canvas_.nextPage();
            tableRow(columns, widths, heads, true, false);
        }
        tableRow(columns, widths, rows[i], false, i < marked.size() && marked[i]);
    }
    canvas_.y += 6;
}

void Sheet::grid(const std::vector<std::string>& words, int columns) {
    constexpr double rowHeight = 13;
    const double width = canvas_.width() / columns;
    for (std::size_t i = 0; i < words.size(); i += static_cast<std::size_t>(columns)) {
        keep(rowHeight);
        const std::size_t end = std::min(words.size(), i + static_cast<std::size_t>(columns));
        for (std::size_t j = i; j < end; ++j) {
            canvas_.draw(words[j], {8.5}, margin + width * static_cast<double>(j - i), canvas_.y,
                         width);
        }
        canvas_.y += rowHeight;
    }
    canvas_.y += 4;
}

void Sheet::signatures(const std::vector<std::string>& names) {
    constexpr double height = 64;
    constexpr double gap = 18;
    keep(height);
    const auto count = static_cast<double>(names.size());
    const double width = (canvas_.width() - gap * (count - 1)) / count;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double x = margin + (width + gap) * static_cast<double>(i);
        canvas_.draw(names[i], {9}, x, canvas_.y + 10, width);
        canvas_.line(x, canvas_.y + 50, x + width, canvas_.y + 50, 0.8);
    }
    canvas_.y += height;
}

namespace {

cairo_status_t collect(void* target, const unsigned char* data, unsigned int size) {
    auto* bytes = static_cast<Bytes*>(target);
    bytes->insert(bytes->end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<Bytes> makePdf(const PaperFonts& fonts, const SheetLabels& labels,
                      const std::function<void(Sheet&)>& fill) {
    Bytes bytes;
    int allPages = 0;
    for (int pass = 0; pass < 2; ++pass) {
        bytes.clear();
        cairo_surface_t* surface =
            cairo_pdf_surface_create_for_stream(collect, &bytes, pageWidth, pageHeight);
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, labels.title.c_str());
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                       labels.created.c_str());
        cairo_t* context = cairo_create(surface);
        Sheet::Canvas canvas{fonts, labels, context, 1, allPages};
        Sheet sheet(canvas);
        fill(sheet);
        canvas.drawFoot();
        cairo_show_page(context);
        allPages = canvas.pages;
        cairo_destroy(context);
        cairo_surface_finish(surface);
        const cairo_status_t status = cairo_surface_status(surface);
        cairo_surface_destroy(surface);
        if (status != CAIRO_STATUS_SUCCESS) {
            return fail(ErrorCode::fileNotWritable, cairo_status_to_string(status));
        }
    }
    return bytes;
}

}  // namespace liqu::ui
