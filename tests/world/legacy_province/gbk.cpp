#include "tests/world/legacy_province/gbk.hpp"

#include <iconv.h>
#include <memory>

#include "firmware/base/assert.hpp"
#include "firmware/base/encoding.hpp"

namespace liqu::world {
namespace {

// One character; empty where GBK has no code for it.
std::string codeOf(iconv_t table, char32_t point) {
    std::string utf8 = utf8Of(point);
    char* in = utf8.data();
    std::size_t inLeft = utf8.size();
    char code[8];
    char* out = code;
    std::size_t outLeft = sizeof code;
    ::iconv(table, nullptr, nullptr, nullptr, nullptr);
    if (::iconv(table, &in, &inLeft, &out, &outLeft) == static_cast<std::size_t>(-1)) return {};
    return {code, sizeof code - outLeft};
}

struct Table {
    Table() : handle(::iconv_open("GBK", "UTF-8")) {
        LIQU_ASSERT(handle != reinterpret_cast<iconv_t>(-1));
    }
    ~Table() { ::iconv_close(handle); }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    iconv_t handle;
};

}  // namespace

bool isUtf8(std::string_view text) {
    std::string again;
    for (const char32_t point : codePointsOf(text)) again += utf8Of(point);
    return again == text;
}

std::string gbkFromUtf8(std::string_view utf8) {
    const Table table;
    std::string bytes;
    for (const char32_t point : codePointsOf(utf8)) {
        const std::string code = codeOf(table.handle, point);
        bytes += code.empty() ? "?" : code;
    }
    return bytes;
}

std::string asStoredInGbk(std::string_view utf8) {
    const Table table;
    std::string kept;
    for (const char32_t point : codePointsOf(utf8)) {
        kept += codeOf(table.handle, point).empty() ? "?" : utf8Of(point);
    }
    return kept;
}

bool fitsGbk(std::string_view utf8) {
    return asStoredInGbk(utf8) == utf8;
}

std::size_t gbkLength(std::string_view utf8) {
    return gbkFromUtf8(utf8).size();
}

}  // namespace liqu::world
