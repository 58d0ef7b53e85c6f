#include "tests/world/card_printer/command_stream.hpp"

#include <algorithm>
#include <charconv>

#include "tests/world/card_printer/panel_codec.hpp"

namespace liqu::world {
namespace {

constexpr std::size_t longestWord = 200;
constexpr std::size_t longestPanel = 700'000;

std::optional<std::size_t> numberIn(const std::string& text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
        return std::nullopt;
    }
    return number;
}

}  // namespace

CommandStream::Taken CommandStream::take(ByteView bytes) {
    if (state_ == State::payload) return takePayload(bytes);
    Taken taken;
    while (taken.bytes < bytes.size() && !taken.command && !taken.panelAnnounced) {
        takeByte(bytes[taken.bytes++], taken);
    }
    return taken;
}

CommandStream::Taken CommandStream::takePayload(ByteView bytes) {
    Taken taken;
    taken.bytes = std::min(bytes.size(), wanted_ - command_.payload.size());
    const ByteView part = bytes.first(taken.bytes);
    command_.payload.insert(command_.payload.end(), part.begin(), part.end());
    if (command_.payload.size() == wanted_) state_ = State::closing;
    return taken;
}

void CommandStream::takeByte(std::uint8_t byte, Taken& taken) {
    switch (state_) {
        case State::between:
            if (byte == 0x00) return;  // padding
            if (byte == escape_) {
                state_ = State::word;
            } else if (escapeOptional_ && byte != end_) {
                state_ = State::word;
                takeWordByte(byte, taken);
            } else if (byte != end_) {
                state_ = State::lost;
                taken.command = finish(false);
            }
            return;
        case State::word:
            takeWordByte(byte, taken);
            return;
        case State::closing:
            taken.command = finish(byte == end_);
            state_ = byte == end_ ? State::between : State::lost;
            return;
        case State::lost:
            if (sawEnd_ && byte == escape_) state_ = State::word;
            sawEnd_ = byte == end_;
            return;
        case State::payload:
            return;
    }
}

void CommandStream::takeWordByte(std::uint8_t byte, Taken& taken) {
    if (byte == end_) {
        escapeOptional_ = true;
        endWord(taken);
        return;
    }
    if (byte == separator_) {
        command_.parameters.push_back(std::move(text_));
        text_.clear();
        if (announcesPanel()) {
            taken.panelAnnounced = state_ == State::payload;
            if (state_ == State::lost) taken.command = finish(false);
        }
        return;
    }
    text_ += static_cast<char>(byte);
    if (text_.size() > longestWord) {
        state_ = State::lost;
        taken.command = finish(false);
    }
}

void CommandStream::endWord(Taken& taken) {
    state_ = State::between;
    command_.parameters.push_back(std::move(text_));
    text_.clear();
    PrinterCommand command = finish(true);
    command.understood = !command.isDownload();
    if (command.name == "Psc") {
        command_ = command;
        redefine();
        command_ = {};
    }
    if (!command.name.empty()) taken.command = std::move(command);
}

// True when the parameters so far are a panel's header, right or wrong.
bool CommandStream::announcesPanel() {
    const auto& words = command_.parameters;
    const bool isRaw = words[0] == "Db";
    const bool isPacked = words[0] == "Dbc";
    if (words.size() != (isRaw ? 3U : 4U) || !(isRaw || isPacked)) return false;
    const std::optional<int> bits = bitsOfLevels(words[2]);
    const bool isBitmap = words[1] == "k" || words[1] == "o";
    const bool isColour = words[1] == "y" || words[1] == "m" || words[1] == "c";
    const bool fits = bits && ((isBitmap && *bits == 1) || (isColour && *bits >= 5));
    const auto length = isPacked ? numberIn(words[3]) : std::optional<std::size_t>(0);
    if (!fits || !length || *length > longestPanel) {
        state_ = State::lost;
        return true;
    }
    wanted_ = isPacked ? *length : panelLength(*bits);
    command_.payload.reserve(wanted_);
    state_ = wanted_ == 0 ? State::closing : State::payload;
    return true;
}

PrinterCommand CommandStream::finish(bool understood) {
    PrinterCommand command = std::move(command_);
    command_ = {};
    text_.clear();
    sawEnd_ = false;
    command.understood = understood;
    if (!command.parameters.empty()) {
        command.name = std::move(command.parameters.front());
        command.parameters.erase(command.parameters.begin());
    }
    return command;
}

void CommandStream::redefine() {
    const auto start = numberIn(command_.parameter(0));
    const auto separator = numberIn(command_.parameter(1));
    const auto end = numberIn(command_.parameter(2));
    escape_ = static_cast<std::uint8_t>(start.value_or(0x1B));
    separator_ = static_cast<std::uint8_t>(separator.value_or(';'));
    end_ = static_cast<std::uint8_t>(end.value_or(0x0D));
}

void CommandStream::abandon() {
    finish(false);
    state_ = State::between;
}

}  // namespace liqu::world
