#include "ui/paper/slip_renderer.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <cairo.h>
#include <cmath>

#include "ui/paper/paper_text.hpp"
#include "ui/paper/sheet.hpp"

namespace liqu::ui {
namespace {

using ports::Slip;
using ports::SlipField;

// Dots of 203 to the inch: a sign of "usual" is 4.5 mm high, read at arm's length without glasses.
constexpr double titleSize = 44;
constexpr double leastTitleSize = 34;
constexpr double largeSize = 48;
constexpr double usualSize = 36;
constexpr double smallSize = 28;
constexpr double margin = 12;
constexpr double lineGap = 8;
constexpr double partGap = 6;
constexpr double ruleHeight = 2;
// The English beneath is for who cannot read the Chinese: smaller, and never less than 3 mm.
constexpr double englishShare = 0.72;
constexpr double leastSize = 24;
constexpr int pdfWidth = 576;
constexpr double pointsPerDot = 72.0 / 203.2;
constexpr int tallest = 4000;
constexpr int darkFrom = 128;

double sizeOf(FormSize size) {
    return size == FormSize::large ? largeSize : size == FormSize::small ? smallSize : usualSize;
}

class Layer {
  public:
    Layer(cairo_t* context, const PaperFonts& fonts, const SlipForms& forms, const Slip& slip,
          int width)
        : context_(context), fonts_(fonts), forms_(forms), slip_(slip), width_(width) {}

    // Draws all of it, or only measures. The height.
    double lay() {
        const FormLayout& form = forms_.forms.at(slip_.form);
        const PaperText title{titleSize, true, PaperAlign::centre};
        text(form.title.chinese, fitted(form.title.chinese, title, leastTitleSize),
             PaperAlign::centre, Weight::bold);
        english(form.title.english, titleSize, PaperAlign::centre);
        if (slip_.issue == ports::SlipIssue::copy) {
            text(forms_.copy.chinese, usualSize, PaperAlign::centre, Weight::bold);
            english(forms_.copy.english, usualSize, PaperAlign::centre);
        }
        rule();
        for (const FormPart& part : forms_.head) draw(part);
        for (const FormPart& part : form.parts) draw(part);
        for (const FormPart& part : forms_.foot) draw(part);
        return y_ + margin;
    }

  private:
    enum class Weight : std::uint8_t { usual, bold };
    enum class Tongue : std::uint8_t { chinese, english };

    double room() const { return width_ - 2 * margin; }

    std::string valueOf(SlipField field, Tongue tongue) const {
        const auto found = slip_.fields.find(field);
        if (found == slip_.fields.end()) {
            if (field != SlipField::counter) return {};
            return tongue == Tongue::english ? forms_.counter.english : forms_.counter.chinese;
        }
        const ports::SlipText& text = found->second;
        const bool own = tongue == Tongue::english && !text.english.empty();
        return own ? text.english.reveal() : text.chinese.reveal();
    }

    std::string filled(std::string words, const std::vector<SlipField>& fields,
                       Tongue tongue) const {
        for (const SlipField field : fields) {
            const std::string mark = "{" + std::string(nameOf(field)) + "}";
            const std::string value = valueOf(field, tongue);
            for (std::size_t at = 0; (at = words.find(mark, at)) != std::string::npos;
                 at += value.size()) {
                words.replace(at, mark.size(), value);
            }
        }
        return words;
    }

    bool isLeftOut(const FormPart& part) const {
        return std::ranges::any_of(part.fields, [this](SlipField field) {
            return valueOf(field, Tongue::chinese).empty();
        });
    }

    void text(const std::string& words, double size, PaperAlign align, Weight weight) {
        const PaperText look{size, weight == Weight::bold, align};
        y_ += drawPaperText(context_, fonts_, words, look, {margin, y_}, room()) + lineGap;
    }
    void english(const std::string& words, double size, PaperAlign align) {
        if (slip_.language != ports::SlipLanguage::withEnglish) return;
        text(words, std::max(leastSize, size * englishShare), align, Weight::usual);
    }
    // Two of them with nothing between are one.
    void rule() {
        if (y_ == underRule_) return;
        y_ += partGap;
        if (context_ != nullptr) {
            cairo_rectangle(context_, margin, y_, room(), ruleHeight);
            cairo_fill(context_);
        }
        y_ += ruleHeight + partGap + lineGap;
        underRule_ = y_;
    }

    void draw(const FormPart& part) {
        if (part.kind == FormPartKind::rule) return rule();
        if (isLeftOut(part)) return;
        const double size = sizeOf(part.size);
        if (part.kind == FormPartKind::pair) {
            pair(part, size);
        } else {
            const Weight weight = part.size == FormSize::large ? Weight::bold : Weight::usual;
            text(filled(part.words.chinese, part.fields, Tongue::chinese), size, PaperAlign::left,
                 weight);
            english(filled(part.words.english, part.fields, Tongue::english), size,
                    PaperAlign::left);
        }
        y_ += partGap;
    }

    // Label and value on one line where they fit; else the value beneath, to the right.
    void pair(const FormPart& part, double size) {
        const SlipField field = part.fields.back();
        const std::string value = valueOf(field, Tongue::chinese);
        const PaperText label{size, false, PaperAlign::left};
        PaperText right{size, true, PaperAlign::right};
        right.size = fitted(value, right, leastSize);
        const double labelWidth = widthOf(part.words.chinese, label);
        const double valueWidth = widthOf(value, right);
        const double labelHeight =
            drawPaperText(context_, fonts_, part.words.chinese, label, {margin, y_}, room());
        const bool fits = labelWidth + size / 2 + valueWidth <= room();
        if (!fits) y_ += labelHeight;
        y_ += std::max(fits ? labelHeight : 0.0,
                       drawPaperText(context_, fonts_, value, right, {margin, y_}, room())) +
              lineGap;
        const std::string other = valueOf(field, Tongue::english);
        english(part.words.english + (other == value ? "" : "  " + other), size, PaperAlign::left);
    }

    double widthOf(const std::string& words, const PaperText& look) const {
        return paperTextWidth(fonts_, words, look);
    }
    // So large that it stands on one line, where that is not too small to be read.
    double fitted(const std::string& words, const PaperText& look, double least) const {
        const double share = room() / std::max(1.0, widthOf(words, look));
        return share >= 1 ? look.size : std::max(least, std::floor(look.size * share));
    }

    cairo_t* context_;
    const PaperFonts& fonts_;
    const SlipForms& forms_;
    const Slip& slip_;
    int width_;
    double y_ = margin;
    double underRule_ = 0;
};

cairo_status_t collect(void* target, const unsigned char* data, unsigned int size) {
    auto* bytes = static_cast<std::vector<unsigned char>*>(target);
    bytes->insert(bytes->end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

// Grey becomes black or white; letters are never dithered.
ports::SlipPicture dotsOf(cairo_surface_t* surface, int width, int height) {
    ports::SlipPicture picture{width, height, {}};
    const int bytes = picture.bytesPerRow();
    std::vector<unsigned char> dots(static_cast<std::size_t>(bytes) *
                                    static_cast<std::size_t>(height));
    cairo_surface_flush(surface);
    const unsigned char* grey = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (grey[y * stride + x] < darkFrom) continue;
            const int at = y * bytes + x / 8;
            auto& byte = dots[static_cast<std::size_t>(at)];
            byte = static_cast<unsigned char>(byte | 0x80 >> x % 8);
        }
    }
    picture.dots = PersonalBytes(std::move(dots));
    return picture;
}

class Renderer final : public ports::SlipRenderer {
  public:
    Renderer(std::filesystem::path fonts, SlipForms forms)
        : fontsFile_(std::move(fonts)), forms_(std::move(forms)) {}

    bool has(ports::SlipForm form) const override { return forms_.forms.contains(form); }

    Result<ports::SlipPicture> draw(const Slip& slip, int width) override {
        const int height = TRY(heightOf(slip, width));
        cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
        cairo_t* context = cairo_create(surface);
        cairo_set_source_rgba(context, 0, 0, 0, 1);
        Layer(context, *fonts_, forms_, slip, width).lay();
        auto picture = dotsOf(surface, width, height);
        const cairo_status_t status = cairo_status(context);
        cairo_destroy(context);
        cairo_surface_destroy(surface);
        if (status == CAIRO_STATUS_SUCCESS) return picture;
        return fail(ErrorCode::fontMissing, cairo_status_to_string(status));
    }

    Result<PersonalBytes> pdf(const Slip& slip) override {
        const int height = TRY(heightOf(slip, pdfWidth));
        std::vector<unsigned char> bytes;
        cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(
            collect, &bytes, pdfWidth * pointsPerDot, height * pointsPerDot);
        const std::string& title = forms_.forms.at(slip.form).title.chinese;
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
        cairo_t* context = cairo_create(surface);
        cairo_scale(context, pointsPerDot, pointsPerDot);
        Layer(context, *fonts_, forms_, slip, pdfWidth).lay();
        cairo_destroy(context);
        cairo_surface_finish(surface);
        const cairo_status_t status = cairo_surface_status(surface);
        cairo_surface_destroy(surface);
        PersonalBytes made(std::move(bytes));
        if (status == CAIRO_STATUS_SUCCESS) return made;
        return fail(ErrorCode::fileNotWritable, cairo_status_to_string(status));
    }

  private:
    Result<int> heightOf(const Slip& slip, int width) {
        if (!has(slip.form))
            return fail(ErrorCode::configBadValue,
                        "this region has no form " + std::string(nameOf(slip.form)));
        if (!fonts_) fonts_ = TRY(PaperFonts::open(fontsFile_));
        const double height = Layer(nullptr, *fonts_, forms_, slip, width).lay();
        return std::min(tallest, static_cast<int>(std::ceil(height)));
    }

    std::filesystem::path fontsFile_;
    SlipForms forms_;
    std::unique_ptr<PaperFonts> fonts_;
};

}  // namespace

std::unique_ptr<ports::SlipRenderer> makeSlipRenderer(std::filesystem::path fonts,
                                                      SlipForms forms) {
    return std::make_unique<Renderer>(std::move(fonts), std::move(forms));
}

}  // namespace liqu::ui
