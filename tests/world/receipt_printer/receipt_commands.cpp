#include <algorithm>
#include <array>

#include "tests/world/receipt_printer/receipt_machine.hpp"

namespace liqu::world {
namespace {

constexpr int glyphWidth = 12;
constexpr int glyphHeight = 24;
constexpr int usualSpacing = 30;

void darken(Bytes& row, int x) {
    const auto byte = static_cast<std::size_t>(x / 8);
    if (byte < row.size()) row[byte] = static_cast<std::uint8_t>(row[byte] | 0x80 >> x % 8);
}

// No font: a frame whose inside is the character's bits, so that each looks like itself alone.
bool glyphDot(std::uint8_t character, int x, int y) {
    if (character == ' ') return false;
    if (x == 0 || y == 0 || x == glyphWidth - 2 || y == glyphHeight - 2) return true;
    if (x > 8 || y > 20) return false;
    return (character >> (x - 1) / 2 * 2 % 8 & 1) != 0 || (character >> y / 3 & 1) != 0;
}

// Every dot twice as wide.
Bytes widened(const Bytes& row) {
    Bytes wide;
    for (const std::uint8_t byte : row) {
        unsigned bits = 0;
        for (unsigned i = 0; i < 8; ++i) {
            if ((byte >> i & 1) != 0) bits |= 3U << (2 * i);
        }
        wide.push_back(static_cast<std::uint8_t>(bits >> 8));
        wide.push_back(static_cast<std::uint8_t>(bits & 0xFF));
    }
    return wide;
}

// What comes of data that the board's memory could not hold.
void garble(Bytes& row) {
    std::rotate(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(row.size() / 3), row.end());
    for (std::uint8_t& byte : row) byte ^= 0xA5;
}

}  // namespace

void ReceiptPrinterMachine::execute(const EscPosItem& item) {
    switch (item.kind) {
        case EscPos::bandHead:
            return beginBand(item);
        case EscPos::bandRow:
            return addBandRow(item);
        case EscPos::unknown:
            violate(item.at, "no command of this printer: " + toHex(item.bytes));
            for (const std::uint8_t byte : item.bytes) {
                if (byte >= 0x20) line_.push_back(byte);
            }
            return;
        case EscPos::automaticStatus:
            automatic_ = item.bytes[0];
            told_ = automatic_ != 0 ? automaticGroup() : Bytes{};
            if (automatic_ != 0) say(told_, now_);
            return;
        case EscPos::automaticFullStatus:
            automaticFull_ = item.bytes[0] != 0;
            toldFull_ = fullStatus();
            return;
        case EscPos::modelId:
            if (item.bytes[0] < 1 || item.bytes[0] > 3) violate(item.at, "GS I of 1 to 3");
            return say(settings_.profile.modelId, now_);
        case EscPos::presenterState:
            return say({presenterByte()}, now_);
        case EscPos::realTime:
            return;
        case EscPos::cut:
        case EscPos::oldFullCut:
        case EscPos::oldPartialCut:
            return requestCut(item);
        case EscPos::presentSteps:
        case EscPos::presentFor:
        case EscPos::retract:
        case EscPos::eject:
        case EscPos::continuousOff:
        case EscPos::continuousOn:
        case EscPos::presentAndAct:
        case EscPos::retractNow:
        case EscPos::presentSeconds:
            return requestPresenter(item);
        default:
            return executeLine(item);
    }
}

void ReceiptPrinterMachine::executeLine(const EscPosItem& item) {
    const int n = item.bytes.empty() ? 0 : item.bytes[0];
    switch (item.kind) {
        case EscPos::character:
            return addCharacter(item.bytes[0], item.at);
        case EscPos::columns:
            return addColumns(item);
        case EscPos::lineFeed:
            return endLine(lineSpacing_);
        case EscPos::feedDots:
            return endLine(n);
        case EscPos::feedLines:
            return endLine(n * lineSpacing_);
        case EscPos::lineSpacing:
            lineSpacing_ = n;
            return;
        case EscPos::usualLineSpacing:
            lineSpacing_ = usualSpacing;
            return;
        case EscPos::align:
            align_ = n % 0x30;
            if (align_ > 2) violate(item.at, "ESC a of 0 to 2");
            return;
        case EscPos::chineseOn:
        case EscPos::chineseOff:
            chinese_ = item.kind == EscPos::chineseOn;
            return;
        default:
            return initialise();
    }
}

void ReceiptPrinterMachine::initialise() {
    line_.clear();
    lineColumns_.clear();
    lineSpacing_ = usualSpacing;
    align_ = 0;
    chinese_ = settings_.profile.chinese;
    if (settings_.profile.initEndsAutomatic) automatic_ = 0;
}

void ReceiptPrinterMachine::beginBand(const EscPosItem& item) {
    const ReceiptProfile& profile = settings_.profile;
    const int mode = item.bytes[0] % 0x30;
    const int width = item.bytes[1] + item.bytes[2] * 256;
    const int rows = item.bytes[3] + item.bytes[4] * 256;
    if (mode > 3 || width == 0 || rows == 0) {
        violate(item.at, "a band without a size, or of no mode");
        stream_.refuseBand();
        return;
    }
    if (!line_.empty() || !lineColumns_.empty()) {
        violate(item.at, "a band while characters wait");
        if (profile.bandAfterText == BandAfterText::isText) {
            stream_.refuseBand();
            return;
        }
        endLine(lineSpacing_);
    }
    bandMode_ = static_cast<std::uint8_t>(mode);
    const int across = (mode & 1) != 0 ? width * 2 : width;
    if (across > profile.bytesPerRow()) violate(item.at, "a band wider than the head");
    if (align_ != 0 && across < profile.bytesPerRow()) violate(item.at, "a band that is moved");
    const bool tooHigh = rows > profile.maxRows;
    if (tooHigh) violate(item.at, "a band higher than the memory");
    bandGarbled_ = tooHigh || (profile.avoidRows > 0 && rows % profile.avoidRows == 0);
}

void ReceiptPrinterMachine::addBandRow(const EscPosItem& item) {
    if (item.realTimeInside) violate(item.at, "a real-time command inside a band");
    Bytes row = (bandMode_ & 1) != 0 ? widened(item.bytes) : item.bytes;
    row.resize(static_cast<std::size_t>(settings_.profile.bytesPerRow()));
    if (bandGarbled_) garble(row);
    const int times = (bandMode_ & 2) != 0 ? 2 : 1;
    for (int i = 0; i < times; ++i) {
        work_.push_back({.what = Doing::row, .dots = row, .garbled = bandGarbled_});
    }
}

void ReceiptPrinterMachine::addCharacter(std::uint8_t byte, std::uint64_t at) {
    if (byte >= 0x80 && (line_.empty() || line_.back() < 0x80)) {
        violate(at, chinese_ ? "text in a Chinese coding" : "text that is not ASCII");
    }
    line_.push_back(byte);
    const int most = settings_.profile.headDots / glyphWidth;
    if (static_cast<int>(line_.size()) >= most) endLine(lineSpacing_);
}

void ReceiptPrinterMachine::addColumns(const EscPosItem& item) {
    if (!line_.empty()) violate(item.at, "columns behind characters");
    for (std::size_t at = 0; at < item.bytes.size(); at += columnBytes) {
        const auto begin = item.bytes.begin() + static_cast<std::ptrdiff_t>(at);
        lineColumns_.emplace_back(begin, begin + columnBytes);
    }
    const auto head = static_cast<std::size_t>(settings_.profile.headDots);
    if (lineColumns_.size() <= head) return;
    violate(item.at, "columns wider than the head");
    lineColumns_.resize(head);
}

// Prints what waits and moves on by so many rows, by its own height at least.
void ReceiptPrinterMachine::endLine(int feedRows) {
    const bool empty = line_.empty() && lineColumns_.empty();
    if (!empty) drawLine();
    addFeed(empty ? feedRows : feedRows - glyphHeight);
}

void ReceiptPrinterMachine::addFeed(int rows) {
    const auto width = static_cast<std::size_t>(settings_.profile.bytesPerRow());
    for (int i = 0; i < rows; ++i) work_.push_back({.what = Doing::row, .dots = Bytes(width)});
}

void ReceiptPrinterMachine::drawLine() {
    for (int y = 0; y < glyphHeight; ++y) {
        Bytes row(static_cast<std::size_t>(settings_.profile.bytesPerRow()));
        for (std::size_t i = 0; i < line_.size(); ++i) {
            for (int x = 0; x < glyphWidth; ++x) {
                if (glyphDot(line_[i], x, y)) darken(row, static_cast<int>(i) * glyphWidth + x);
            }
        }
        for (std::size_t x = 0; x < lineColumns_.size(); ++x) {
            const std::uint8_t part = lineColumns_[x][static_cast<std::size_t>(y / 8)];
            if ((part >> (7 - y % 8) & 1) != 0) darken(row, static_cast<int>(x));
        }
        work_.push_back({.what = Doing::row, .dots = std::move(row)});
    }
    if (!line_.empty()) stripText_ += textOf(line_) + "\n";
    line_.clear();
    lineColumns_.clear();
}

void ReceiptPrinterMachine::requestCut(const EscPosItem& item) {
    if (!line_.empty() || !lineColumns_.empty()) {
        violate(item.at, "a cut in the middle of a line");
        endLine(lineSpacing_);
    }
    if (item.kind != EscPos::cut) return addCut(item.kind == EscPos::oldPartialCut, item.at);
    if (item.bytes.size() > 1) addFeed(item.bytes[1]);
    const int mode = item.bytes[0];
    addCut(mode == 1 || mode == 0x31 || mode == 0x42, item.at);
}

void ReceiptPrinterMachine::addCut(bool partly, std::uint64_t at) {
    const bool hangs = partly && !settings_.profile.cuts.alwaysFull;
    work_.push_back({.what = Doing::cut, .partly = hangs, .at = at});
}

// The commands GS e 2, 3, 5 and 32 cut by themselves first; the others find a slip that was cut.
void ReceiptPrinterMachine::requestPresenter(const EscPosItem& item) {
    const auto seconds = [&item](std::size_t at) {
        return std::chrono::seconds{item.bytes.at(at)};
    };
    const bool ofGsE = settings_.profile.presenter == ReceiptPresenter::gsE;
    if (item.kind == EscPos::continuousOff) return;
    if (item.kind == EscPos::continuousOn) return violate(item.at, "paper would hang out");
    if (ofGsE) {
        const Slip* const slip = hanging();
        const bool cutBefore = slip != nullptr && slip->place == SlipPlace::inPresenter;
        const bool presents = item.kind == EscPos::presentSteps || item.kind == EscPos::presentFor;
        if (presents && cutBefore) violate(item.at, "a cut before what cuts by itself");
        addCut(false, item.at);
    }
    Work work{.what = Doing::present, .at = item.at};
    if (item.kind == EscPos::retract || item.kind == EscPos::retractNow) work.what = Doing::retract;
    if (item.kind == EscPos::eject) work.what = Doing::eject;
    if (item.kind == EscPos::presentSteps && item.bytes[0] == 0) violate(item.at, "no step at all");
    if (item.kind == EscPos::presentFor) work.then = seconds(1);
    if (item.kind == EscPos::presentSeconds) {
        work.then = seconds(0);
        if (item.bytes[0] > 9) violate(item.at, "GS R 1 of 0 to 9");
    }
    if (item.kind == EscPos::presentAndAct) {
        const std::uint8_t action = item.bytes[2];
        if (action != 'E' && action != 'R') return violate(item.at, "an action that is none");
        work.then = seconds(3);
        work.pushesOut = action == 'E';
    }
    work_.push_back(work);
}

}  // namespace liqu::world
