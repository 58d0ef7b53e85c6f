#include "tests/scenario/legacy_province/acts.hpp"

#include <algorithm>

#include "firmware/base/bytes.hpp"
#include "firmware/province/bodies.hpp"

namespace liqu::scenario {
namespace {

using namespace province;
using world::LegacyCardState;

template <typename Message>
void says(Before& before, const Message& message) {
    before.body = bodyOf(message).value();
}

bool isCard(Before& before, const LegacyCitizen& who, LegacyCardState state) {
    return before.kiosk.stateThere(who.card) == state;
}

const world::LegacyApplication* onlyApplicationOf(Before& before, const LegacyCitizen& who) {
    const world::LegacyApplication* found = nullptr;
    for (const auto& one : before.kiosk.there().applications) {
        if (one.person != who.number) continue;
        if (found != nullptr) return nullptr;
        found = &one;
    }
    return found;
}

bool isAppliedFor(Before& before) {
    const auto* application = onlyApplicationOf(before, newcomer);
    return application != nullptr && application->bank == "B01" && application->agency == "O-0001";
}

// The number the machine goes on with is the one that is assigned there.
bool isMarked(Before& before) {
    const auto* application = onlyApplicationOf(before, newcomer);
    const std::string number =
        before.kiosk.adapter->numberAssigned(before.making.application).value();
    return application != nullptr && application->marked && !number.empty() &&
           application->card == number;
}

bool isReported(Before& before) {
    const world::LegacyCard& card = before.kiosk.there().cards.at(before.making.card);
    return card.state == LegacyCardState::sealed && card.cardIdCode == before.making.idCode &&
           card.atr == "3B6D" && card.failedReason.empty();
}

bool isReportedFailed(Before& before) {
    const world::LegacyCard& card = before.kiosk.there().cards.at(before.making.card);
    return card.failedReason == "liqu 30203 " + before.making.card && card.report.empty();
}

void personalised(Before& before) {
    before.making.apply();
    before.making.mark();
    before.making.reserve();
    before.making.personalise();
}

Enabling enablingOfMade(const Making& making) {
    return {making.application, making.card, PersonalText(making.who.number),
            PersonalText(making.who.name), false};
}

std::vector<LegacyActCase> ofMaking() {
    return {{"application",
             "hn",
             MessageType::applyCreate,
             {"申请社保卡"},
             {"getAZ03"},
             [](Before& before) { says(before, wishOf(newcomer)); },
             isAppliedFor},
            {"mark",
             "hn",
             MessageType::issueMark,
             {"即制卡标注", "获取批次号", "即制卡批次"},
             {"即制卡人员", "getAZ03"},
             [](Before& before) {
                 before.making.apply();
                 says(before, AboutApplication{before.making.application});
             },
             isMarked},
            {"unmark",
             "hn",
             MessageType::issueUnmark,
             {"撤销标注"},
             {"即制卡人员", "getAZ03"},
             [](Before& before) {
                 before.making.apply();
                 before.kiosk.faults.arm(world::LegacyFault::batchLocked);
                 before.making.mark();
                 says(before, Withdrawal{before.making.application, WithdrawReason::person});
             },
             [](Before& before) {
                 const auto* application = onlyApplicationOf(before, newcomer);
                 return application != nullptr && !application->marked;
             }}};
}

std::vector<LegacyActCase> ofReports() {
    return {{"report",
             "hn",
             MessageType::issueReport,
             {"即制卡回盘"},
             {"getAZ03", "getAC01", "即制卡数据"},
             [](Before& before) {
                 personalised(before);
                 says(before, before.making.reportBody(MakeResult::ok));
             },
             isReported},
            {"report of a failure",
             "hn",
             MessageType::issueReport,
             {"即制卡回盘"},
             {"getAZ03"},
             [](Before& before) {
                 personalised(before);
                 says(before, before.making.reportBody(MakeResult::failed));
             },
             isReportedFailed},
            {"enabling of what was made",
             "hn",
             MessageType::issueEnable,
             {"领卡启用"},
             {"getCard"},
             [](Before& before) {
                 personalised(before);
                 before.making.report();
                 says(before, enablingOfMade(before.making));
             },
             [](Before& before) {
                 return before.kiosk.stateThere(before.making.card) == LegacyCardState::normal;
             }}};
}

LegacyActCase loss(const char* province, const char* place, MessageType type,
                   const LegacyCitizen& who, LegacyCardState after) {
    return {"loss",
            province,
            type,
            {place},
            {"getCard", "getAC01", "getBank"},
            [who](Before& before) { says(before, lossOf(who)); },
            [who, after](Before& before) { return isCard(before, who, after); }};
}

LegacyActCase enabling(const char* province, const char* place) {
    return {"enabling",
            province,
            MessageType::cardEnable,
            {place},
            {"getCard"},
            [](Before& before) {
                before.kiosk.there().cards.at(holder.card).state = LegacyCardState::sealed;
                says(before, enablingOf(holder));
            },
            [](Before& before) { return isCard(before, holder, LegacyCardState::normal); }};
}

}  // namespace

const std::vector<LegacyActCase>& legacyActs() {
    static const std::vector<LegacyActCase> all = [] {
        std::vector<LegacyActCase> acts = ofMaking();
        std::ranges::copy(ofReports(), std::back_inserter(acts));
        for (const bool isHenan : {true, false}) {
            const char* const province = isHenan ? "hn" : "hb";
            const auto placed = [&](const char* own) { return isHenan ? own : "setCard"; };
            acts.push_back(loss(province, placed("临时挂失"), MessageType::lossTemp, holder,
                                LegacyCardState::temporarilyLost));
            acts.push_back(loss(province, placed("正式挂失"), MessageType::lossFormal, holder,
                                LegacyCardState::formallyLost));
            acts.push_back(loss(province, placed("解除挂失"), MessageType::lossRelease, silentLoser,
                                LegacyCardState::normal));
            acts.push_back(enabling(province, isHenan ? "领卡启用" : "setStart"));
        }
        return acts;
    }();
    return all;
}

bool isDone(const std::string& said) {
    return said == "OK" || said == "ALREADY" || said == "PARTIAL";
}

bool isForStaff(const std::string& said) {
    return said.starts_with("NEEDS_STAFF") || said.starts_with("BIZ_REFUSED") || said == "40202";
}

std::string sendUntilSettled(Before& before, const LegacyActCase& act) {
    constexpr int most = 16;  // more than a day
    std::string said;
    for (int i = 0; i < most; ++i) {
        said = before.kiosk.tellBody(act.type, before.body);
        if (isDone(said) || isForStaff(said)) return said;
        before.kiosk.restart();
        before.kiosk.clock.sleepFor(i == 0 ? std::chrono::minutes{1} : std::chrono::minutes{121});
    }
    return said;
}

}  // namespace liqu::scenario
