// Pages of A4 that fill from the top: words, tables and grids, with a heading and a page number on
// each. What does not fit goes to the next page; a table's head is repeated there. The PDF is made
// in memory, and equal content gives equal bytes. Called from one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

struct _cairo_surface;  // NOLINT(bugprone-reserved-identifier): Cairo's own name

namespace liqu::ui {

// The kiosk's own fonts, opened once.
class PaperFonts {
  public:
    // configNotReadable, fontMissing.
    static Result<std::unique_ptr<PaperFonts>> open(const std::filesystem::path& fonts);
    ~PaperFonts();
    struct Pango;
    const Pango& pango() const { return *pango_; }

  private:
    explicit PaperFonts(std::unique_ptr<Pango> pango);
    std::unique_ptr<Pango> pango_;
};

enum class PaperAlign : std::uint8_t { left, centre, right };

struct PaperText {
    double size = 9;  // points
    bool bold = false;
    PaperAlign align = PaperAlign::left;
    double grey = 0;  // 0 black … 1 white
};

struct PaperColumn {
    std::string head;
    double share = 1;
    bool right = false;
};

struct SheetLabels {
    std::string running;  // on every page but the first
    std::string created;  // ISO 8601, of the document
    std::string title;    // of the document, for the file's own record
    std::string left;     // at the foot, beside the page number
};

class Sheet {
  public:
    void words(const std::string& text, const PaperText& look, double spaceAfter = 4);
    // With a line under it; never the last thing of a page.
    void heading(const std::string& text);
    void table(const std::vector<PaperColumn>& columns,
               const std::vector<std::vector<std::string>>& rows,
               const std::vector<bool>& marked = {});
    // Short words in equal columns, row by row.
    void grid(const std::vector<std::string>& words, int columns);
    // Lines to sign on, beside each other; they stay together on one page.
    void signatures(const std::vector<std::string>& names);
    // A QR code with words beside it, together on one page. side: with its quiet edge, in points.
    void code(const std::string& text, const std::vector<std::string>& beside, double side = 74);
    void space(double points);
    // A new page where less than this is left.
    void keep(double points);

    struct Canvas;

  private:
    friend Result<int> fillPages(const PaperFonts& fonts, const SheetLabels& labels, int allPages,
                                 const std::function<void(Sheet&)>& fill, _cairo_surface* surface);
    enum class RowKind { head, plain, marked };
    explicit Sheet(Canvas& canvas) : canvas_(canvas) {}
    void tableRow(const std::vector<PaperColumn>& columns, const std::vector<double>& widths,
                  const std::vector<std::string>& cells, RowKind kind);
    double heightOfRow(const std::vector<double>& widths, const std::vector<std::string>& cells,
                       RowKind kind);
    Canvas& canvas_;
};

// Fills the pages twice: first to count them.
Result<Bytes> makePdf(const PaperFonts& fonts, const SheetLabels& labels,
                      const std::function<void(Sheet&)>& fill);

}  // namespace liqu::ui
