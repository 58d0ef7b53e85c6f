#include "tests/support/paper_model.hpp"

#include <algorithm>

namespace liqu::test {
namespace {

constexpr std::size_t bufferSize = 4096;

}  // namespace

bool PaperModel::stopped() const {
    return coverOpen || broken || cutterError_ || rowsLeft <= 0 || clock_.now() < hotUntil;
}

bool PaperModel::mouth() {
    atMouth_ = slipInMouth();
    return atMouth_;
}

Result<bool> PaperModel::open() {
    if (!plugged) return fail(ErrorCode::receiptPrinterNotFound, "not there");
    if (open_) return false;
    open_ = true;
    ++opened;
    return true;
}

Result<std::size_t> PaperModel::write(ByteView bytes) {
    for (std::size_t sent = 0; sent < bytes.size(); ++sent) {
        if (pulledAt && count_ >= *pulledAt) unplug();
        if (!plugged) {
            open_ = false;
            return fail(ErrorCode::receiptPrinterUnplugged, "pulled");
        }
        work();
        if (takesBytes && count_ >= *takesBytes) return sent;
        if (in_.size() >= bufferSize) return sent;
        const bool lost = losesByte && count_ == *losesByte;
        ++count_;
        if (lost) continue;
        in_.push_back(bytes[sent]);
        scan(bytes[sent]);
    }
    work();
    return bytes.size();
}

Result<Bytes> PaperModel::read(Duration patience) {
    if (!plugged) {
        open_ = false;
        return fail(ErrorCode::receiptPrinterUnplugged, "pulled");
    }
    work();
    if (out_.empty()) clock_.sleepFor(patience);
    work();
    return std::exchange(out_, {});
}

void PaperModel::answerRealTime(std::uint8_t question) {
    if (silent) return;
    const bool end = rowsLeft <= 0;
    const std::uint8_t fixed = fixedBits ? 0x12 : 0x00;
    std::uint8_t bits = 0;
    if (question == 1) bits = stopped() ? 0x08 : 0;
    if (question == 2) bits = static_cast<std::uint8_t>((coverOpen ? 0x04 : 0) | (end ? 0x20 : 0));
    if (question == 3) {
        bits = static_cast<std::uint8_t>((cutterError_ ? 0x08 : 0) | (broken ? 0x20 : 0) |
                                         (clock_.now() < hotUntil ? 0x40 : 0));
    }
    if (question == 4) bits = static_cast<std::uint8_t>((nearEnd ? 0x0C : 0) | (end ? 0x60 : 0));
    if (question <= 4) say(Bytes{static_cast<std::uint8_t>(bits | fixed)});
    if (question != 0x14) return;
    const auto paper =
        static_cast<std::uint8_t>((end ? 1 : 0) | (nearEnd ? 4 : 0) | (mouth() ? 0x20 : 0));
    say(Bytes{0x10, 0x0F, paper, static_cast<std::uint8_t>(coverOpen ? 2 : 0),
              static_cast<std::uint8_t>(clock_.now() < hotUntil ? 1 : 0),
              static_cast<std::uint8_t>((cutterError_ ? 1 : 0) | (broken ? 4 : 0))});
}

// At once, wherever in the stream it stands.
void PaperModel::scan(std::uint8_t byte) {
    last_.push_back(byte);
    if (last_.size() > 3) last_.erase(last_.begin());
    if (last_.size() < 3 || last_[0] != 0x10) return;
    if (last_[1] == 0x04) answerRealTime(last_[2]);
    if (last_[1] == 0x05 && last_[2] == 0x02 && cutterError_ && !cutterStuck) {
        cutterError_ = false;
        in_.clear();
        bandBytes_ = 0;
        row_.clear();
    }
}

void PaperModel::work() {
    while (!stopped() && !in_.empty() && step()) {
    }
}

bool PaperModel::step() {
    if (bandBytes_ == 0) return command();
    row_.push_back(in_.front());
    in_.pop_front();
    --bandBytes_;
    if (row_.size() < bandWidth_) return true;
    row_.resize(static_cast<std::size_t>(bytesPerRow));
    rows.push_back(std::exchange(row_, {}));
    --rowsLeft;
    return true;
}

void PaperModel::cut() {
    if (cutterJams > 0 || cutterStuck) {
        --cutterJams;
        cutterError_ = true;
        return;
    }
    ++cuts;
    if (!rows.empty()) slips.push_back(std::exchange(rows, {}));
}

bool PaperModel::command() {
    const auto at = [this](std::size_t i) { return i < in_.size() ? in_[i] : std::uint8_t{0}; };
    const auto take = [this](std::size_t size) {
        if (in_.size() < size) return false;
        in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(size));
        return true;
    };
    const std::uint8_t first = at(0);
    const std::uint8_t second = at(1);
    if (in_.size() == 1 && (first == 0x1B || first == 0x1C || first == 0x1D || first == 0x10)) {
        return false;
    }
    // Real-time commands were carried out when they came.
    if (first == 0x10) return take(second == 0x04 || second == 0x05 ? 3 : 1);
    if (first == 0x1B && second == 0x40) return take(2);
    if (first == 0x1C && second == 0x2E) return take(2);
    if (first == 0x1B && second == 0x4A) return take(3);
    if (first == 0x1D && second == 0x76) {
        if (in_.size() < 8) return false;
        bandWidth_ = static_cast<std::size_t>(at(4) + 256 * at(5));
        bandBytes_ = bandWidth_ * static_cast<std::size_t>(at(6) + 256 * at(7));
        return take(8);
    }
    if (first == 0x1B && second == 0x69 && take(2)) return cut(), true;
    if (first == 0x1D && second == 0x56) {
        const std::size_t size = at(2) == 0x42 ? 4 : 3;
        return take(size) && (cut(), true);
    }
    if (first == 0x1D && second == 0x49) {
        if (!take(3)) return false;
        if (answersModel && !silent) say(Bytes{0x20});
        return true;
    }
    if (first == 0x1D && second == 0x61) {
        if (!take(3)) return false;
        if (!silent) say(Bytes{0x10, 0x00, static_cast<std::uint8_t>(nearEnd ? 3 : 0), 0x0F});
        return true;
    }
    if (first == 0x1D && second == 0x65) {
        if (in_.size() < 3) return false;
        const std::uint8_t what = at(2);
        if (!take(what == 0x03 ? 4 : 3)) return false;
        if (what == 0x06) say(Bytes{static_cast<std::uint8_t>(mouth() ? 0x08 : 0x00)});
        if (what == 0x03) {
            cut();
            atMouth_ = !cutterError_;
        }
        if (what == 0x02) {
            retracted += mouth() ? 1 : 0;
            atMouth_ = false;
        }
        return true;
    }
    if (first == 0x1C && second == 0x50) {
        if (!take(6)) return false;
        atMouth_ = true;
        return true;
    }
    if (first != 0x00) text.push_back(first);
    return take(1);
}

}  // namespace liqu::test
