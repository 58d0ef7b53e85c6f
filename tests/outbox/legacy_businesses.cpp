#include "tests/outbox/legacy_businesses.hpp"

#include <memory>
#include <utility>

#include "firmware/base/china_time.hpp"
#include "firmware/card/citizen_number.hpp"
#include "firmware/card/social_card_number.hpp"
#include "tests/outbox/sure.hpp"
#include "tests/scenario/legacy_province/acts.hpp"

namespace liqu::proof {
namespace {

using namespace province;
using scenario::LegacyCitizen;
using scenario::Making;

constexpr std::size_t underWayAtOnce = 4;
constexpr std::uint64_t mostOfTheStock = 5;    // facts of a business
constexpr std::uint64_t oneMakingFailsIn = 6;  // and
constexpr std::uint64_t oneIsUnknownIn = 60;   // enablings of a card that nobody has there
constexpr MessageType stockActs[] = {MessageType::stockCount, MessageType::stockAdjust,
                                     MessageType::stockReturn, MessageType::stockDestroy};

std::string digits(int number, std::size_t width) {
    const std::string text = std::to_string(number);
    return std::string(width - text.size(), '0') + text;
}

// A making keeps what its facts are told from, as the kiosk's own books do.
struct MakingUnderWay {
    MakingUnderWay(scenario::LegacyKiosk& kiosk, int number) : making(kiosk, number) {
        making.idCode = "410100000000000000000000" + digits(number, 8);
    }
    Making making;
};

}  // namespace

LegacyBusinesses::LegacyBusinesses(scenario::LegacyKiosk& kiosk, const std::string& region,
                                   SeededRandom& random, Online online)
    : kiosk_(kiosk),
      makesCards_(region == "hn"),
      enablesCards_(region == "hb"),
      random_(random),
      online_(std::move(online)) {}

LegacyFact LegacyBusinesses::next() {
    while (open_.size() < underWayAtOnce && (open_.empty() || once(3))) {
        Facts facts = someBusiness();
        if (!facts.empty()) open_.push_back(std::move(facts));
    }
    Facts& chosen = open_[random_.below(open_.size())];
    const LegacyFact fact = chosen.front()();
    chosen.pop_front();
    if (chosen.empty()) {
        std::swap(chosen, open_.back());
        open_.pop_back();
    }
    return fact;
}

LegacyBusinesses::Facts LegacyBusinesses::someBusiness() {
    ++businesses_;
    if (once(3)) return stock();
    if (makesCards_) return making();
    return enablesCards_ ? enabling() : stock();
}

// One that the province knows and nobody else is, without a card.
LegacyCitizen LegacyBusinesses::somebody() {
    constexpr int ofADay = 400;
    const auto day = std::chrono::sys_days(std::chrono::year{1950} / 1 / 1) +
                     std::chrono::days(persons_ / ofADay);
    std::string number = "440100" + formatDate(Date(day)) + digits(2 * (persons_ % ofADay), 3);
    ++persons_;
    number += card::citizenCheckCharacter(number);
    world::LegacyPerson person;
    person.number = number;
    person.name = "样例";
    person.sex = "2";
    person.ethnicity = "01";
    person.birthDate = formatDate(Date(day));
    person.city = kiosk_.terminal.regionCode;
    kiosk_.there().persons[number] = person;
    return {number, person.name, ""};
}

LegacyFact LegacyBusinesses::enabled(const Business& business, const LegacyCitizen& who,
                                     const std::string& application) {
    const Enabling enabling{application, who.card, PersonalText(who.number), PersonalText(who.name),
                            false};
    return {sure(factOf(business, enabling, kiosk_.clock.wallTime())), who.card};
}

LegacyFact LegacyBusinesses::handedOver(const Business& business, const std::string& card,
                                        const std::string& application) {
    Handover handover;
    handover.applicationNo = application;
    handover.cardNumber = card;
    handover.at = kiosk_.clock.wallTime();
    return {sure(factOf(business, handover, 1))};
}

// The citizen stands there until the card is in the machine; from then on it is facts.
LegacyBusinesses::Facts LegacyBusinesses::making() {
    const auto kept = std::make_shared<MakingUnderWay>(kiosk_, businesses_);
    Making& making = kept->making;
    const LegacyCitizen who = somebody();
    const bool isReady = scenario::isDone(online_([&] { return making.apply(who); })) &&
                         scenario::isDone(online_([&] { return making.mark(); })) &&
                         !making.card.empty() &&
                         scenario::isDone(online_([&] { return making.reserve(); })) &&
                         scenario::isDone(online_([&] { return making.personalise(); }));
    if (!isReady) {
        ++givenUp_;
        return {};
    }
    const Business business = kiosk_.business(businesses_);
    const bool fails = once(oneMakingFailsIn);
    Facts facts;
    facts.emplace_back([kept, business, fails] {
        const Making& made = kept->making;
        const MakeReport report = made.reportBody(fails ? MakeResult::failed : MakeResult::ok);
        LegacyFact fact{sure(factOf(business, report, 1)), made.card};
        (fails ? fact.failed : fact.chip) = fails ? "liqu 30203 " + made.card : made.idCode;
        return fact;
    });
    if (fails) return facts;
    facts.emplace_back([this, kept, business] {
        LegacyCitizen holder = kept->making.who;
        holder.card = kept->making.card;
        return enabled(business, holder, kept->making.application);
    });
    facts.emplace_back([this, kept, business] {
        return handedOver(business, kept->making.card, kept->making.application);
    });
    return facts;
}

LegacyBusinesses::Facts LegacyBusinesses::enabling() {
    LegacyCitizen who = somebody();
    who.card = sure(card::SocialCardNumber::withBody("M" + digits(persons_, 7))).text();
    if (!once(oneIsUnknownIn)) {
        world::LegacyCard sealed;
        sealed.number = who.card;
        sealed.person = who.number;
        sealed.bank = "B01";
        sealed.account = "622800000008" + digits(persons_, 7);
        sealed.city = kiosk_.terminal.regionCode;
        sealed.state = world::LegacyCardState::sealed;
        sealed.issueDate = "20240601";
        sealed.expiryDate = "20340601";
        kiosk_.there().cards[who.card] = sealed;
    }
    const Business business = kiosk_.business(businesses_);
    Facts facts;
    facts.emplace_back([this, business, who] { return enabled(business, who, "L-ELSEWHERE"); });
    facts.emplace_back(
        [this, business, who] { return handedOver(business, who.card, "L-ELSEWHERE"); });
    return facts;
}

LegacyBusinesses::Facts LegacyBusinesses::stock() {
    Business business = kiosk_.business(businesses_);
    business.operatorId = "000101";
    business.secondOperatorId = "000102";
    Facts facts;
    const auto count = static_cast<int>(1 + random_.below(mostOfTheStock));
    for (int ordinal = 1; ordinal <= count; ++ordinal) {
        const MessageType type = stockActs[random_.below(std::size(stockActs))];
        facts.emplace_back([this, business, type, ordinal] {
            StockAct act;
            act.place = "vault";
            act.toPlace = "missing";
            act.count = 1;
            act.at = kiosk_.clock.wallTime();
            return LegacyFact{sure(factOf(business, type, act, ordinal))};
        });
    }
    return facts;
}

}  // namespace liqu::proof
