#include "tests/world/judge/document_log.hpp"

#include <cstdint>
#include <sstream>

namespace liqu::judge {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t textLength = 256;

void appendHex(Bytes& bytes, const std::string& hex) {
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
}

// UTF-16LE to UTF-8, without the padding behind it.
std::string textOf(const Bytes& block, std::size_t at, std::size_t size) {
    std::string text;
    for (std::size_t i = at; i + 1 < at + size; i += 2) {
        std::uint32_t code = static_cast<std::uint32_t>(block[i] | block[i + 1] << 8);
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < at + size) {
            const std::uint32_t low = static_cast<std::uint32_t>(block[i + 2] | block[i + 3] << 8);
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        if (code < 0x80) {
            text += static_cast<char>(code);
        } else if (code < 0x800) {
            text += static_cast<char>(0xC0 | code >> 6);
            text += static_cast<char>(0x80 | (code & 0x3F));
        } else if (code < 0x10000) {
            text += static_cast<char>(0xE0 | code >> 12);
            text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
            text += static_cast<char>(0x80 | (code & 0x3F));
        } else {
            text += static_cast<char>(0xF0 | code >> 18);
            text += static_cast<char>(0x80 | (code >> 12 & 0x3F));
            text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
            text += static_cast<char>(0x80 | (code & 0x3F));
        }
    }
    const std::size_t end = text.find_last_not_of(std::string(" \0", 2));
    return text.substr(0, end == std::string::npos ? 0 : end + 1);
}

ReadDocument documentOf(const Bytes& block) {
    ReadDocument document;
    const auto mark = static_cast<char>(block[248]);
    if (mark == 'I') {
        return {"foreigner-2017", textOf(block, 122, 30), textOf(block, 158, 30),
                textOf(block, 120, 2), textOf(block, 220, 16)};
    }
    document.kind = mark == 'J' ? "permit" : mark == 'Y' ? "foreigner-2023" : "resident";
    document.number = textOf(block, 122, 36);
    document.name = textOf(block, 0, 30);
    document.sex = textOf(block, 30, 2);
    document.birth = textOf(block, 36, 16);
    return document;
}

bool startsFrame(const Bytes& stream, std::size_t at) {
    static constexpr std::uint8_t preamble[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};
    if (at + 7 > stream.size()) return false;
    for (std::size_t i = 0; i < 5; ++i) {
        if (stream[at + i] != preamble[i]) return false;
    }
    return true;
}

}  // namespace

// Heads and bodies of frames come on pipes of their own, but one after the other.
std::vector<ReadDocument> documentsIn(const std::string& log) {
    Bytes stream;
    std::istringstream lines(log);
    std::string time, direction, endpoint, hex;
    std::string line;
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        if (words >> time >> direction >> endpoint >> hex && direction == "IN") {
            appendHex(stream, hex);
        }
    }
    std::vector<ReadDocument> found;
    for (std::size_t at = 0; at < stream.size(); ++at) {
        if (!startsFrame(stream, at)) continue;
        const std::size_t length = static_cast<std::size_t>(stream[at + 5] << 8 | stream[at + 6]);
        const std::size_t body = at + 7;
        // Status 00 00 90, two lengths, the text.
        const bool reading =
            length > textLength + 8 && body + length <= stream.size() && stream[body + 2] == 0x90;
        if (!reading) continue;
        std::uint8_t check = 0;
        for (std::size_t i = at + 5; i < body + length; ++i) check ^= stream[i];
        if (check != 0) continue;
        const std::size_t lengths = length > 4 + 1024 + textLength + 4 ? 6 : 4;
        const auto begin = stream.begin() + static_cast<std::ptrdiff_t>(body + 3 + lengths);
        found.push_back(documentOf(Bytes(begin, begin + textLength)));
        at = body + length - 1;
    }
    return found;
}

}  // namespace liqu::judge
