#include "tests/world/province/province_engine.hpp"

#include <fstream>
#include <iterator>
#include <map>

#include "firmware/base/assert.hpp"
#include "tests/world/hsm/hsm.hpp"
#include "tests/world/province/canonical_json.hpp"
#include "tests/world/province/desk.hpp"
#include "tests/world/province/gate.hpp"
#include "tests/world/province/lies.hpp"

namespace liqu::world {
namespace {

class HsmAuthority final : public ports::CardAuthority, public ports::PinAuthority {
  public:
    Result<ports::Block8> internalAuthentication(const ports::CardKeyContext& card,
                                                 const ports::Block8& factor,
                                                 const ports::Block8& original) override {
        return hsm_.internalAuthentication(card, factor, original);
    }
    Result<ports::Block8> externalAuthentication(const ports::CardKeyContext& card,
                                                 ports::CardKey key, const ports::Block8& factor,
                                                 const ports::Block8& original) override {
        return hsm_.externalAuthentication(keyNameOf(key), card, factor, original);
    }
    // The PIN goes into the card two digits a byte.
    Result<Bytes> secureMessage(const ports::CardKeyContext& card, const ports::Block8& challenge,
                                const std::array<std::uint8_t, 5>& head,
                                const std::string& pin) override {
        const Bytes plain = TRY(fromHex(pin.size() % 2 == 0 ? pin : pin + "F"));
        return hsm_.secureMessage(keyAddressOf(KeyName::maintenance), card, challenge, head, plain);
    }

  private:
    Hsm hsm_ = Hsm::forTheSimulation();
};

// What the province says where a run asks it to refuse this message.
Outcome plannedRefusal(const std::string& messageType) {
    static const std::map<std::string, std::string> details{
        {"BLANK.RESERVE", "BLANK_USED"},       {"PERSO.GET", "PERMIT_REFUSED"},
        {"CARDAUTH.INT", "CARD_AUTH_REFUSED"}, {"CARDAUTH.EXT", "CARD_AUTH_REFUSED"},
        {"ISSUE.ENABLE", "ENABLING_REFUSED"},  {"ISSUE.MARK", "WRONG_STATE"},
        {"ISSUE.REPORT", "WRONG_STATE"},       {"ISSUE.HANDOVER", "WRONG_STATE"},
        {"PERSON.QUERY", "PERSON_UNKNOWN"}};
    const auto found = details.find(messageType);
    return refusal(found == details.end() ? "NOT_ELIGIBLE" : found->second, "as the run asked");
}

Outcome storedOutcome(const CarriedOut& message) {
    Outcome outcome;
    outcome.code = message.code;
    outcome.detail = message.detail;
    outcome.next = message.next;
    outcome.text = message.text;
    outcome.body = Json::parse(message.answerBody);
    return outcome;
}

}  // namespace

std::unique_ptr<ports::CardAuthority> simulationHsm() {
    return std::make_unique<HsmAuthority>();
}

struct ProvinceEngine::Machine {
    Machine(Parts given, Books& theBooks, FaultPlan& plan)
        : parts(std::move(given)),
          books(theBooks),
          faults(plan),
          gate(*parts.contract, *parts.keys, theBooks),
          desk(theBooks, *parts.hsm, plan) {}

    struct Verdict {
        Outcome outcome;
        bool replayed = false;
        std::string serverRef;
    };

    Verdict judge(const std::string& messageType, const Json& envelope,
                  const std::string& certificateName, WallTime now);
    Verdict carryOut(const std::string& messageType, const Json& envelope, WallTime now);
    void remember(const std::string& messageType, const Json& envelope, const Verdict& verdict,
                  WallTime now);
    void noteIncident(const std::string& messageType, const Json& envelope, const Outcome& outcome,
                      WallTime now);
    std::string signedReply(const std::string& messageType, const Json& envelope,
                            const Verdict& verdict, WallTime now);

    Parts parts;
    Books& books;
    FaultPlan& faults;
    Gate gate;
    Desk desk;
};

ProvinceEngine::Machine::Verdict ProvinceEngine::Machine::judge(const std::string& messageType,
                                                                const Json& envelope,
                                                                const std::string& certificateName,
                                                                WallTime now) {
    if (auto stopped = gate.stop(messageType, envelope, certificateName, now)) {
        return {std::move(*stopped), false, ""};
    }
    const MessageKind kind = parts.contract->kindOf(messageType);
    const std::string terminalId = envelope.at("terminalId");
    if (kind != MessageKind::query) {
        const std::string idemKey = envelope.at("idemKey");
        const auto known = books.carriedOut.find(carriedOutKey(terminalId, idemKey));
        if (known != books.carriedOut.end()) {
            CarriedOut& stored = known->second;
            if (stored.messageType != messageType || envelope.at("bodyHash") != stored.bodyHash ||
                envelope.at("bizId") != stored.bizId) {
                return {breach("KEY_REUSED", "a known key with another body"), false, ""};
            }
            ++stored.replays;
            return {storedOutcome(stored), true, stored.serverRef};
        }
    }
    return carryOut(messageType, envelope, now);
}

ProvinceEngine::Machine::Verdict ProvinceEngine::Machine::carryOut(const std::string& messageType,
                                                                   const Json& envelope,
                                                                   WallTime now) {
    // Without a place the refusal strikes where a person's wish is decided.
    const bool asked =
        (messageType == "ELIG.CHECK" || !faults.placeOf(Fault::provinceRefuses).empty()) &&
        faults.holds(Fault::provinceRefuses, messageType);
    Verdict verdict{asked ? plannedRefusal(messageType) : desk.handle(messageType, envelope, now),
                    false, ""};
    if (verdict.outcome.carriedOut()) {
        tellLies(faults, books, messageType, verdict.outcome.body, now);
        verdict.serverRef = "R-" + std::to_string(++books.lastReference);
        if (parts.contract->kindOf(messageType) != MessageKind::query) {
            remember(messageType, envelope, verdict, now);
        }
    }
    return verdict;
}

void ProvinceEngine::Machine::remember(const std::string& messageType, const Json& envelope,
                                       const Verdict& verdict, WallTime now) {
    CarriedOut message;
    message.terminalId = envelope.at("terminalId");
    message.idemKey = envelope.at("idemKey");
    message.messageType = messageType;
    message.bizId = envelope.at("bizId");
    message.bodyHash = envelope.at("bodyHash");
    message.bizTime = envelope.at("bizTime");
    message.receivedTime = formatChinaTime(now);
    message.code = verdict.outcome.code;
    message.detail = verdict.outcome.detail;
    message.text = verdict.outcome.text;
    message.next = verdict.outcome.next;
    message.serverRef = verdict.serverRef;
    message.requestBody = envelope.at("body").dump();
    message.answerBody = verdict.outcome.body.dump();
    message.terminalSeq = envelope.value("terminalSeq", std::int64_t{0});
    message.epoch = envelope.value("epoch", "");
    std::string& lastBizId = books.terminals[message.terminalId].lastBizId;
    // The fee of a business stands beside it.
    lastBizId = std::max(lastBizId, message.bizId.substr(0, message.bizId.find("-F")));
    const std::string key = carriedOutKey(message.terminalId, message.idemKey);
    books.order.push_back(key);
    books.carriedOut[key] = std::move(message);
}

void ProvinceEngine::Machine::noteIncident(const std::string& messageType, const Json& envelope,
                                           const Outcome& outcome, WallTime now) {
    const Json terminal = envelope.value("terminalId", Json());
    books.incidents.push_back({formatChinaTime(now),
                               terminal.is_string() ? terminal.get<std::string>() : "", messageType,
                               outcome.code, outcome.detail, outcome.text});
}

std::string ProvinceEngine::Machine::signedReply(const std::string& messageType,
                                                 const Json& envelope, const Verdict& verdict,
                                                 WallTime now) {
    const Outcome& outcome = verdict.outcome;
    Json reply{{"ver", "1"},
               {"msgType", messageType},
               {"msgId", envelope.at("msgId")},
               {"idemKey", envelope.at("idemKey")},
               {"code", outcome.code},
               {"detail", outcome.detail},
               {"text", outcome.text},
               {"serverRef", verdict.serverRef},
               {"serverTime", formatChinaTime(faults.holds(Fault::provinceOtherTime, messageType)
                                                  ? now + std::chrono::minutes{10}
                                                  : now)},
               {"replayed", verdict.replayed},
               {"next", outcome.next}};
    if (outcome.carriedOut()) reply["body"] = outcome.body;
    const auto message = canonicalText(reply);
    LIQU_ASSERT(message.has_value());
    Bytes signature = parts.keys->sign(bytesOf(*message));
    if (faults.holds(Fault::provinceWrongSignature, messageType)) signature.back() ^= 1;
    reply["sig"] = toHex(signature);
    // We keep the contract ourselves.
    const auto broken = parts.contract->replyFault(messageType, reply);
    LIQU_ASSERT(!broken);
    return reply.dump();
}

Result<std::unique_ptr<ProvinceEngine>> ProvinceEngine::create(
    const std::filesystem::path& sourceTree, std::unique_ptr<ProvinceKeys> keys,
    FaultPlan& faults) {
    auto contract = TRY(Contract::load(sourceTree / "firmware/province/openapi.json"));
    std::ifstream file(sourceTree / "tests/world/province/persons.json");
    if (!file) return fail(ErrorCode::fileNotReadable, "persons.json");
    const std::string fixtures(std::istreambuf_iterator<char>(file), {});
    auto engine = std::make_unique<ProvinceEngine>(
        Parts{std::move(contract), std::move(keys), simulationHsm()}, faults);
    TRY(loadFixtures(engine->books(), fixtures));
    return engine;
}

ProvinceEngine::ProvinceEngine(Parts parts, FaultPlan& faults)
    : machine_(std::make_unique<Machine>(std::move(parts), books_, faults)) {}
ProvinceEngine::~ProvinceEngine() = default;

ProvinceAnswer ProvinceEngine::handle(const ProvinceRequest& request, WallTime now) {
    const auto messageType = machine_->parts.contract->messageTypeOf(request.path);
    if (!messageType) return {404, ""};
    const auto envelope = parseEnvelope(*machine_->parts.contract, *messageType, request.envelope);
    if (!envelope) return {400, ""};
    ++books_.messages[*messageType];
    const auto verdict =
        machine_->judge(*messageType, *envelope, std::string(request.certificateName), now);
    if (!verdict.outcome.carriedOut()) {
        machine_->noteIncident(*messageType, *envelope, verdict.outcome, now);
    }
    return {200, machine_->signedReply(*messageType, *envelope, verdict, now)};
}

bool ProvinceEngine::readsBack(std::string_view path, std::string_view envelope) const {
    const Contract& rules = *machine_->parts.contract;
    const auto messageType = rules.messageTypeOf(path);
    if (messageType != "CARDAUTH.EXT") return false;
    const auto parsed = parseEnvelope(rules, *messageType, envelope);
    return parsed && !rules.requestFault(*messageType, *parsed) &&
           machine_->desk.readsBack(*parsed);
}

bool ProvinceEngine::isQuery(std::string_view path) const {
    const auto messageType = machine_->parts.contract->messageTypeOf(path);
    return !messageType || machine_->parts.contract->kindOf(*messageType) == MessageKind::query;
}

const Contract& ProvinceEngine::contract() const {
    return *machine_->parts.contract;
}

void ProvinceEngine::setHsmReady(bool ready) {
    machine_->desk.setHsmReady(ready);
}

}  // namespace liqu::world
