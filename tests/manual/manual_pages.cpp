#include "tests/manual/manual_pages.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <memory>

#include "ui/paper/paper_text.hpp"

namespace liqu::manual {
namespace {

using ui::drawPaperText;
using ui::PaperAlign;
using ui::PaperText;

constexpr double pageWidth = 595.276;  // A4, points
constexpr double pageHeight = 841.89;
constexpr double margin = 46;
constexpr double headHeight = 24;
constexpr double footHeight = 26;
constexpr double width = pageWidth - 2 * margin;
constexpr double bottom = pageHeight - margin - footHeight;
constexpr double pictureWidth = 150;
constexpr double stepGap = 14;
constexpr double besidePicture = margin + pictureWidth + 18;
constexpr double besideWidth = pageWidth - margin - besidePicture;

struct Ink {
    double red = 0, green = 0, blue = 0;
};
constexpr Ink black{0.1, 0.1, 0.1};
constexpr Ink grey{0.4, 0.4, 0.4};
constexpr Ink accent{0.0, 0.33, 0.38};
constexpr Ink pale{0.90, 0.94, 0.95};
constexpr Ink white{1, 1, 1};

struct Free {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, Free>;
using Context = std::unique_ptr<cairo_t, Free>;

cairo_status_t collect(void* target, const unsigned char* data, unsigned int size) {
    auto* bytes = static_cast<Bytes*>(target);
    bytes->insert(bytes->end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

struct Book {
    const ui::PaperFonts& fonts;
    const Manual& manual;
    const std::vector<StepPictures>& pictures;
    const std::string& edition;
};

// One printing; the first one only finds out on which pages the chapters begin.
class Printing {
  public:
    Printing(const Book& book, cairo_surface_t* surface, std::vector<int> pagesOfChapters, int all)
        : book_(book),
          context_(cairo_create(surface)),
          known_(std::move(pagesOfChapters)),
          allPages_(all) {}

    Result<void> print() {
        cover();
        for (std::size_t i = 0; i < book_.manual.chapters.size(); ++i) {
            begin(book_.manual.chapters[i], i);
            TRY(chapter(book_.manual.chapters[i], book_.pictures.at(i)));
        }
        foot();
        cairo_show_page(context_.get());
        return {};
    }

    const std::vector<int>& found() const { return found_; }
    int pages() const { return page_; }

  private:
    bool isLast() const { return allPages_ > 0; }

    double measure(const std::string& text, const PaperText& look, double wide) const {
        return drawPaperText(nullptr, book_.fonts, text, look, {}, wide);
    }
    void ink(const Ink& colour) {
        cairo_set_source_rgb(context_.get(), colour.red, colour.green, colour.blue);
    }
    double write(const std::string& text, const PaperText& look, const Ink& colour, double x,
                 double y, double wide) {
        ink(colour);
        return drawPaperText(context_.get(), book_.fonts, text, look, {x, y}, wide);
    }
    void line(double y, const Ink& colour, double thickness) {
        ink(colour);
        cairo_set_line_width(context_.get(), thickness);
        cairo_move_to(context_.get(), margin, y);
        cairo_line_to(context_.get(), pageWidth - margin, y);
        cairo_stroke(context_.get());
    }
    void area(double x, double y, double wide, double high, const Ink& colour) {
        ink(colour);
        cairo_rectangle(context_.get(), x, y, wide, high);
        cairo_fill(context_.get());
    }

    void words(const std::string& text, const PaperText& look, const Ink& colour, double after) {
        keep(measure(text, look, width));
        y_ += write(text, look, colour, margin, y_, width) + after;
    }

    void foot() {
        const double at = pageHeight - margin - 12;
        line(at - 6, grey, 0.5);
        write(book_.edition, {8.5}, grey, margin, at, width);
        write("第 " + std::to_string(page_) + " 页，共 " +
                  std::to_string(std::max(allPages_, page_)) + " 页",
              {8.5, false, PaperAlign::right}, grey, margin, at, width);
    }

    void nextPage() {
        foot();
        cairo_show_page(context_.get());
        ++page_;
        y_ = margin;
        write(book_.manual.title, {8.5}, grey, margin, y_, width);
        write(running_, {8.5, false, PaperAlign::right}, grey, margin, y_, width);
        line(y_ + 15, grey, 0.5);
        y_ += headHeight;
    }

    void keep(double points) {
        if (y_ + points > bottom) nextPage();
    }

    void cover() {
        y_ += 16;
        words("立取　社会保障卡自助服务", {12}, accent, 6);
        words(book_.manual.title, {28, true}, black, 8);
        words(book_.manual.reader, {13}, grey, 4);
        words(book_.edition, {10}, grey, 14);
        line(y_, accent, 1.5);
        y_ += 14;
        for (const Passage& one : book_.manual.opening) words(one.text, {11.5}, black, 6);
        y_ += 10;
        words("目录", {16, true}, accent, 8);
        for (std::size_t i = 0; i < book_.manual.chapters.size(); ++i) content(i);
    }

    void content(std::size_t at) {
        const std::string name = numberOf(at) + "　" + book_.manual.chapters[at].title.text;
        const std::string page = at < known_.size() ? std::to_string(known_[at]) : "";
        keep(20);
        const std::string link = "dest='" + markOf(at) + "'";
        cairo_tag_begin(context_.get(), CAIRO_TAG_LINK, link.c_str());
        write(name, {11.5}, black, margin, y_, width - 40);
        write(page, {11.5, false, PaperAlign::right}, black, margin, y_, width);
        cairo_tag_end(context_.get(), CAIRO_TAG_LINK);
        y_ += 18;
        line(y_ - 1, pale, 0.6);
        y_ += 3;
    }

    static std::string numberOf(std::size_t at) { return std::to_string(at + 1) + "."; }
    static std::string markOf(std::size_t at) { return "chapter" + std::to_string(at + 1); }

    void begin(const Chapter& chapter, std::size_t at) {
        running_ = numberOf(at) + " " + chapter.title.text;
        nextPage();
        found_.push_back(page_);
        const std::string mark = "name='" + markOf(at) + "'";
        cairo_tag_begin(context_.get(), CAIRO_TAG_DEST, mark.c_str());
        words(running_, {20, true}, accent, 6);
        cairo_tag_end(context_.get(), CAIRO_TAG_DEST);
    }

    Result<void> chapter(const Chapter& chapter, const StepPictures& pictures) {
        words(chapter.purpose.text, {12}, black, 8);
        if (!chapter.needs.empty()) {
            labelled("要准备", chapter.needs);
        }
        for (std::size_t i = 0; i < chapter.steps.size(); ++i) {
            TRY(step(chapter.steps[i], i + 1, pictures.at(i)));
        }
        if (!chapter.notes.empty()) labelled("请注意", chapter.notes);
        troubles(chapter.troubles);
        return {};
    }

    void labelled(const std::string& label, const std::vector<Passage>& passages) {
        constexpr double indent = 52;
        double high = 0;
        for (const Passage& one : passages)
            high += measure("· " + one.text, {12}, width - indent) + 2;
        keep(high);
        write(label, {12, true}, accent, margin, y_, indent);
        for (const Passage& one : passages) {
            y_ += write("· " + one.text, {12}, black, margin + indent, y_, width - indent) + 2;
        }
        y_ += 8;
    }

    struct Line {
        std::string text;
        PaperText look;
        Ink colour;
        double before = 0;
    };

    static std::vector<Line> linesOf(const Step& step) {
        std::vector<Line> lines = {{step.title.text, {14, true}, black, 0},
                                   {step.does.text, {13}, black, 8}};
        if (step.comes.text.empty()) return lines;
        lines.push_back({"接下来", {10.5, true}, accent, 10});
        lines.push_back({step.comes.text, {11.5}, black, 2});
        return lines;
    }

    Result<void> step(const Step& step, std::size_t number, const std::filesystem::path& file) {
        constexpr double numberSide = 24;
        const Surface image(cairo_image_surface_create_from_png(file.c_str()));
        if (cairo_surface_status(image.get()) != CAIRO_STATUS_SUCCESS) {
            return fail(ErrorCode::fileNotReadable, file.string());
        }
        const double scale = pictureWidth / cairo_image_surface_get_width(image.get());
        const double high = scale * cairo_image_surface_get_height(image.get());
        double wordsHigh = 0;
        for (const Line& one : linesOf(step)) {
            wordsHigh += one.before + measure(one.text, one.look, besideWidth);
        }
        wordsHigh += numberSide + 8;
        keep(std::max(high, wordsHigh));
        if (isLast()) paint(image.get(), scale);
        frame(high);
        badge(number, numberSide);
        double at = y_ + numberSide + 8;
        for (const Line& one : linesOf(step)) {
            at += one.before;
            at += write(one.text, one.look, one.colour, besidePicture, at, besideWidth);
        }
        y_ += std::max(high, wordsHigh) + stepGap;
        return {};
    }

    void paint(cairo_surface_t* image, double scale) {
        cairo_save(context_.get());
        cairo_translate(context_.get(), margin, y_);
        cairo_scale(context_.get(), scale, scale);
        cairo_set_source_surface(context_.get(), image, 0, 0);
        cairo_paint(context_.get());
        cairo_restore(context_.get());
    }

    void frame(double high) {
        ink(grey);
        cairo_set_line_width(context_.get(), 0.6);
        cairo_rectangle(context_.get(), margin, y_, pictureWidth, high);
        cairo_stroke(context_.get());
    }

    void badge(std::size_t number, double side) {
        ink(accent);
        cairo_arc(context_.get(), besidePicture + side / 2, y_ + side / 2, side / 2, 0, 6.2832);
        cairo_fill(context_.get());
        write(std::to_string(number), {13, true, PaperAlign::centre}, white, besidePicture,
              y_ + 2.5, side);
    }

    void troubles(const std::vector<Trouble>& all) {
        if (all.empty()) return;
        // A short table stays in one piece.
        constexpr double headAndWords = 46;
        constexpr double shortTable = 460;
        double high = headAndWords;
        for (const Trouble& one : all) {
            if (high < shortTable) high += heightOfRow(seenIn(one), one.help.text, rowLook);
        }
        keep(std::min(high, shortTable));
        words("遇到这些情况怎么办", {13, true}, accent, 4);
        headOfTroubles();
        for (const Trouble& one : all) {
            const std::string seen = seenIn(one);
            if (y_ + heightOfRow(seen, one.help.text, rowLook) > bottom) {
                nextPage();
                headOfTroubles();
            }
            row(seen, one.help.text, rowLook);
        }
        y_ += 8;
    }

    static std::string seenIn(const Trouble& one) {
        return one.code.empty() ? one.seen.text : one.seen.text + "\n代码 " + one.code;
    }

    void headOfTroubles() {
        const PaperText look{11, true};
        const std::string seen = "屏幕上写着";
        const std::string help = "怎么办";
        area(margin, y_, width, heightOfRow(seen, help, look), pale);
        row(seen, help, look);
    }

    static constexpr PaperText rowLook{11};
    static constexpr double leftWidth = 190;
    static constexpr double rightWidth = width - leftWidth;
    static constexpr double padding = 5;

    double heightOfRow(const std::string& left, const std::string& right, const PaperText& look) {
        return std::max(measure(left, look, leftWidth - 2 * padding),
                        measure(right, look, rightWidth - 2 * padding)) +
               2 * padding;
    }

    void row(const std::string& left, const std::string& right, const PaperText& look) {
        const double high = heightOfRow(left, right, look);
        write(left, look, black, margin + padding, y_ + padding, leftWidth - 2 * padding);
        write(right, look, black, margin + leftWidth + padding, y_ + padding,
              rightWidth - 2 * padding);
        y_ += high;
        line(y_, grey, 0.4);
    }

    const Book& book_;
    Context context_;
    std::vector<int> known_;
    std::vector<int> found_;
    std::string running_;
    int allPages_;
    int page_ = 1;
    double y_ = margin;
};

}  // namespace

Result<ManualPaper> printManual(const ui::PaperFonts& fonts, const Manual& manual,
                                const std::vector<StepPictures>& pictures,
                                const std::string& edition) {
    const Book book{fonts, manual, pictures, edition};
    const Surface nowhere(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr));
    Printing first(book, nowhere.get(), {}, 0);
    TRY(first.print());
    ManualPaper paper;
    const Surface pdf(
        cairo_pdf_surface_create_for_stream(collect, &paper.pdf, pageWidth, pageHeight));
    const std::string title = manual.title + " " + edition;
    cairo_pdf_surface_set_metadata(pdf.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    {
        Printing second(book, pdf.get(), first.found(), first.pages());
        TRY(second.print());
        paper.pages = second.pages();
    }
    cairo_surface_finish(pdf.get());
    const cairo_status_t status = cairo_surface_status(pdf.get());
    if (status == CAIRO_STATUS_SUCCESS) return paper;
    return fail(ErrorCode::fileNotWritable, cairo_status_to_string(status));
}

}  // namespace liqu::manual
