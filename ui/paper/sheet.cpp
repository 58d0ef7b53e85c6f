#include "ui/paper/sheet.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <memory>
#include <qrencode.h>

#include "ui/paper/paper_text.hpp"

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

}  // namespace

struct Sheet::Canvas {
    const PaperFonts& fonts;
    const SheetLabels& labels;
    cairo_t* context;
    int pages = 1;
    int allPages = 0;
    double y = margin;

    double width() const { return pageWidth - 2 * margin; }
    double bottom() const { return pageHeight - margin - footHeight; }

    double measure(const std::string& text, const PaperText& look, double inWidth) const {
        return drawPaperText(nullptr, fonts, text, look, {}, inWidth);
    }
    void draw(const std::string& text, const PaperText& look, double x, double at,
              double inWidth) const {
        cairo_set_source_rgb(context, look.grey, look.grey, look.grey);
        drawPaperText(context, fonts, text, look, {x, at}, inWidth);
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
                          RowKind kind) {
    const bool head = kind == RowKind::head;
    double height = 0;
    for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
        height = std::max(
            height, canvas_.measure(cells[i], {tableSize, head}, widths[i] - 2 * cellPadding));
    }
    return height + 5;
}

void Sheet::tableRow(const std::vector<PaperColumn>& columns, const std::vector<double>& widths,
                     const std::vector<std::string>& cells, RowKind kind) {
    const bool head = kind == RowKind::head;
    const double height = heightOfRow(widths, cells, kind);
    if (head) canvas_.fill(margin, canvas_.y, canvas_.width(), height, headGrey);
    double x = margin;
    for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
        const PaperText look{tableSize, kind != RowKind::plain,
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
    const double headHeight = heightOfRow(widths, heads, RowKind::head);
    const double firstRow = rows.empty() ? 0 : heightOfRow(widths, rows.front(), RowKind::plain);
    keep(headHeight + firstRow);
    tableRow(columns, widths, heads, RowKind::head);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (canvas_.y + heightOfRow(widths, rows[i], RowKind::plain) > canvas_.bottom()) {
            canvas_.nextPage();
            tableRow(columns, widths, heads, RowKind::head);
        }
        const bool isMarked = i < marked.size() && marked[i];
        tableRow(columns, widths, rows[i], isMarked ? RowKind::marked : RowKind::plain);
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
    constexpr double height = 76;
    constexpr double gap = 18;
    keep(height);
    const auto count = static_cast<double>(names.size());
    const double width = (canvas_.width() - gap * (count - 1)) / count;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double x = margin + (width + gap) * static_cast<double>(i);
        canvas_.draw(names[i], {9}, x, canvas_.y + 10, width);
        canvas_.line(x, canvas_.y + 64, x + width, canvas_.y + 64, 0.8);
    }
    canvas_.y += height;
}

void Sheet::code(const std::string& text, const std::vector<std::string>& beside, double side) {
    constexpr int quiet = 4;
    constexpr double gap = 10;
    keep(side + gap);
    const double top = canvas_.y;
    struct FreeCode {
        void operator()(QRcode* code) const { QRcode_free(code); }
    };
    const std::unique_ptr<QRcode, FreeCode> drawn(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (drawn != nullptr) {
        const int width = drawn->width;
        const double module = side / (width + 2 * quiet);
        for (int at = 0; at < width * width; ++at) {
            if ((drawn->data[at] & 1) == 0) continue;
            const int column = at % width;
            const int row = at / width;
            canvas_.fill(margin + (quiet + column) * module, top + (quiet + row) * module, module,
                         module, 0);
        }
    }
    const double x = margin + side + gap;
    double y = top + gap;
    for (const std::string& line : beside) {
        const PaperText look{7.5, false, PaperAlign::left, 0.2};
        const double wide = pageWidth - margin - x;
        canvas_.draw(line, look, x, y, wide);
        y += canvas_.measure(line, look, wide) + 3;
    }
    canvas_.y = std::max(top + side, y) + gap;
}

namespace {

cairo_status_t collect(void* target, const unsigned char* data, unsigned int size) {
    auto* bytes = static_cast<Bytes*>(target);
    bytes->insert(bytes->end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

// One filling of all pages; the number of them.
Result<int> fillPages(const PaperFonts& fonts, const SheetLabels& labels, int allPages,
                      const std::function<void(Sheet&)>& fill, cairo_surface_t* surface) {
    cairo_t* context = cairo_create(surface);
    Sheet::Canvas canvas{fonts, labels, context, 1, allPages};
    Sheet sheet(canvas);
    fill(sheet);
    canvas.drawFoot();
    cairo_show_page(context);
    cairo_destroy(context);
    cairo_surface_finish(surface);
    const cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS) return canvas.pages;
    return fail(ErrorCode::fileNotWritable, cairo_status_to_string(status));
}

Result<Bytes> makePdf(const PaperFonts& fonts, const SheetLabels& labels,
                      const std::function<void(Sheet&)>& fill) {
    const int pages =
        TRY(fillPages(fonts, labels, 0, fill,
                      cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr)));
    Bytes bytes;
    cairo_surface_t* pdf =
        cairo_pdf_surface_create_for_stream(collect, &bytes, pageWidth, pageHeight);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, labels.title.c_str());
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, labels.created.c_str());
    TRY(fillPages(fonts, labels, pages, fill, pdf));
    return bytes;
}

}  // namespace liqu::ui
