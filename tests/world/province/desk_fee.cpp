// The fee of an application: what is owed, that it was paid, that it goes back.
#include <algorithm>

#include "tests/world/province/desk.hpp"

namespace liqu::world {

Outcome Desk::quoteFee(const Json&, const Json& body) {
    Application* const it = application(body);
    if (!it || body.at("socialNumber") != it->socialNumber)
        return refusal("APPLICATION_UNKNOWN", "no such application");
    const Person& person = books_.persons.at(it->socialNumber);
    const bool owed = it->kind != "NEW" && it->kind != "WARRANTY" && person.feeCents > 0;
    return done({{"applicationNo", it->number},
                 {"socialNumber", it->socialNumber},
                 {"amountFen", owed ? person.feeCents : 0},
                 {"basis", owed ? "办法第二十二条" : "办法第二十二条第一项"},
                 {"exemption", owed ? "" : "QUALITY"},
                 {"paid", it->feePaid || (owed && person.feePaid)}});
}

Outcome Desk::registerFee(const Json& envelope, const Json& body) {
    const std::string bizId = envelope.at("bizId");
    if (!bizId.ends_with("-F")) return nonsense("a fee is a business of its own");
    Application* const it = application(body);
    if (!it) return refusal("APPLICATION_UNKNOWN", "no such application");
    const Person& person = books_.persons.at(it->socialNumber);
    FeePaid paid{body.at("orderNo"), body.at("serial"), bizId, body.at("amountFen")};
    if (paid.amountFen != person.feeCents) return refusal("WRONG_STATE", "another amount is owed");
    it->feePaid = true;
    it->fees.push_back(std::move(paid));
    return done({{"registered", true}});
}

Outcome Desk::refundFee(const Json&, const Json& body) {
    Application* const it = application(body);
    if (!it) return refusal("APPLICATION_UNKNOWN", "no such application");
    const std::string number = body.at("refundNo");
    if (std::ranges::find(it->refunds, number) == it->refunds.end()) it->refunds.push_back(number);
    return done({{"registered", true}});
}

}  // namespace liqu::world
