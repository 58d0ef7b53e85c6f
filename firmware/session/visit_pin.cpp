// The social PIN in a visit: with the ID card, where the rules ask for it, or with the social card
// and its PIN alone.
#include "firmware/issuance/slips.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/services/pin_pages.hpp"
#include "firmware/session/pin_desk.hpp"
#include "firmware/session/visit.hpp"

namespace liqu::session {

bool takesPins(const SessionParts& parts) {
    return parts.cardSlot != nullptr && parts.pinRules.has_value();
}

// 自助终端接受持卡人凭本人社保卡及密码 (Guangdong Art.19(1)): no other paper may be asked for.
bool Visit::changesPinWithCardOnly() const {
    const services::Service& service = services::pinChange;
    return services::whoMay(service, settingOf(parts_)) == policy::ServiceMode::self &&
           !parts_.issuance.region.rule(service.id).flag("idRequired");
}

// 填写申请表 (Guangdong Art.20, 21): printed before the act, and whoever stands by types its number
// when it is signed. Without a printer it is the counter's, as the form of paper is.
Visit::Way Visit::standByPin() {
    const bool isSigned = service_ == &services::pinUnlock || service_ == &services::pinReset;
    if (!isSigned) return standBy();
    ports::SlipFields fields = issuance::holderOnSlip(holder_);
    addService(fields, std::string(service_->id), parts_);
    return standBy(nullptr, slips_.giveForm(std::move(fields)) ? Form::printed : Form::none);
}

Result<Visit::Way> Visit::servePin() {
    const bool enables = service_ == &services::enable;
    const PersonPage page = enables ? services::enableAgreePage(parts_.issuance.region)
                                    : services::pinAgreePage(service_->id);
    const Way way = agreeToEach({{.clause = page.name, .page = page}});
    if (way != Way::on) return way;
    if (standByPin() == Way::over) return Way::over;
    // Books that are a copy would tell the province under a number it knows.
    if (const auto differs = readiness_.disagreement()) return problem(*differs);
    if (enables && !readiness_.isCompared()) {
        if (const auto fits = readiness_.signInAgain(); !fits) return problem(fits.error());
    }
    const bool known = !holder_.socialNumber.empty();
    PinDesk desk(parts_, conversation_, issuer_,
                 {.service = *service_,
                  .business = queryBusiness(),
                  .holder = known ? &holder_ : nullptr,
                  .digestOf = [this](const PersonalText& of) { return digestOf(of); },
                  .application = known ? applicationRequest() : province::ApplicationRequest{},
                  .takeRecord = [this] { return notes_.take(); },
                  .slips = slips_});
    const auto end = desk.serve();
    if (!end) {
        noteEnd(end.error().code, "");
        return fail(end.error());
    }
    noteEnd(end->why, end->orderId);
    parts_.log.info("visit with a card in the slot: " +
                    describe(Error{end->why, "order " + end->orderId}));
    told_ = true;
    return Way::over;
}

Result<void> Visit::servePinOnly() {
    service_ = &services::pinChange;
    const Way way = TRY(servePin());
    if (way == Way::back) end(ErrorCode::cancelledByPerson);
    return {};
}

// 初始密码: the card in the hand still has it, and its holder may set their own in the same visit
// (Guangdong Art.18; Shangluo Window Art.14). Of whom nothing is known any more nobody sets one.
bool Visit::leadsToPin() const {
    return !holder_.socialNumber.empty() &&
           services::isOffered(services::pinFirst, settingOf(parts_));
}

// The card was handed over and told of: whatever becomes of the PIN, no other page follows.
Result<void> Visit::servePinOfNewCard() {
    takeNext();
    TRY(servePin());
    told_ = true;
    return {};
}

std::string Visit::digestOf(const PersonalText& number) const {
    return toHex(security::hmacSm3(parts_.digestKey.reveal(), bytesOf(number.reveal())));
}

}  // namespace liqu::session
