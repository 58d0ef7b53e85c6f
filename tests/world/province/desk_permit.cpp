// Personalisation data with their permit, and the encryption machine behind the province.
#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "firmware/base/assert.hpp"
#include "firmware/card/social_card_number.hpp"
#include "tests/world/province/desk.hpp"
#include "tests/world/province/portrait.hpp"

namespace liqu::world {
namespace {

constexpr std::chrono::minutes permitLife{30};
constexpr std::chrono::years cardLife{10};
constexpr int portraitFromAge = 7;

// Drawn once: the same person comes again and again, and in long simulations many share a look.
std::string sharedPortrait(const Look& look) {
    static std::mutex mutex;
    static std::map<std::tuple<std::uint64_t, bool, int>, std::string> drawn;
    const std::lock_guard lock(mutex);
    std::string& portrait = drawn[{look.seed, look.longHair, look.age}];
    if (portrait.empty()) portrait = toBase64(portraitJpeg(look));
    return portrait;
}

ports::CardKeyContext contextOf(const Json& body) {
    ports::CardKeyContext context;
    context.algorithm =
        body.at("algorithm") == "SM4" ? ports::ChipAlgorithm::sm4 : ports::ChipAlgorithm::tripleDes;
    // The schema has fixed the lengths.
    std::ranges::copy(*fromHex(body.at("historicalBytes").get<std::string>()),
                      context.historicalBytes.begin());
    std::ranges::copy(*fromHex(body.at("cardIdCode").get<std::string>()),
                      context.cardIdCode.begin());
    return context;
}

ports::Block8 blockOf(const Json& hex) {
    ports::Block8 block{};
    std::ranges::copy(*fromHex(hex.get<std::string>()), block.begin());
    return block;
}

Outcome cryptogramOr(const Result<ports::Block8>& block) {
    if (!block) return refusal("CARD_AUTH_REFUSED", "the encryption machine refused");
    return done({{"cryptogram", toHex(*block)}});
}

Outcome hsmDown() {
    Outcome outcome = refusal("HSM_DOWN", "the encryption machine does not answer");
    outcome.code = "RETRY_LATER";
    outcome.next = "RETRY_AT";
    return outcome;
}

ports::CardKey keyNamed(const std::string& name) {
    if (name == "READ_HOLDER") return ports::CardKey::readHolder;
    return name == "UPDATE_CARD" ? ports::CardKey::updateCard : ports::CardKey::pinUnlock;
}

}  // namespace

Outcome Desk::givePersonalisation(const Json& envelope, const Json& body) {
    Application* const it = application(body);
    if (!it) return refusal("APPLICATION_UNKNOWN", "no such application");
    const std::string blankId = body.at("blankId");
    const auto found = books_.blanks.find(blankId);
    if (found == books_.blanks.end()) return refusal("BLANK_UNKNOWN", "no such blank");
    Blank& blank = found->second;
    if (blank.applicationNo != it->number) {
        return refusal("PERMIT_REFUSED", "the blank is not reserved for this application");
    }
    if (body.at("cardIdCode") != blank.cardIdCode || body.at("atr") != blank.atr) {
        return refusal("BLANK_UNKNOWN", "blank and chip differ");
    }
    const Person& person = books_.persons.at(it->socialNumber);
    Permit* permit = books_.openPermitOf(it->number);
    if (it->state == "DATA_READY") {
        if (!permit || permit->blankId != blankId) {
            return refusal("PERMIT_REFUSED", "the permit is for another blank");
        }
        if (permit->expires <= now_) {
            permit->state = PermitState::expired;
            permit = &newPermit(*it, blank, envelope);
        }
        return done(personalisation(*permit, blank, person));
    }
    if (it->state != "MARKED") return refusal("WRONG_STATE", "the application is " + it->state);
    permit = &newPermit(*it, blank, envelope);
    blank.state = BlankState::permitted;
    it->state = "DATA_READY";
    ++it->permitsGiven;
    return done(personalisation(*permit, blank, person));
}

Permit& Desk::newPermit(const Application& application, const Blank& blank, const Json& envelope) {
    const Date today = chinaDate(now_);
    Permit permit;
    permit.id = "P-" + std::to_string(100000 + ++books_.lastPermit);
    permit.applicationNo = application.number;
    permit.blankId = blank.id;
    permit.terminalId = envelope.at("terminalId");
    permit.cardIdCode = blank.cardIdCode;
    permit.atr = blank.atr;
    permit.version = blank.version;
    permit.bankCardNo = envelope.at("body").at("bankCardNo");
    permit.issueDate = formatDate(today);
    // 29 February has no tenth anniversary: the day before stands in.
    const Date anniversary = today + cardLife;
    permit.expiryDate = formatDate(
        anniversary.ok() ? anniversary
                         : Date{anniversary.year() / anniversary.month() / std::chrono::last});
    permit.expires = now_ + permitLife;
    permit.cardNo = blank.prewritten ? blank.id : assignNumber();
    for (const auto& [id, earlier] : books_.permits) {
        // A number assigned to this blank once stays with it.
        if (!blank.prewritten && earlier.blankId == blank.id) permit.cardNo = earlier.cardNo;
    }
    return books_.permits[permit.id] = permit;
}

std::string Desk::assignNumber() {
    const std::string digits = std::to_string(1000000 + ++books_.lastAssignedNumber);
    return card::SocialCardNumber::withBody("N" + digits)->text();
}

// Empty: the face shows none.
std::string Desk::portraitOf(const Person& person) const {
    const Look look = lookOf(person, now_);
    return person.photo && look.age >= portraitFromAge ? sharedPortrait(look) : std::string();
}

Json Desk::personalisation(const Permit& permit, const Blank& blank, const Person& person) const {
    // The issuer is on the blank already: the region its card body was ordered for.
    const std::string region = permit.cardIdCode.substr(0, 6);
    const Json chip{{"cardIdCode", permit.cardIdCode},
                    {"cardClass", "3"},
                    {"version", permit.version},
                    {"issuerCode", "9156000002" + region + region + "01"},
                    {"issueDate", permit.issueDate},
                    {"expiryDate", permit.expiryDate},
                    {"cardNo", permit.cardNo},
                    {"socialNumber", person.socialNumber},
                    {"name", person.name},
                    {"sex", person.sex},
                    {"ethnicCode", person.ethnicCode},
                    {"birthPlace", person.birthPlace},
                    {"birthDate", person.birthDate}};
    return {{"applicationNo", permit.applicationNo},
            {"bankCode", blank.bankCode},
            {"permitId", permit.id},
            {"permitExpires", formatChinaTime(permit.expires)},
            {"blankId", permit.blankId},
            {"numberMode", blank.prewritten ? "PREWRITTEN" : "ASSIGNED"},
            {"batchNo", blank.prewritten ? "" : "BATCH-" + permit.issueDate},
            {"chip", chip},
            {"face",
             {{"printName", person.nameOnFace()},
              {"socialNumber", person.socialNumber},
              {"cardNo", permit.cardNo},
              {"issueDate", permit.issueDate},
              {"portraitJpeg", portraitOf(person)}}}};
}

// A named permit must be this terminal's, of this card, unspent and in time.
Outcome Desk::checkPermit(const Json& envelope, const Json& body, bool needed) {
    const std::string id = body.at("permitId");
    if (id.empty()) {
        return needed ? refusal("PERMIT_REFUSED", "this key needs a permit") : done({});
    }
    const auto found = books_.permits.find(id);
    if (found == books_.permits.end()) return breach("PERMIT_REFUSED", "no such permit");
    const Permit& permit = found->second;
    if (envelope.at("terminalId") != permit.terminalId ||
        body.at("cardIdCode") != permit.cardIdCode) {
        return breach("PERMIT_REFUSED", "the permit is for another card");
    }
    if (!needed) return done({});
    if (permit.state == PermitState::reportedOk || permit.state == PermitState::reportedFailed) {
        return breach("PERMIT_REFUSED", "the permit is spent");
    }
    if (permit.state == PermitState::expired || permit.expires <= now_) {
        return refusal("PERMIT_REFUSED", "the permit has expired");
    }
    return done({});
}

Outcome Desk::authenticateInternally(const Json& envelope, const Json& body) {
    if (!hsmReady_) return hsmDown();
    const Outcome permit = checkPermit(envelope, body, false);
    if (!permit.carriedOut()) return permit;
    return cryptogramOr(hsm_.internalAuthentication(contextOf(body), blockOf(body.at("factor")),
                                                    blockOf(body.at("original"))));
}

Outcome Desk::authenticateExternally(const Json& envelope, const Json& body) {
    if (!hsmReady_) return hsmDown();
    const ports::CardKey key = keyNamed(body.at("key"));
    const bool writes = key == ports::CardKey::updateCard;
    const Outcome permit = checkPermit(envelope, body, writes);
    if (!permit.carriedOut()) return permit;
    if (writes) ++books_.permits.at(body.at("permitId")).updateAuthorisations;
    return cryptogramOr(hsm_.externalAuthentication(
        contextOf(body), key, blockOf(body.at("factor")), blockOf(body.at("original"))));
}

// Somebody has seen the holder's document, or nothing is made.
Outcome Desk::secureMessage(const Json& envelope, const Json& body) {
    if (!hsmReady_) return hsmDown();
    if (!envelope.contains("operatorId")) return breach("CARD_AUTH_REFUSED", "nobody stood by");
    auto* messages = dynamic_cast<ports::PinAuthority*>(&hsm_);
    LIQU_ASSERT(messages != nullptr);
    const Bytes head = fromHex(body.at("head").get<std::string>()).value();
    std::array<std::uint8_t, 5> fixed{};
    std::ranges::copy(head, fixed.begin());
    const auto made = messages->secureMessage(contextOf(body), blockOf(body.at("challenge")), fixed,
                                              body.at("pin"));
    if (!made) return refusal("CARD_AUTH_REFUSED", "the machine does not make such a command");
    return done({{"message", toHex(*made)}});
}

}  // namespace liqu::world
