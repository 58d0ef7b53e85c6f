// The province's business: what each message means for the books. By the time a message comes
// here its schema, certificate and signature are good (gate.hpp).
// Source: firmware/province/openapi.json; hardware-notes/province.md, "Messages", "Answer codes".
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "firmware/ports/card_authority.hpp"
#include "tests/world/fault_plan.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::world {

using Json = nlohmann::json;

struct Outcome {
    std::string code = "OK";
    std::string detail = "NONE";
    std::string next = "NONE";
    std::string text{};
    Json body{};  // null: the message was not carried out

    bool carriedOut() const { return code == "OK" || code == "ALREADY" || code == "PARTIAL"; }
};

Outcome done(Json body);
Outcome already(Json body);
Outcome refusal(std::string_view detail, std::string text);
Outcome breach(std::string_view detail, std::string text);  // SECURITY
Outcome nonsense(std::string text);                         // PROTOCOL

class Desk {
  public:
    Desk(Books& books, ports::CardAuthority& hsm, FaultPlan& faults)
        : books_(books), hsm_(hsm), faults_(faults) {}

    Outcome handle(const std::string& messageType, const Json& envelope, WallTime now);
    // Would this message read a card back, after it was written under a permit?
    bool readsBack(const Json& envelope) const;

    void setHsmReady(bool ready) { hsmReady_ = ready; }

  private:
    using Handler = Outcome (Desk::*)(const Json& envelope, const Json& body);

    // desk_person.cpp
    Outcome signIn(const Json& envelope, const Json& body);
    static bool grantsEpoch(Terminal& terminal, const Json& envelope, const Json& body);
    Outcome queryPerson(const Json& envelope, const Json& body);
    Outcome givePhoto(const Json& envelope, const Json& body);
    Outcome checkEligibility(const Json& envelope, const Json& body);
    Outcome queryProgress(const Json& envelope, const Json& body);
    Outcome queryCards(const Json& envelope, const Json& body);
    Outcome decide(const Person& person, std::string_view kind);
    void plantPendingApplication(const std::string& socialNumber);
    void releaseLapsedLosses();
    Outcome reportLoss(const Json& envelope, const Json& body);
    Outcome reportFormalLoss(const Json& envelope, const Json& body);
    Outcome releaseLoss(const Json& envelope, const Json& body);
    tl::expected<Card*, Outcome> cardOfLoss(const Json& envelope, const Json& body);
    Json lossAnswer(const Card& card) const;
    Outcome withBank(Card& card, bool blocked);
    static void restore(Card& card);
    // desk_application.cpp
    Outcome createApplication(const Json& envelope, const Json& body);
    Outcome cancelApplication(const Json& envelope, const Json& body);
    Outcome mark(const Json& envelope, const Json& body);
    Outcome unmark(const Json& envelope, const Json& body);
    Outcome reserveBlank(const Json& envelope, const Json& body);
    void releaseBlank(Application& application);
    Application* application(const Json& body);
    // desk_fee.cpp
    Outcome quoteFee(const Json& envelope, const Json& body);
    Outcome registerFee(const Json& envelope, const Json& body);
    Outcome refundFee(const Json& envelope, const Json& body);
    // desk_permit.cpp
    Outcome givePersonalisation(const Json& envelope, const Json& body);
    Outcome authenticateInternally(const Json& envelope, const Json& body);
    Outcome authenticateExternally(const Json& envelope, const Json& body);
    Outcome secureMessage(const Json& envelope, const Json& body);
    Outcome checkPermit(const Json& envelope, const Json& body, bool needed);
    Permit& newPermit(const Application& application, const Blank& blank, const Json& envelope);
    Json personalisation(const Permit& permit, const Blank& blank, const Person& person) const;
    std::string assignNumber();
    std::string portraitOf(const Person& person) const;
    // desk_facts.cpp
    Outcome reportMaking(const Json& envelope, const Json& body);
    Outcome reportWithoutPermit(Application& application, const Json& body);
    Outcome reportMade(Permit& permit, Application& application, const Json& body);
    Outcome reportFailed(Permit& permit, Application& application);
    Outcome enable(const Json& envelope, const Json& body);
    Outcome enableInHand(const Json& envelope, const Json& body);
    Outcome changeData(const Json& envelope, const Json& body);
    Outcome handOver(const Json& envelope, const Json& body);
    Outcome notePin(const Json& envelope, const Json& body);
    Outcome notePinService(const Json& envelope, const Json& body);
    Outcome loadStock(const Json& envelope, const Json& body);
    // desk_stock.cpp
    Outcome receiveStock(const Json& envelope, const Json& body);
    Outcome recordStock(const Json& envelope, const Json& body);
    Outcome recordFinished(const Json& envelope, const Json& body);
    Outcome returnFinished(const Json& envelope, const Json& body);
    Outcome receiveFinished(const Json& envelope, const Json& body);
    Outcome recoverCard(const Json& envelope, const Json& body);
    Outcome registerWrong(const Json& envelope, const Json& body);
    Outcome confirmWrong(const Json& envelope, const Json& body);
    Outcome closeStockDay(const Json& envelope, const Json& body);
    Outcome witnessAudit(const Json& envelope, const Json& body);
    Outcome reconcileDay(const Json& envelope, const Json& body);

    Books& books_;
    ports::CardAuthority& hsm_;
    FaultPlan& faults_;
    WallTime now_{};
    bool hsmReady_ = true;
};

Json applicationJson(const Application& application);
Json cardJson(const Card& card);

}  // namespace liqu::world
