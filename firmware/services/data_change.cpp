// 信息变更: what the register has of a person and no document tells (Changji 1). Online or not at
// all. What stands on a document is changed with papers, at the counter.
#include <array>

#include "firmware/issuance/runner.hpp"
#include "firmware/issuance/slips.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/data_pages.hpp"

namespace liqu::services {
namespace {

using issuance::Disposition;
using issuance::Making;
using issuance::Seen;
using province::MessageType;

// Which items are changed here.
constexpr std::array<policy::Term, 3> terms = {
    policy::Term{.key = "phone", .usual = 1},
    policy::Term{.key = "occupation", .usual = 1},
    policy::Term{.key = "mailingAddress", .usual = 1},
};

Result<void> sendChange(Making& making) {
    const province::DataChange wanted{.socialNumber = making.holder.socialNumber,
                                      .name = making.holder.name,
                                      .documentKind = making.application.documentKind,
                                      .documentNumber = making.application.documentNumber,
                                      .phone = making.application.phone,
                                      .mailingAddress = making.application.mailingAddress,
                                      .occupation = making.application.occupation};
    making.dataChanged =
        TRY(making.parts.province.changeData(making.business, wanted, making.attempt));
    return {};
}

Result<void> changed(storage::Transaction& transaction, Making& making) {
    return issuance::closeOrder(transaction, making, issuance::OrderState::carriedOut);
}

// Which items, and no value of them.
std::string changedWords(const Making& making) {
    if (!making.dataChanged) return {};
    const province::DataChanged& answer = *making.dataChanged;
    return "effective=" + answer.effectiveTime + (answer.phone ? " phone" : "") +
           (answer.mailingAddress ? " mailing-address" : "") +
           (answer.occupation ? " occupation" : "");
}

// What may have been done is never called "not done".
Disposition judgeChange(const Making&, const Error& error) {
    const bool inDoubt = province::mayHaveHappened(error) || issuance::isAlarm(error.code);
    return inDoubt ? Disposition::wait : Disposition::endResumable;
}

Result<Seen> observeChange(Making& making, const custody::JournalEntry&) {
    const bool done =
        TRY(making.parts.province.wasCarriedOut(making.business, MessageType::dataChange));
    return done ? Seen::happened : Seen::didNotHappen;
}

constexpr std::array rows = {issuance::PlanRow{.name = "changeData",
                                               .act = sendChange,
                                               .withFact = changed,
                                               .factWords = changedWords,
                                               .judge = judgeChange,
                                               .observe = observeChange}};
constinit const issuance::Plan plan(rows);

constexpr std::array says = {MessageType::dataChange};

}  // namespace

const Service dataChange{.id = "data-change",
                         .plan = &plan,
                         .says = says,
                         .terms = terms,
                         .pages = dataPages,
                         .picture = screen::Picture::consent,
                         .isOfPerson = true};

}  // namespace liqu::services
