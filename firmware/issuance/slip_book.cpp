#include "firmware/issuance/slip_book.hpp"

#include <algorithm>
#include <cstdio>

namespace liqu::issuance {
namespace {

using ports::SlipField;
using ports::SlipFields;
using storage::Row;
using storage::Transaction;

constexpr const char* columns =
    "SELECT day, number, form, order_id, at, state, copies, content_sealed FROM slips ";
constexpr std::int64_t mostOfADay = 9999;
constexpr std::size_t longestContent = 8192;
constexpr std::size_t tailSize = 14;  // "20240601-S0042"

Error damaged(const char* what) {
    return {ErrorCode::storageDamaged, std::string("slips: ") + what};
}

// A field in three lines: its name, and its words in both languages. No value has a line's end.
PersonalBytes contentOf(const SlipFields& fields) {
    std::string text;
    for (const auto& [field, words] : fields) {
        text += nameOf(field);
        for (const PersonalText* one : {&words.chinese, &words.english}) {
            std::string line = one->reveal();
            std::ranges::replace(line, '\n', ' ');
            text += "\n" + line;
            wipe(line);
        }
        text += "\n";
    }
    PersonalBytes content(std::vector<unsigned char>(text.begin(), text.end()));
    wipe(text);
    return content;
}

Result<SlipFields> fieldsOf(const PersonalBytes& content) {
    const auto& bytes = content.reveal();
    if (bytes.size() > longestContent) return fail(damaged("too long"));
    std::vector<PersonalText> lines;
    auto at = bytes.begin();
    while (at != bytes.end()) {
        const auto end = std::find(at, bytes.end(), '\n');
        if (end == bytes.end()) return fail(damaged("a line without an end"));
        lines.emplace_back(std::string(at, end));
        at = end + 1;
    }
    if (lines.size() % 3 != 0) return fail(damaged("a field without its words"));
    SlipFields fields;
    for (std::size_t i = 0; i < lines.size(); i += 3) {
        const auto field = named<SlipField>(lines[i].reveal());
        if (!field) return fail(damaged("a field this version does not know"));
        fields[*field] = {lines[i + 1], lines[i + 2]};
    }
    return fields;
}

std::string boundTo(std::string_view form, const std::string& orderId, std::int64_t at) {
    return security::boundColumns({form, orderId, std::to_string(at)});
}

}  // namespace

std::string SlipBook::numberOf(const Key& key) const {
    char tail[8];
    std::snprintf(tail, sizeof tail, "S%04d", static_cast<int>(key.number));
    return terminal_ + "-" + key.day + "-" + tail;
}

std::optional<SlipBook::Key> SlipBook::keyOf(const std::string& number) const {
    const std::string head = terminal_ + "-";
    if (!number.starts_with(head) || number.size() != head.size() + tailSize) return std::nullopt;
    Key key;
    key.day = number.substr(head.size(), 8);
    const std::string digits = number.substr(number.size() - 4);
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    for (const char digit : digits) key.number = key.number * 10 + (digit - '0');
    return numberOf(key) == number ? std::optional(key) : std::nullopt;
}

Result<std::string> SlipBook::issue(Transaction& transaction, ports::SlipForm form,
                                    const std::string& orderId, SlipFields fields,
                                    WallTime at) const {
    Key key;
    key.day = formatDate(chinaDate(at));
    key.number = 1 + TRY(transaction.number(
                         "SELECT coalesce(max(number), 0) FROM slips WHERE day = ?", {key.day}));
    if (key.number > mostOfADay) return fail(damaged("no number is left for today"));
    std::string number = numberOf(key);
    fields[SlipField::number] = {PersonalText(number), {}};
    const std::int64_t when = at.time_since_epoch().count();
    const std::string bound = boundTo(nameOf(form), orderId, when);
    const PersonalBytes content = contentOf(fields);
    Bytes sealed = TRY(sealer_.seal(content.reveal(), {"slips", "content_sealed", number, bound}));
    TRY(
        transaction.run("INSERT INTO slips(day, number, form, order_id, at, content_sealed, state) "
                        "VALUES(?,?,?,?,?,?,?)",
                        {key.day, key.number, std::string(nameOf(form)), orderId, when,
                         std::move(sealed), std::string(nameOf(SlipState::due))}));
    const auto before =
        (at - std::chrono::duration_cast<std::chrono::milliseconds>(kept_)).time_since_epoch();
    TRY(
        transaction.run("UPDATE slips SET content_sealed = NULL WHERE content_sealed IS NOT NULL "
                        "AND at < ?",
                        {std::int64_t{before.count()}}));
    return number;
}

Result<SlipRecord> SlipBook::read(const Row& row) const {
    SlipRecord record;
    const Key key{row.text(0), row.integer(1)};
    record.number = numberOf(key);
    record.form = row.choice<ports::SlipForm>(2);
    record.orderId = row.text(3);
    record.at = WallTime(std::chrono::milliseconds(row.integer(4)));
    record.state = row.choice<SlipState>(5);
    record.copies = row.integer(6);
    if (row.isNull(7)) return record;
    const std::string bound = boundTo(row.text(2), record.orderId, row.integer(4));
    const PersonalBytes content =
        TRY(sealer_.open(row.bytes(7), {"slips", "content_sealed", record.number, bound}));
    record.fields = TRY(fieldsOf(content));
    return record;
}

Result<std::optional<SlipRecord>> SlipBook::ofOrder(storage::Database& database,
                                                    const std::string& orderId) const {
    const auto rows = TRY(database.query(
        std::string(columns) + "WHERE order_id = ? ORDER BY slip DESC LIMIT 1", {orderId}));
    if (rows.empty()) return std::optional<SlipRecord>();
    return std::optional<SlipRecord>(TRY(read(rows[0])));
}

Result<std::vector<SlipRecord>> SlipBook::dueOf(storage::Database& database,
                                                const std::string& orderId) const {
    const auto rows =
        TRY(database.query(std::string(columns) + "WHERE order_id = ? AND state = ? ORDER BY slip",
                           {orderId, std::string(nameOf(SlipState::due))}));
    std::vector<SlipRecord> records;
    records.reserve(rows.size());
    for (const Row& row : rows) records.push_back(TRY(read(row)));
    return records;
}

Result<std::optional<SlipRecord>> SlipBook::find(storage::Database& database,
                                                 const std::string& number) const {
    const auto key = keyOf(number);
    if (!key) return std::optional<SlipRecord>();
    const auto rows = TRY(database.query(std::string(columns) + "WHERE day = ? AND number = ?",
                                         {key->day, key->number}));
    if (rows.empty()) return std::optional<SlipRecord>();
    return std::optional<SlipRecord>(TRY(read(rows[0])));
}

Result<std::vector<SlipRecord>> SlipBook::newest(storage::Database& database, int most) const {
    const auto rows =
        TRY(database.query("SELECT day, number, form, order_id, at, state, copies, NULL FROM slips "
                           "ORDER BY slip DESC LIMIT ?",
                           {std::int64_t{most}}));
    std::vector<SlipRecord> records;
    records.reserve(rows.size());
    for (const Row& row : rows) records.push_back(TRY(read(row)));
    return records;
}

Result<void> SlipBook::change(storage::Database& database, const std::string& number,
                              std::string_view sql, storage::Values values) const {
    const auto key = keyOf(number);
    if (!key) return {};
    values.emplace_back(key->day);
    values.emplace_back(key->number);
    auto transaction = TRY(Transaction::begin(database));
    TRY(transaction.run(sql, values));
    return transaction.commit();
}

Result<void> SlipBook::note(storage::Database& database, const std::string& number,
                            SlipState state) const {
    return change(database, number, "UPDATE slips SET state = ? WHERE day = ? AND number = ?",
                  {std::string(nameOf(state))});
}

Result<void> SlipBook::noteCopy(storage::Database& database, const std::string& number) const {
    return change(database, number,
                  "UPDATE slips SET copies = copies + 1 WHERE day = ? AND number = ?", {});
}

}  // namespace liqu::issuance
