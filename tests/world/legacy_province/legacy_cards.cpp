// Cards that exist: enabled, lost, found, cancelled; and the fee that is registered.
#include "tests/world/legacy_province/legacy_desk.hpp"

namespace liqu::world {
namespace {

using State = LegacyCardState;

bool isLost(State state) {
    return state == State::temporarilyLost || state == State::formallyLost;
}

}  // namespace

// Its own state: it is so already. None: not from here.
std::optional<State> LegacyDesk::stateAfter(const std::string& code, const LegacyCard& card) {
    const State state = card.state;
    if (state == State::numbered) return std::nullopt;
    const bool sealedStops = state == State::sealed && !profile_.sealedMayBeLost;
    if (code == "04") return State::cancelled;
    if (state == State::cancelled) return std::nullopt;
    if (code == "11") {
        if (isLost(state)) return std::nullopt;
        return State::normal;
    }
    if (code == "01") {
        if (sealedStops || state == State::formallyLost) return std::nullopt;
        return State::temporarilyLost;
    }
    if (code == "02") {
        if (sealedStops) return std::nullopt;
        return State::formallyLost;
    }
    if (code != "03") return std::nullopt;
    if (!isLost(state)) return state;
    const bool final = state == State::formallyLost && !profile_.releasesFormalLoss;
    if (final || books_.openApplicationOf(card.person) != nullptr) return std::nullopt;
    return card.beforeLoss;
}

LegacyReply LegacyDesk::change(const std::string& code, const Whom& whom, const std::string& number,
                               const std::optional<std::string>& account) {
    // Only the city of the card enables and cancels it.
    const bool anyCity = code == "01" || code == "02" || code == "03";
    if (const auto wrong = stop({whom.number, whom.name, anyCity ? "" : whom.city})) {
        return refused(*wrong);
    }
    LegacyCard* const card = books_.card(number);
    if (card == nullptr || card->person != whom.number) return refused(profile_.texts.noCard);
    if (card->state == State::numbered) return refused(profile_.texts.notMade);
    if (account && !account->empty() && *account != card->account) {
        return refused(profile_.texts.otherAccount);
    }
    const auto next = stateAfter(code, *card);
    if (!next) return refused(profile_.texts.wrongState);
    if (*next == card->state) return said("01", LegacyDeed::already);
    if (isLost(*next) && !isLost(card->state)) card->beforeLoss = card->state;
    card->state = *next;
    LegacyApplication* const application = books_.newestApplicationOf(card->person);
    if (code == "11" && application != nullptr && application->card == card->number) {
        application->collected = now_;
    }
    if (account && account->empty())
        return said(profile_.texts.bankNumberEmpty, LegacyDeed::partly);
    if (faults_.strikes(LegacyFault::halfLinkedText, place_)) {
        return said(profile_.texts.bankNumberEmpty, LegacyDeed::partly);
    }
    const bool bankFails = faults_.strikes(LegacyFault::halfLinked, place_) ||
                           !books_.person(card->person)->bankLinked;
    return bankFails ? said("02", LegacyDeed::partly) : said("00", LegacyDeed::done);
}

LegacyReply LegacyDesk::changeByFields(const std::string& code, const LegacyFields& fields) {
    std::optional<std::string> account;
    if (code != "11") account = fields.value("银行卡号");
    return change(
        code,
        {fields.value("社会保障号码"), fields.value("姓名"), fields.value("城市代码|所属城市")},
        fields.value("社会保障卡卡号|社保卡号"), account);
}

LegacyReply LegacyDesk::enable(const LegacyFields& fields) {
    return changeByFields("11", fields);
}
LegacyReply LegacyDesk::lose(const LegacyFields& fields) {
    return changeByFields("01", fields);
}
LegacyReply LegacyDesk::loseFormally(const LegacyFields& fields) {
    return changeByFields("02", fields);
}
LegacyReply LegacyDesk::release(const LegacyFields& fields) {
    return changeByFields("03", fields);
}

LegacyReply LegacyDesk::feeState(const LegacyFields& fields) {
    const std::string person = fields.value("社会保障号码");
    if (const auto wrong = stop({person, fields.value("姓名"), ""})) {
        return said(*wrong, LegacyDeed::query);
    }
    const auto fee = books_.fees.find(person);
    const bool paid = fee != books_.fees.end() && fee->second.valid;
    LegacyReply reply;
    reply.word = "00";
    reply.fields = {{"社会保障号码", person},
                    {"登记状态", paid ? "1" : "0"},
                    {"电子缴款码", paid ? fee->second.code : ""}};
    return reply;
}

LegacyReply LegacyDesk::registerFee(const LegacyFields& fields) {
    const std::string person = fields.value("社会保障号码");
    if (const auto wrong = stop({person, fields.value("姓名"), ""})) return refused(*wrong);
    const std::string code = fields.value("电子缴款码|缴款码");
    LegacyFee& fee = books_.fees[person];
    if (!fee.code.empty() && fee.valid) {
        return fee.code == code ? said("01", LegacyDeed::already)
                                : said(profile_.texts.feeRegistered, LegacyDeed::already);
    }
    fee = {code, fields.value("缴款时间"), true};
    return said("00", LegacyDeed::done);
}

LegacyReply LegacyDesk::revokeFee(const LegacyFields& fields) {
    const std::string person = fields.value("社会保障号码");
    if (const auto wrong = stop({person, fields.value("姓名"), ""})) return refused(*wrong);
    const auto fee = books_.fees.find(person);
    if (fee == books_.fees.end() || !fee->second.valid) return refused(profile_.texts.feeMissing);
    fee->second.valid = false;
    return said("00", LegacyDeed::done);
}

LegacyReply LegacyDesk::withdrawReplacement(const LegacyFields&) {
    return refused(profile_.texts.noRight);
}

}  // namespace liqu::world
