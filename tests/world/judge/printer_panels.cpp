#include "tests/world/judge/printer_panels.hpp"

#include <algorithm>
#include <optional>

namespace liqu::judge {
namespace {

using Data = std::vector<std::uint8_t>;

constexpr std::size_t monoLine = panelDots / 8;

std::optional<int> bitsFor(int levels) {
    for (int bits = 1; bits <= 8; ++bits) {
        if (1 << bits == levels) return bits;
    }
    return std::nullopt;
}

Data dotsOf(const Data& packed, int bits) {
    Data dots;
    dots.reserve(std::size_t{panelDots} * panelLines);
    unsigned window = 0;
    int held = 0;
    for (const std::uint8_t byte : packed) {
        window = (window << 8 | byte) & 0xFFFF;
        held += 8;
        while (held >= bits) {
            held -= bits;
            dots.push_back(static_cast<std::uint8_t>(window >> held & ((1U << bits) - 1)));
        }
    }
    return dots;
}

// Per line: 0 nothing, 255 all black, else so many bytes and white behind them.
std::optional<Data> unpackMono(const Data& data) {
    Data raw;
    std::size_t at = 0;
    while (at < data.size()) {
        const std::size_t count = data[at++];
        const std::size_t lineBegin = raw.size();
        if (count == 0xFF) {
            raw.resize(lineBegin + monoLine, 0xFF);
            continue;
        }
        if (count > monoLine || at + count > data.size()) return std::nullopt;
        raw.insert(raw.end(), data.begin() + static_cast<std::ptrdiff_t>(at),
                   data.begin() + static_cast<std::ptrdiff_t>(at + count));
        raw.resize(lineBegin + monoLine, 0);
        at += count;
    }
    if (raw.size() != monoLine * panelLines) return std::nullopt;
    return raw;
}

class StreamReader {
  public:
    explicit StreamReader(const Data& bytes) : bytes_(bytes) {}

    PrinterStream read() {
        while (at_ < bytes_.size() && stream_.fault.empty()) {
            const std::uint8_t byte = bytes_[at_++];
            if (byte == 0x00) continue;
            if (byte != 0x1B) {
                stream_.fault = "byte " + std::to_string(at_ - 1) + " begins no command";
                break;
            }
            readCommand();
        }
        return std::move(stream_);
    }

  private:
    std::string readUntil(char end) {
        std::string text;
        while (at_ < bytes_.size() && bytes_[at_] != end) text += static_cast<char>(bytes_[at_++]);
        ++at_;
        return text;
    }

    bool begins(const char* word) const {
        const std::string text(word);
        return at_ + text.size() <= bytes_.size() &&
               std::equal(text.begin(), text.end(),
                          bytes_.begin() + static_cast<std::ptrdiff_t>(at_));
    }

    void readCommand() {
        if (begins("Db;") || begins("Dbc;")) return readPanel();
        const std::string command = readUntil('\r');
        stream_.commands.push_back(command);
        if (command == "Ss") stream_.jobs.emplace_back();
        if (command.substr(0, 2) == "Se" && command != "Ser" && !stream_.jobs.empty()) {
            stream_.jobs.back().ended = true;
        }
    }

    void readPanel() {
        const bool compressed = readUntil(';') == "Dbc";
        const std::string name = readUntil(';');
        const std::string levels = readUntil(';');
        const auto bits = bitsFor(std::atoi(levels.c_str()));
        if (name.size() != 1 || !bits) {
            stream_.fault = "a panel without name or levels";
            return;
        }
        const std::size_t whole =
            std::size_t{panelDots} * panelLines * static_cast<std::size_t>(*bits) / 8;
        const std::size_t length =
            compressed ? static_cast<std::size_t>(std::atol(readUntil(';').c_str())) : whole;
        // The run may have ended in the middle of a panel.
        if (at_ + length > bytes_.size()) {
            at_ = bytes_.size();
            return;
        }
        const auto begin = bytes_.begin() + static_cast<std::ptrdiff_t>(at_);
        Data data(begin, begin + static_cast<std::ptrdiff_t>(length));
        at_ += length;
        if (at_ < bytes_.size() && bytes_[at_++] != 0x0D) {
            stream_.fault = "panel " + name + " does not end where it should";
            return;
        }
        const auto raw = compressed ? unpackMono(data) : std::optional(std::move(data));
        if (!raw || stream_.jobs.empty()) {
            stream_.fault = "panel " + name + " cannot be unpacked, or belongs to no job";
            return;
        }
        stream_.jobs.back().panels[name[0]] = {*bits, dotsOf(*raw, *bits), *raw};
    }

    const Data& bytes_;
    std::size_t at_ = 0;
    PrinterStream stream_;
};

}  // namespace

PrinterStream readPrinterStream(const Data& bytes) {
    return StreamReader(bytes).read();
}

// The face went in turned a quarter clockwise: its left edge is the first line printed.
Data pictureOf(const PrintedJob& job) {
    if (job.panels.empty()) return {};
    Data picture;
    picture.reserve(std::size_t{panelDots} * panelLines * 3);
    const auto inkAt = [&](char panel, std::size_t index) {
        const auto found = job.panels.find(panel);
        if (found == job.panels.end() || index >= found->second.dots.size()) return 0;
        return found->second.dots[index] * 255 / ((1 << found->second.bits) - 1);
    };
    for (int row = 0; row < panelDots; ++row) {
        for (int column = 0; column < panelLines; ++column) {
            const auto index = static_cast<std::size_t>(column) * panelDots +
                               static_cast<std::size_t>(panelDots - 1 - row);
            const int black = inkAt('k', index);
            for (const char panel : {'c', 'm', 'y'}) {
                picture.push_back(
                    static_cast<std::uint8_t>(255 - std::max(inkAt(panel, index), black)));
            }
        }
    }
    return picture;
}

}  // namespace liqu::judge
