// What a witness is given, as values.
#include <charconv>

#include "firmware/base/bytes.hpp"
#include "firmware/staff/audit_export.hpp"
#include "program/witness/witness.hpp"

namespace liqu::witness {
namespace {

constexpr std::size_t mostLines = 10'000'000;
constexpr std::size_t mostBooksRows = 20'000'000;
constexpr std::size_t mostCheckpoints = 1'000'000;
constexpr std::size_t keyDigits = 64;

tl::unexpected<Error> wrongRow(std::size_t row, const std::string& why) {
    return fail(ErrorCode::configBadValue, "row " + std::to_string(row) + ": " + why);
}

class Reader {
  public:
    Result<void> take(std::string_view text) {
        ++row_;
        auto fields = staff::auditFields(text);
        if (!fields) return wrongRow(row_, fields.error().cause);
        if (row_ == 1) return takeHeader(*fields);
        const std::string& kind = fields->front();
        if (kind == "line") return takeLine(*fields);
        const std::size_t columns = kind == "move" ? 15 : kind == "end" ? 6 : 0;
        if (fields->size() != columns) return wrongRow(row_, "it is no line, move or end");
        if (++booksRows_ > mostBooksRows) return wrongRow(row_, "too many rows");
        const bool isMove = kind == "move";
        fields->erase(fields->begin());
        books_.push_back({isMove, std::move(*fields)});
        return {};
    }

    Result<Record> end() {
        if (row_ == 0) return fail(ErrorCode::configBadValue, "the export is empty");
        // Moves that no line has seen are no part of the record.
        return std::move(record_);
    }

  private:
    Result<void> takeHeader(const std::vector<std::string>& fields) {
        if (fields.size() != 3 || fields[0] != "liqu-audit" || fields[1] != "1")
            return wrongRow(row_, "this is no export of an audit record");
        record_.terminal = fields[2];
        return {};
    }
    Result<void> takeLine(const std::vector<std::string>& fields) {
        auto line = staff::sealedLineOf(fields);
        if (!line) return wrongRow(row_, line.error().cause);
        if (record_.lines.size() >= mostLines) return wrongRow(row_, "too many lines");
        record_.lines.push_back({std::move(*line), std::exchange(books_, {})});
        return {};
    }

    Record record_;
    std::vector<BooksRow> books_;
    std::size_t row_ = 0;
    std::size_t booksRows_ = 0;
};

}  // namespace

Result<Record> readRecord(std::istream& in) {
    Reader reader;
    std::string row;
    while (std::getline(in, row)) TRY(reader.take(row));
    return reader.end();
}

Result<std::vector<staff::Checkpoint>> readCheckpoints(std::istream& in) {
    std::vector<staff::Checkpoint> checkpoints;
    std::string row;
    std::size_t number = 0;
    while (std::getline(in, row)) {
        ++number;
        while (!row.empty() && (row.back() == '\r' || row.back() == ' ')) row.pop_back();
        if (row.empty()) continue;
        auto one = staff::parseCheckpoint(row);
        if (!one) return wrongRow(number, one.error().cause);
        checkpoints.push_back(std::move(*one));
        if (checkpoints.size() > mostCheckpoints) return wrongRow(number, "too many checkpoints");
    }
    return checkpoints;
}

Result<FirstKey> readFirstKey(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    const std::string_view head = "liqu-audit-key/1 ";
    const auto none = fail(ErrorCode::configBadValue, "this is no key that liqu audit key made");
    if (!text.starts_with(head) || text.size() > 200) return none;
    text.remove_prefix(head.size());
    const std::size_t first = text.find(' ');
    const std::size_t last = text.rfind(' ');
    if (first == text.npos || first == last || first == 0) return none;
    FirstKey key;
    key.terminal = text.substr(0, first);
    const std::string_view number = text.substr(first + 1, last - first - 1);
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), key.line);
    const std::string_view digits = text.substr(last + 1);
    auto bytes = fromHex(digits);
    const bool isLine = error == std::errc() && end == number.data() + number.size();
    if (!isLine || key.line < 1 || digits.size() != keyDigits || !bytes) return none;
    key.key = SecretBytes(std::move(*bytes));
    return key;
}

}  // namespace liqu::witness
