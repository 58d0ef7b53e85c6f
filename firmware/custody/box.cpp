#include "firmware/custody/box.hpp"

#include <algorithm>
#include <array>

#include "firmware/custody/posting.hpp"
#include "firmware/custody/vault.hpp"

namespace liqu::custody {
namespace {

using storage::Transaction;

// The first four digits of a region are its city.
constexpr std::size_t cityDigits = 4;

constexpr const char* columns =
    "SELECT box, bank, vendor, version, region, first_number, last_number, count, seal, state, "
    "in_vault, received_at FROM boxes ";

Box boxOf(const storage::Row& row) {
    Box box;
    box.label = {row.text(0), row.text(1), row.text(2),    row.text(3), row.text(4),
                 row.text(5), row.text(6), row.integer(7), row.text(8)};
    box.state = row.choice<BoxState>(9);
    box.inVault = row.integer(10);
    box.receivedAt = timeOf(row.integer(11));
    return box;
}

// Words of a label: printable ASCII without blanks at the ends, so that they can be typed again.
Result<void> requireWord(const std::string& text, const char* what) {
    constexpr std::size_t longest = 40;
    const auto fits = [](char c) { return c > 0x20 && c < 0x7F && c != ','; };
    if (!text.empty() && text.size() <= longest && std::ranges::all_of(text, fits)) return {};
    return fail(ErrorCode::labelMistyped, std::string(what) + " is missing or has a strange sign");
}

// As the province writes it (openapi.json).
Result<void> requireBoxNumber(const std::string& text) {
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
    };
    if (!text.empty() && text.size() <= 40 && std::ranges::all_of(text, fits)) return {};
    return fail(ErrorCode::labelMistyped,
                "a box number has 1 to 40 capital letters, digits or '-'");
}

Result<void> requireLabel(const BoxLabel& label, const BoxRules& rules) {
    TRY(requireBoxNumber(label.box));
    TRY(requireWord(label.vendor, "the card vendor"));
    TRY(requireWord(label.version, "the card version"));
    TRY(requireWord(label.seal, "the seal"));
    if (!rules.banks.contains(label.bank)) {
        return fail(ErrorCode::boxOfOtherRegion,
                    "box " + label.box + ": this region has no bank " + label.bank);
    }
    if (label.region.substr(0, cityDigits) != rules.region.substr(0, cityDigits)) {
        return fail(ErrorCode::boxOfOtherRegion, "box " + label.box + " is of region " +
                                                     label.region + ", this machine of " +
                                                     rules.region);
    }
    if (label.count < 1 || label.count > rules.boxCapacity) {
        return fail(ErrorCode::boxCountDiffers, "a box holds 1 to " +
                                                    std::to_string(rules.boxCapacity) +
                                                    " cards, not " + std::to_string(label.count));
    }
    return {};
}

// The numbers of the label, none of which may be in the books.
Result<std::vector<card::SocialCardNumber>> newNumbers(Transaction& transaction,
                                                       const BoxLabel& label) {
    if (!label.hasNumbers()) return std::vector<card::SocialCardNumber>();
    const auto first = TRY(card::SocialCardNumber::parse(label.first));
    const auto last = TRY(card::SocialCardNumber::parse(label.last));
    auto numbers = TRY(card::expandRange(first, last));
    const auto size = static_cast<std::int64_t>(numbers.size());
    if (size != label.count) {
        return fail(ErrorCode::boxCountDiffers,
                    label.first + " to " + label.last + " are " + std::to_string(size) +
                        " cards, the label says " + std::to_string(label.count));
    }
    for (const card::SocialCardNumber& number : numbers) {
        const auto known = TRY(transaction.query(
            "SELECT place, coalesce(box, '') FROM cards WHERE card_number = ?", {number.text()}));
        if (known.empty()) continue;
        return fail(ErrorCode::rangeOverlaps, number.text() + " is in the books already, at " +
                                                  known[0].text(0) + ", box " + known[0].text(1));
    }
    return numbers;
}

Result<void> bookBox(Transaction& transaction, const BoxLabel& label,
                     const std::vector<card::SocialCardNumber>& numbers, const Mandate& mandate) {
    TRY(transaction.run(
        "INSERT INTO boxes VALUES(?,?,?,?,?,?,?,?,?,'sealed',?,?)",
        {label.box, label.bank, label.vendor, label.version, label.region, label.first, label.last,
         label.count, label.seal, label.count, stampOf(mandate.at)}));
    for (const card::SocialCardNumber& number : numbers) {
        TRY(transaction.run(
            "INSERT INTO cards(card_number, bank, vendor, place, condition, changed_at, box) "
            "VALUES(?,?,?,'vault','blank',?,?)",
            {number.text(), label.bank, label.vendor, stampOf(mandate.at), label.box}));
    }
    Movement movement{Place::bank(), Place::vault(), label.count};
    movement.first = label.first;
    movement.last = label.last;
    movement.box = label.box;
    return post(transaction, movement, occasionOf(mandate, "received"));
}

// What is left of a box leaves the vault for good.
Result<std::int64_t> endBox(Transaction& transaction, const std::string& name, const Place& to,
                            BoxState state, const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    const Box box = TRY(findBox(transaction.database(), name));
    if (box.inVault == 0) {
        return fail(ErrorCode::moveNotPossible, "box " + name + " has no cards in the vault");
    }
    if (box.label.hasNumbers() && TRY(listedButGone(transaction)) > 0) {
        return fail(ErrorCode::countIncomplete,
                    "a card of the vault was missed by its count only; name it first (liqu stock "
                    "name)");
    }
    const auto numbers = TRY(numbersInVault(transaction.database(), name));
    TRY(postNumbers(transaction, Place::vault(), to, numbers, name,
                    occasionOf(mandate, std::string(nameOf(state)))));
    if (!box.label.hasNumbers()) {
        Movement movement{Place::vault(), to, box.inVault};
        movement.box = name;
        TRY(post(transaction, movement, occasionOf(mandate, std::string(nameOf(state)))));
    }
    TRY(transaction.run("UPDATE boxes SET state = ?, in_vault = 0 WHERE box = ?",
                        {std::string(nameOf(state)), name}));
    return box.inVault;
}

}  // namespace

Result<void> receiveBox(Transaction& transaction, const BoxLabel& label, const BoxRules& rules,
                        const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    TRY(requireLabel(label, rules));
    if (findBox(transaction.database(), label.box)) {
        return fail(ErrorCode::rangeOverlaps, "box " + label.box + " was received already");
    }
    const auto numbers = TRY(newNumbers(transaction, label));
    return bookBox(transaction, label, numbers, mandate);
}

Result<void> openBox(Transaction& transaction, const std::string& name, const std::string& seal,
                     const Mandate& mandate) {
    TRY(requireStockMandate(transaction, mandate));
    const Box box = TRY(findBox(transaction.database(), name));
    if (box.state != BoxState::sealed) {
        return fail(ErrorCode::moveNotPossible,
                    "box " + name + " is " + std::string(nameOf(box.state)) + " already");
    }
    if (box.label.seal != seal) {
        return fail(ErrorCode::sealDiffers,
                    "box " + name + " came with another seal; leave it closed, tell the bank");
    }
    TRY(transaction.run("UPDATE boxes SET state = 'opened' WHERE box = ?", {name}));
    return noteEvent(transaction, name, "opened", occasionOf(mandate, "opened"));
}

Result<std::int64_t> returnBox(Transaction& transaction, const std::string& box,
                               const Mandate& mandate) {
    return endBox(transaction, box, Place::bank(), BoxState::returned, mandate);
}

Result<std::int64_t> destroyBox(Transaction& transaction, const std::string& box,
                                const Mandate& mandate) {
    return endBox(transaction, box, Place::destroyed(), BoxState::destroyed, mandate);
}

Result<Box> findBox(storage::Database& database, const std::string& box) {
    const auto rows = TRY(database.query(std::string(columns) + "WHERE box = ?", {box}));
    if (rows.empty()) return fail(ErrorCode::boxUnknown, "no box " + box + " was received here");
    return boxOf(rows[0]);
}

Result<std::vector<std::string>> numbersInVault(storage::Database& database,
                                                const std::string& box) {
    std::vector<std::string> numbers;
    for (const storage::Row& row :
         TRY(database.query("SELECT card_number FROM cards WHERE box = ? AND place = 'vault' "
                            "ORDER BY card_number",
                            {box}))) {
        numbers.push_back(row.text(0));
    }
    return numbers;
}

Result<std::vector<Box>> boxesInVault(storage::Database& database) {
    std::vector<Box> boxes;
    for (const storage::Row& row : TRY(database.query(
             std::string(columns) + "WHERE in_vault > 0 ORDER BY received_at, box"))) {
        boxes.push_back(boxOf(row));
    }
    return boxes;
}

}  // namespace liqu::custody
