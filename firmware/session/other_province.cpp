// A card of another province in the slot (Guangdong Art.18: 省外来粤用卡; Changji 3.2: 跨省服务).
// What the card does by itself, with the old PIN, is done where the region says so. What needs keys
// needs those of its own province: this one's system is asked, and what it does not list is told
// of.
#include "firmware/services/catalogue.hpp"
#include "firmware/services/who_may.hpp"
#include "firmware/session/pin_desk.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {
namespace {

// 行政区划代码 of GB/T 2260: its first two digits are the province.
std::string_view provinceOf(std::string_view regionCode) {
    return regionCode.substr(0, 2);
}

}  // namespace

bool PinDesk::isOfOtherProvince() const {
    return provinceOf(card_.shown().regionCode) != provinceOf(parts_.issuance.region.regionCode);
}

// A card of version 3.00 says whose it is to its own province alone, and counts each proof with
// another key as a wrong try: it is not asked. Without it the document says in whose name the card
// is looked for.
PinDesk::Over PinDesk::checkOtherProvince() {
    const PersonalText& onChip = card_.shown().socialNumber;
    const bool knowsHolder = wish_.holder != nullptr;
    if (knowsHolder && !onChip.empty() && onChip != wish_.holder->socialNumber)
        return tell(services::cardOfAnotherPage(), ErrorCode::cardOfAnother);
    const PersonalText owner = knowsHolder ? wish_.holder->socialNumber : onChip;
    if (owner.empty()) return mayServeUnlisted();
    const auto list = parts_.issuance.province.cards(wish_.business, owner);
    if (list) findIn(*list);
    if (listed_) return mayServe(*list);
    const bool isAnswer = list || list.error().code == ErrorCode::personUnknown;
    if (!isAnswer) {
        if (Over over = withoutProvince(list.error())) return over;
    }
    return mayServeUnlisted();
}

PinDesk::Over PinDesk::mayServeUnlisted() {
    const bool serves = &wish_.service == &services::pinChange &&
                        parts_.issuance.region.rule(wish_.service.id).flag("otherProvinces");
    if (serves) return std::nullopt;
    return tell(services::cardOfOtherProvincePage(), ErrorCode::nothingToChange);
}

// Of whom this province has no record, and whose card it serves all the same: who they are is their
// document's word, and the attendant's.
bool Visit::comesFromOtherProvince(const Error& error) {
    const auto& service = services::pinChange;
    const bool serves = services::isOffered(service, settingOf(parts_)) &&
                        parts_.issuance.region.rule(service.id).flag("otherProvinces");
    if (error.code != ErrorCode::personUnknown || !serves) return false;
    auto holder = issuance::holderByDocument(document_);
    if (!holder) return false;
    holder_ = std::move(*holder);
    isOfOtherProvince_ = true;
    return true;
}

// The PIN of the card in their hand; the others are told by the guide.
bool Visit::isForOtherProvince(const services::Service& service) {
    return &service == &services::pinChange || &service == &services::pinUnlock ||
           &service == &services::pinReset;
}

}  // namespace liqu::session
