#include "ui/paper/day_slip.hpp"

#include <cairo.h>
#include <cmath>
#include <memory>
#include <qrencode.h>

#include "ui/paper/day_paper.hpp"
#include "ui/paper/paper_text.hpp"

namespace liqu::ui {
namespace {

constexpr double margin = 20;
constexpr double lineGap = 8;

struct SlipLine {
    std::string left;
    std::string right{};
    double size = 26;
    bool bold = false;
    bool rule = false;   // a line across, no words
    std::string code{};  // a QR code, no words
};

std::string timeText(WallTime at) {
    return formatChinaTime(at).substr(0, 16).replace(10, 1, " ");
}

std::string countText(const ports::PlaceFigures& place) {
    std::string text = std::to_string(place.closing) + " / ";
    text += place.counted ? std::to_string(*place.counted) : "—";
    if (place.difference != 0) text += "  差 " + std::to_string(place.difference);
    return text;
}

std::vector<SlipLine> linesOf(const ports::DayReport& report) {
    std::vector<SlipLine> lines = {
        {"空白卡日结单", "", 38, true},
        {"终端 " + report.terminal, "网点 " + report.outlet},
        {"业务日 " + report.day, report.closedAt ? timeText(*report.closedAt) : "未日结"},
        {"", "", 0, false, true},
        {"位置", "账面 / 实点", 24, true}};
    for (const ports::PlaceFigures& place : report.places) {
        lines.push_back({placeName(place.place), countText(place), 26, place.difference != 0});
    }
    lines.push_back({"", "", 0, false, true});
    for (const ports::BankConsumption& bank : report.consumption) {
        lines.push_back({bank.bank + " 耗用 " + std::to_string(bank.consumed),
                         "取走 " + std::to_string(bank.taken) + "  待领 " +
                             std::to_string(bank.held) + "  废卡 " + std::to_string(bank.spoiled)});
    }
    const std::string cases = std::to_string(report.cases.size());
    lines.push_back(
        {report.cases.empty() ? "账实相符" : "差异登记 " + cases + " 件", "", 30, true});
    std::string people;
    for (const ports::DaySignature& one : report.signatures) {
        if (one.place.empty()) people += (people.empty() ? "" : "、") + one.operatorId;
    }
    if (!report.auditCheckpoint.empty()) {
        lines.push_back({"操作记录 " + std::to_string(report.auditLines) + " 行", "", 24});
        lines.push_back({report.auditLetters, "", 30, true});
        lines.push_back({"", "", 0, false, false, report.auditCheckpoint});
        lines.push_back({"请主管扫码，存到本机以外", "", 24});
    }
    lines.push_back({"日结人 " + people});
    lines.push_back({"签名", "", 26, false, false});
    lines.push_back({"", "", 60, false, true});
    return lines;
}

// Dots of a module: whole ones, so that a thermal head burns them evenly.
constexpr int dotsOfModule = 5;
constexpr int quietModules = 4;

// The height.
double layCode(cairo_t* context, const std::string& text, double y) {
    struct FreeCode {
        void operator()(QRcode* code) const { QRcode_free(code); }
    };
    const std::unique_ptr<QRcode, FreeCode> code(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L));
    if (code == nullptr) return 0;
    const int width = code->width;
    const int side = (width + 2 * quietModules) * dotsOfModule;
    const double left = std::floor((slipWidth - side) / 2.0) + quietModules * dotsOfModule;
    const double top = std::floor(y) + quietModules * dotsOfModule;
    for (int at = 0; context != nullptr && at < width * width; ++at) {
        if ((code->data[at] & 1) == 0) continue;
        const int column = at % width;
        const int row = at / width;
        cairo_rectangle(context, left + column * dotsOfModule, top + row * dotsOfModule,
                        dotsOfModule, dotsOfModule);
    }
    if (context != nullptr) cairo_fill(context);
    return side;
}

// Draws, or only measures where there is nothing to draw on. The height.
double lay(cairo_t* context, const PaperFonts& fonts, const std::vector<SlipLine>& lines) {
    double y = margin;
    for (const SlipLine& line : lines) {
        if (line.rule) {
            y += line.size;
            if (context != nullptr) {
                cairo_rectangle(context, margin, y + lineGap, slipWidth - 2 * margin, 2);
                cairo_fill(context);
            }
            y += 2 + 2 * lineGap;
            continue;
        }
        if (!line.code.empty()) {
            y += layCode(context, line.code, y);
            continue;
        }
        const PaperText look{line.size, line.bold};
        const double height = drawPaperText(context, fonts, line.left, look, {margin, y}, 0);
        PaperText right = look;
        right.align = PaperAlign::right;
        drawPaperText(context, fonts, line.right, right, {margin, y}, slipWidth - 2 * margin);
        y += height + lineGap;
    }
    return y + margin;
}

cairo_status_t collect(void* target, const unsigned char* data, unsigned int size) {
    auto* bytes = static_cast<Bytes*>(target);
    bytes->insert(bytes->end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<Bytes> drawDaySlip(const PaperFonts& fonts, const ports::DayReport& report) {
    const std::vector<SlipLine> lines = linesOf(report);
    const int height = static_cast<int>(lay(nullptr, fonts, lines)) + 1;
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, slipWidth, height);
    cairo_t* context = cairo_create(surface);
    cairo_set_source_rgb(context, 1, 1, 1);
    cairo_paint(context);
    cairo_set_source_rgb(context, 0, 0, 0);
    lay(context, fonts, lines);
    Bytes png;
    const cairo_status_t status = cairo_surface_write_to_png_stream(surface, collect, &png);
    cairo_destroy(context);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS) return png;
    return fail(ErrorCode::fileNotWritable, cairo_status_to_string(status));
}

}  // namespace liqu::ui
