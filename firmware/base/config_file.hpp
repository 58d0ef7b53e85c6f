// A strict TOML file: every key is asked for by name and type, limits are checked, and a key
// nobody asked for is an error. Each error names file and line. Given a list of faults, it goes on
// after each of them instead, so that one look says everything that is wrong.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"

namespace liqu {

using Faults = std::vector<Error>;

class ConfigFile {
  public:
    // A plain file of at most 256 KiB. With `faults`, a wrong value is put there and replaced by
    // one that lets the reading go on; what was read is then good for nothing else.
    static Result<ConfigFile> read(const std::filesystem::path& path, Faults* faults = nullptr);
    static Result<ConfigFile> parse(std::string_view toml, std::string name,
                                    Faults* faults = nullptr);

    // Keys are paths: "printer.profile", "lane[0].bank".
    bool has(std::string_view key) const;
    Result<std::string> text(std::string_view key) const;
    Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most) const;
    Result<double> real(std::string_view key, double least, double most) const;
    Result<bool> boolean(std::string_view key) const;
    // A day of the calendar, written without quotes: 2023-05-01.
    Result<Date> date(std::string_view key) const;
    Result<std::vector<std::string>> texts(std::string_view key) const;
    Result<std::string> oneOf(std::string_view key,
                              std::initializer_list<std::string_view> choices) const {
        return std::string(*(choices.begin() + TRY(indexIn(key, choices))));
    }
    template <HasWords Enum>
    Result<Enum> oneOf(std::string_view key) const {
        return wordTable<Enum>.values()[TRY(indexIn(key, wordTable<Enum>.texts()))];
    }
    Result<std::int64_t> oneOf(std::string_view key,
                               std::initializer_list<std::int64_t> choices) const;

    // The same with a default for an absent key; a present key must still be right.
    Result<std::string> text(std::string_view key, std::string otherwise) const;
    Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most,
                                 std::int64_t otherwise) const;
    Result<double> real(std::string_view key, double least, double most, double otherwise) const;
    Result<bool> boolean(std::string_view key, bool otherwise) const;

    // Length of an array of tables; 0 where the key is absent.
    std::size_t count(std::string_view key) const;
    // Names inside a table, in the file's order of the alphabet; empty where the key is absent.
    std::vector<std::string> names(std::string_view key) const;

    // Call after everything was asked for.
    Result<void> refuseUnknownKeys() const;

    // An error of the caller's own at this key: among the faults where they are gathered.
    Result<void> refuse(ErrorCode code, std::string_view key, std::string_view why) const;
    // The same as a value, with file and line.
    Error wrong(ErrorCode code, std::string_view key, std::string_view why) const;

  private:
    struct Content;
    // Which of these words stands there; 0 where none does and faults are gathered.
    Result<std::size_t> indexIn(std::string_view key,
                                std::span<const std::string_view> choices) const;
    template <typename T>
    Result<T> valueOf(std::string_view key, T instead) const;
    explicit ConfigFile(std::shared_ptr<Content> content) : content_(std::move(content)) {}
    std::shared_ptr<Content> content_;
};

}  // namespace liqu
