#include "tests/world/privacy/traces.hpp"

#include <algorithm>
#include <array>

#include "firmware/base/assert.hpp"
#include "firmware/base/encoding.hpp"

namespace liqu::world {
namespace {

std::size_t beginning(std::uint8_t first, std::uint8_t second) {
    return static_cast<std::size_t>(first) << 8U | second;
}

std::string lowerCase(std::string hex) {
    std::transform(hex.begin(), hex.end(), hex.begin(), [](char digit) {
        return digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
    });
    return hex;
}

// The digits that depend on the bytes alone, with this many foreign bytes before them.
std::string base64After(std::size_t foreign, ByteView bytes) {
    Bytes shifted(foreign, 0);
    shifted.insert(shifted.end(), bytes.begin(), bytes.end());
    constexpr std::array<std::size_t, 3> touched = {0, 2, 3};
    const std::size_t whole = shifted.size() * 8 / 6;
    return toBase64(shifted).substr(touched[foreign], whole - touched[foreign]);
}

Bytes utf32leOf(const std::string& utf8) {
    Bytes bytes;
    for (const char32_t point : codePointsOf(utf8)) {
        for (const unsigned shift : {0U, 8U, 16U, 24U}) {
            bytes.push_back(static_cast<std::uint8_t>(point >> shift & 0xFFU));
        }
    }
    return bytes;
}

void append(std::vector<Trace>& all, std::vector<Trace> more) {
    for (Trace& trace : more) {
        const bool known = std::any_of(all.begin(), all.end(),
                                       [&](const Trace& one) { return one.bytes == trace.bytes; });
        if (!known) all.push_back(std::move(trace));
    }
}

}  // namespace

std::vector<Trace> tracesOfBytes(const std::string& name, ByteView bytes) {
    LIQU_ASSERT(bytes.size() >= 4);
    const std::string hex = toHex(bytes);
    std::vector<Trace> traces = {{name, Bytes(bytes.begin(), bytes.end())},
                                 {name + " in hex", bytesOf(hex)},
                                 {name + " in lower-case hex", bytesOf(lowerCase(hex))}};
    for (const std::size_t foreign : {0U, 1U, 2U}) {
        traces.push_back({name + " in base64", bytesOf(base64After(foreign, bytes))});
    }
    return traces;
}

std::vector<Trace> tracesOfText(const std::string& name, const std::string& utf8) {
    std::vector<Trace> traces;
    if (utf8.empty()) return traces;
    append(traces, tracesOfBytes(name + " as UTF-8", bytesOf(utf8)));
    if (const auto units = utf16leFromUtf8(utf8)) {
        append(traces, tracesOfBytes(name + " as UTF-16LE", *units));
    }
    append(traces, tracesOfBytes(name + " as UTF-32LE", utf32leOf(utf8)));
    if (const auto codes = gb18030FromUtf8(utf8)) {
        append(traces, tracesOfBytes(name + " as GB 18030", *codes));
    }
    return traces;
}

TraceSearch::TraceSearch(std::vector<Trace> traces)
    : traces_(std::move(traces)), beginnings_(std::size_t{1} << 16U) {
    for (const Trace& trace : traces_) {
        beginnings_[beginning(trace.bytes[0], trace.bytes[1])] = true;
    }
}

std::vector<Finding> TraceSearch::in(ByteView bytes) const {
    std::vector<Finding> findings;
    for (std::size_t at = 0; at + 1 < bytes.size(); ++at) {
        if (!beginnings_[beginning(bytes[at], bytes[at + 1])]) continue;
        const ByteView rest = bytes.subspan(at);
        for (const Trace& trace : traces_) {
            if (rest.size() >= trace.bytes.size() &&
                std::equal(trace.bytes.begin(), trace.bytes.end(), rest.begin())) {
                findings.push_back({trace.name, at});
            }
        }
    }
    return findings;
}

}  // namespace liqu::world
