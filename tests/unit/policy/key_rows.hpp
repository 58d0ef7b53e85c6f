// Every key of a configuration file is obeyed: another value gives another value in the
// configuration, or is refused, and a line of the product reads what came of it.
#pragma once

#include <doctest/doctest.h>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/plain_file.hpp"

namespace liqu::test {

inline std::string sourceText(const std::string& file) {
    return PlainFile::open(std::string(LIQU_SOURCE_DIR "/") + file).value().read(1U << 20).value();
}
inline std::string text(Duration duration) {
    return std::to_string(duration.count());
}
inline std::string text(std::int64_t number) {
    return std::to_string(number);
}
inline std::string text(bool yes) {
    return yes ? "yes" : "no";
}

// One key: its line in the example, another line, what becomes of it, and who reads that.
template <typename Config>
struct Row {
    std::string key;
    std::string line;
    std::string other;
    std::function<std::string(const Config&)> value;
    std::string readerFile;
    std::string reader;
};

inline std::string replaced(std::string text, const std::string& line, const std::string& other) {
    const std::size_t at = text.find(line);
    CAPTURE(line);
    REQUIRE(at != std::string::npos);
    return text.replace(at, line.size(), other);
}

// Every key the loader's source names: "section.key", text("key"), key + "key".
inline std::set<std::string> keysNamedIn(const std::string& file,
                                         const std::map<std::string, std::string>& tables) {
    const std::string code = sourceText(file);
    std::set<std::string> keys;
    const auto add = [&](const std::string& pattern, const std::string& before) {
        const std::regex words(pattern);
        for (std::sregex_iterator it(code.begin(), code.end(), words), end; it != end; ++it) {
            keys.insert(before + (*it)[1].str());
        }
    };
    add(R"re("([a-zA-Z]+(?:\.[a-zA-Z]+)+)")re", "");
    add(R"re((?:text|names|path|texts|boolean|integer|date|count|oneOf<[A-Za-z]+>)\("([a-zA-Z]+)")re",
        "");
    add(R"re(codeIn\(file_?, "([a-zA-Z]+)")re", "");
    // Members of arrays: which array a name belongs to is told by the caller.
    const std::regex member(R"re(key \+ "([a-zA-Z]+)")re");
    for (std::sregex_iterator it(code.begin(), code.end(), member), end; it != end; ++it) {
        const auto table = tables.find((*it)[1].str());
        keys.insert((table == tables.end() ? "?" : table->second) + "." + (*it)[1].str());
    }
    return keys;
}

template <typename Config>
std::set<std::string> keysOf(const std::vector<Row<Config>>& rows) {
    std::set<std::string> keys;
    for (const auto& row : rows) keys.insert(row.key);
    return keys;
}

template <typename Config, typename Load>
void checkRows(const std::vector<Row<Config>>& rows, const std::string& example, Load load) {
    const Result<Config> before = load(example);
    if (!before) FAIL(before.error().cause);
    for (const auto& row : rows) {
        CAPTURE(row.key);
        const Result<Config> after = load(replaced(example, row.line, row.other));
        if (!row.value) {
            CHECK_FALSE(after);
            continue;
        }
        if (!after) FAIL_CHECK(after.error().cause);
        if (after) CHECK(row.value(*before) != row.value(*after));
        CHECK_MESSAGE(sourceText(row.readerFile).find(row.reader) != std::string::npos,
                      row.readerFile << " does not read " << row.reader);
    }
}

}  // namespace liqu::test
