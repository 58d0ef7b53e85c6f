#include "firmware/desk/wrong_cards.hpp"

#include <algorithm>

#include "firmware/desk/bin_exits.hpp"
#include "firmware/desk/stock_facts.hpp"

namespace liqu::desk {
namespace {

using province::FaceItem;
using storage::Transaction;

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
    return text;
}

province::WrongCard registrationOf(const WrongTake& wanted, WallTime at) {
    province::WrongCard card;
    card.cardNumber = wanted.number;
    for (const FaceItem item : wordTable<FaceItem>.values()) {
        const bool wrong = std::ranges::find(wanted.wrong, item) != wanted.wrong.end();
        (wrong ? card.wrongItems : card.rightItems).emplace_back(nameOf(item));
    }
    card.cause = wanted.cause;
    card.evidence = wanted.evidence;
    card.at = at;
    return card;
}

// Its holder is served again: the machine waits for nobody with this card.
Result<void> endOrder(const DeskParts& parts, Transaction& transaction, const std::string& orderId,
                      WallTime at) {
    auto order = TRY(parts.orders.find(orderId));
    if (!order) return {};
    order->state = issuance::OrderState::takenBack;
    return parts.orders.close(transaction, *order, at);
}

}  // namespace

Result<void> takeWrongCard(const DeskParts& parts, const WrongTake& wanted,
                           const TwoPeople& people) {
    const auto change = [&](Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        TRY(requirePaper(wanted.evidence));
        if (wanted.wrong.empty())
            return fail(ErrorCode::moveNotPossible, "say what is wrong with " + wanted.number);
        const custody::CardRecord card =
            TRY(custody::takeBackWrong(transaction, wanted.number, mandate));
        TRY(endOrder(parts, transaction, card.orderId, mandate.at));
        const province::WrongCard registered = registrationOf(wanted, mandate.at);
        const std::string bizId =
            TRY(StockFacts(parts, transaction, mandate).queueWrong(card.bank, registered));
        return transaction.run(
            "INSERT INTO wrong_cards(at, day, card_number, order_id, biz_id, wrong_items, "
            "right_items, cause, evidence, operator_id, second_operator_id) "
            "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            {std::int64_t{mandate.at.time_since_epoch().count()},
             TRY(custody::dayOfNote(transaction, mandate.at)), wanted.number, card.orderId, bizId,
             listed(registered.wrongItems), listed(registered.rightItems),
             std::string(nameOf(wanted.cause)), wanted.evidence, mandate.people.operatorId,
             mandate.people.secondOperatorId});
    };
    return carryOut(parts, people, std::string(nameOf(wanted.cause)) + " " + wanted.evidence,
                    change);
}

Result<void> confirmWrongCard(const DeskParts& parts, const WrongConfirmation& wanted,
                              const TwoPeople& people) {
    const auto change = [&](Transaction& transaction,
                            const custody::Mandate& mandate) -> Result<void> {
        TRY(requirePaper(wanted.evidence));
        const auto rows = TRY(transaction.query(
            "SELECT biz_id, operator_id, second_operator_id FROM wrong_cards WHERE card_number = ? "
            "AND confirmed_at IS NULL",
            {wanted.number}));
        if (rows.empty())
            return fail(ErrorCode::moveNotPossible, wanted.number + " waits for no confirmation");
        const std::string& by = mandate.people.operatorId;
        if (by == rows[0].text(1) || by == rows[0].text(2))
            return fail(ErrorCode::samePersonTwice,
                        "whoever took a wrong card back does not confirm it");
        const auto card = TRY(custody::findCard(parts.database, wanted.number));
        const province::WrongCardConfirmation confirmation{.cardNumber = wanted.number,
                                                           .registeredAs = rows[0].text(0),
                                                           .evidence = wanted.evidence,
                                                           .at = mandate.at};
        if (parts.region.confirmsWrongCards(parts.config.site))
            TRY(StockFacts(parts, transaction, mandate)
                    .queueConfirmation(card ? card->bank : "", confirmation));
        return transaction.run(
            "UPDATE wrong_cards SET confirmed_at = ?, confirmed_day = ?, confirmed_by = ?, "
            "confirmation = ? WHERE card_number = ?",
            {std::int64_t{mandate.at.time_since_epoch().count()},
             TRY(custody::dayOfNote(transaction, mandate.at)), by, wanted.evidence, wanted.number});
    };
    return carryOut(parts, people, "", change);
}

Result<std::vector<std::string>> wrongToConfirm(storage::Database& database) {
    std::vector<std::string> numbers;
    for (const storage::Row& row : TRY(database.query(
             "SELECT card_number FROM wrong_cards WHERE confirmed_at IS NULL ORDER BY line"))) {
        numbers.push_back(row.text(0));
    }
    return numbers;
}

}  // namespace liqu::desk
