#include "tests/world/receipt_printer/escpos_stream.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr std::uint8_t dle = 0x10;
constexpr std::uint8_t escape = 0x1B;
constexpr std::uint8_t fieldSeparator = 0x1C;
constexpr std::uint8_t groupSeparator = 0x1D;

using Known = bool (*)(const ReceiptProfile&);

// A command: its fixed bytes, how many follow, and who knows it.
struct Form {
    Bytes prefix;
    std::size_t parameters;
    EscPos kind;
    Known known;
};

bool everybody(const ReceiptProfile&) {
    return true;
}
bool chinese(const ReceiptProfile& p) {
    return p.chinese;
}
bool plainCut(const ReceiptProfile& p) {
    return p.cuts.plain;
}
bool fullFeedingCut(const ReceiptProfile& p) {
    return p.cuts.feedingFull;
}
bool partialFeedingCut(const ReceiptProfile& p) {
    return p.cuts.feedingPartial;
}
bool oldFull(const ReceiptProfile& p) {
    return p.cuts.oldFull;
}
bool oldPartial(const ReceiptProfile& p) {
    return p.cuts.oldPartial;
}
bool automatic(const ReceiptProfile& p) {
    return p.answers.automatic;
}
bool fullStatus(const ReceiptProfile& p) {
    return p.answers.fullStatus;
}
bool identified(const ReceiptProfile& p) {
    return !p.modelId.empty();
}
bool gsE(const ReceiptProfile& p) {
    return p.presenter == ReceiptPresenter::gsE;
}
bool fsP(const ReceiptProfile& p) {
    return p.presenter == ReceiptPresenter::fsP;
}
bool gsR(const ReceiptProfile& p) {
    return p.presenter == ReceiptPresenter::gsR;
}

const std::vector<Form>& forms() {
    static const std::vector<Form> all = {
        {{escape, 0x40}, 0, EscPos::initialise, everybody},
        {{escape, 0x4A}, 1, EscPos::feedDots, everybody},
        {{escape, 0x64}, 1, EscPos::feedLines, everybody},
        {{escape, 0x33}, 1, EscPos::lineSpacing, everybody},
        {{escape, 0x32}, 0, EscPos::usualLineSpacing, everybody},
        {{escape, 0x61}, 1, EscPos::align, everybody},
        {{escape, 0x2A, 0x21}, 2, EscPos::columns, everybody},
        {{escape, 0x69}, 0, EscPos::oldFullCut, oldFull},
        {{escape, 0x6D}, 0, EscPos::oldPartialCut, oldPartial},
        {{fieldSeparator, 0x26}, 0, EscPos::chineseOn, chinese},
        {{fieldSeparator, 0x2E}, 0, EscPos::chineseOff, chinese},
        {{fieldSeparator, 0x50}, 4, EscPos::presentAndAct, fsP},
        {{groupSeparator, 0x76, 0x30}, 5, EscPos::bandHead, everybody},
        {{groupSeparator, 0x56, 0x00}, 0, EscPos::cut, plainCut},
        {{groupSeparator, 0x56, 0x01}, 0, EscPos::cut, plainCut},
        {{groupSeparator, 0x56, 0x30}, 0, EscPos::cut, plainCut},
        {{groupSeparator, 0x56, 0x31}, 0, EscPos::cut, plainCut},
        {{groupSeparator, 0x56, 0x41}, 1, EscPos::cut, fullFeedingCut},
        {{groupSeparator, 0x56, 0x42}, 1, EscPos::cut, partialFeedingCut},
        {{groupSeparator, 0x61}, 1, EscPos::automaticStatus, automatic},
        {{groupSeparator, 0xE0}, 1, EscPos::automaticFullStatus, fullStatus},
        {{groupSeparator, 0x49}, 1, EscPos::modelId, identified},
        {{groupSeparator, 0x65, 0x03}, 1, EscPos::presentSteps, gsE},
        {{groupSeparator, 0x65, 0x20}, 2, EscPos::presentFor, gsE},
        {{groupSeparator, 0x65, 0x02}, 0, EscPos::retract, gsE},
        {{groupSeparator, 0x65, 0x05}, 0, EscPos::eject, gsE},
        {{groupSeparator, 0x65, 0x06}, 0, EscPos::presenterState, gsE},
        {{groupSeparator, 0x65, 0x12}, 0, EscPos::continuousOff, gsE},
        {{groupSeparator, 0x65, 0x14}, 0, EscPos::continuousOn, gsE},
        {{groupSeparator, 0x52, 0x00}, 0, EscPos::retractNow, gsR},
        {{groupSeparator, 0x52, 0x01}, 1, EscPos::presentSeconds, gsR},
        {{dle, 0x04, 0x01}, 0, EscPos::realTime, everybody},
        {{dle, 0x04, 0x02}, 0, EscPos::realTime, everybody},
        {{dle, 0x04, 0x03}, 0, EscPos::realTime, everybody},
        {{dle, 0x04, 0x04}, 0, EscPos::realTime, everybody},
        {{dle, 0x04, 0x14}, 0, EscPos::realTime, fullStatus},
        {{dle, 0x05, 0x01}, 0, EscPos::realTime, everybody},
        {{dle, 0x05, 0x02}, 0, EscPos::realTime, everybody}};
    return all;
}

bool introduces(std::uint8_t byte) {
    return byte == escape || byte == groupSeparator || byte == fieldSeparator || byte == dle;
}

// The form these bytes begin; null where none does.
const Form* formOf(const Bytes& head, const ReceiptProfile& profile) {
    for (const Form& form : forms()) {
        const std::size_t common = std::min(head.size(), form.prefix.size());
        if (form.known(profile) &&
            std::equal(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(common),
                       form.prefix.begin())) {
            return &form;
        }
    }
    return nullptr;
}

std::size_t wordAt(const Bytes& bytes, std::size_t at) {
    return bytes[at] + (std::size_t{bytes[at + 1]} << 8);
}

}  // namespace

bool actsOnSight(std::uint32_t lastThree) {
    const std::uint32_t code = lastThree >> 8 & 0xFFFF;
    const std::uint32_t last = lastThree & 0xFF;
    if (code == 0x1004) return (last >= 1 && last <= 4) || last == 0x14;
    if (code == 0x1005) return last == 1 || last == 2;
    return code == 0x1014 && (last == 1 || last == 2 || last == 8);
}

std::optional<EscPosItem> EscPosStream::take(std::uint8_t byte) {
    if (state_ == State::between) began_ = position_;
    ++position_;
    if (state_ == State::band || state_ == State::columns) return takeBand(byte);
    return takeHead(byte);
}

std::optional<EscPosItem> EscPosStream::takeHead(std::uint8_t byte) {
    head_.push_back(byte);
    if (head_.size() == 1 && !introduces(byte)) {
        if (byte == 0x0A) return finish(EscPos::lineFeed, 0);
        return finish(byte >= 0x20 ? EscPos::character : EscPos::unknown, 0);
    }
    state_ = State::head;
    const Form* const form = formOf(head_, *profile_);
    if (form == nullptr) {
        const bool beginsAnew = introduces(byte);
        if (beginsAnew) head_.pop_back();
        auto item = finish(EscPos::unknown, 0);
        if (beginsAnew) {
            head_ = {byte};
            state_ = State::head;
            began_ = position_ - 1;
        }
        return item;
    }
    if (head_.size() < form->prefix.size() + form->parameters) return std::nullopt;
    if (form->kind == EscPos::bandHead) {
        EscPosItem item{EscPos::bandHead, Bytes(head_.begin() + 3, head_.end()), began_};
        beginBand();
        return item;
    }
    if (form->kind == EscPos::columns) {
        wanted_ = wordAt(head_, 3) * columnBytes;
        data_.clear();
        if (wanted_ == 0) return finish(EscPos::unknown, 0);
        state_ = State::columns;
        return std::nullopt;
    }
    return finish(form->kind, form->kind == EscPos::cut ? 2 : form->prefix.size());
}

void EscPosStream::beginBand() {
    rowBytes_ = wordAt(head_, 4);
    rowsLeft_ = wordAt(head_, 6);
    data_.clear();
    lastThree_ = 0;
    realTimeInside_ = false;
    state_ = rowBytes_ == 0 || rowsLeft_ == 0 ? State::between : State::band;
    if (state_ == State::between) head_.clear();
}

std::optional<EscPosItem> EscPosStream::takeBand(std::uint8_t byte) {
    data_.push_back(byte);
    if (state_ == State::columns) {
        if (data_.size() < wanted_) return std::nullopt;
        EscPosItem item{EscPos::columns, std::move(data_), began_};
        abandon();
        return item;
    }
    lastThree_ = (lastThree_ << 8 | byte) & 0xFFFFFF;
    realTimeInside_ = realTimeInside_ || actsOnSight(lastThree_);
    if (data_.size() < rowBytes_) return std::nullopt;
    EscPosItem item{EscPos::bandRow, std::move(data_), position_ - rowBytes_, realTimeInside_};
    data_.clear();
    realTimeInside_ = false;
    if (--rowsLeft_ == 0) abandon();
    return item;
}

std::optional<EscPosItem> EscPosStream::finish(EscPos kind, std::size_t headLength) {
    EscPosItem item{
        kind, Bytes(head_.begin() + static_cast<std::ptrdiff_t>(headLength), head_.end()), began_};
    abandon();
    return item;
}

void EscPosStream::refuseBand() {
    abandon();
}

void EscPosStream::abandon() {
    state_ = State::between;
    head_.clear();
    data_.clear();
}

}  // namespace liqu::world
