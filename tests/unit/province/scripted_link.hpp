// A province of one page: it answers what the test wrote down, in order, and keeps what it was
// asked. Every request must fit the contract and carry the terminal's signature.
#pragma once

#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <variant>
#include <vector>

#include "firmware/base/random.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/province/messages.hpp"
#include "tests/world/province/contract.hpp"
#include "tests/world/province/keys.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::test {

struct Answer {
    std::string code = "OK";
    nlohmann::json body = nullptr;  // null: none
    std::string detail = "NONE";
};
using Step = std::variant<Answer, Error>;

const world::Contract& contract();
// The example of the contract: what a good province says to this message.
nlohmann::json exampleAnswer(const std::string& messageType);
nlohmann::json contractDocument();

class ScriptedLink final : public ports::ProvinceLink {
  public:
    // Without a step left, every message gets the contract's example.
    void then(Step step) { steps_.push_back(std::move(step)); }
    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override;

    std::vector<nlohmann::json> requests;
    std::vector<std::string> faults;  // what did not fit the contract
    std::vector<Duration> patiences;  // of each request

    std::vector<std::string> types() const;

  private:
    std::string signedReply(const nlohmann::json& request, const Answer& answer);
    std::deque<Step> steps_;
    world::TwinKeys keys_;
};

inline constexpr ports::LinePatience patience{.query = std::chrono::seconds(7),
                                              .change = std::chrono::seconds(11)};

inline province::Terminal terminal() {
    return {"T-000017", "440100", "O-0001", "guangdong-3"};
}
inline province::Business business(int number = 42) {
    province::Business business;
    business.bizId = "T-000017-20240601-" + std::to_string(1'000'000 + number).substr(1);
    business.bankCode = "B01";
    return business;
}

// Everything a client needs, on a virtual clock.
struct Desk {
    ScriptedLink link;
    world::TwinSigner signer;
    world::VirtualClock clock;
    SeededRandom random{7};
    province::KipsAdapter adapter{link, signer, clock, random, terminal(), patience};
};

constexpr const char* socialNumber = "11010519491231002X";
constexpr const char* cardNumber = "X00000019";
constexpr const char* cardIdCode = "00112233445566778899AABBCCDDEEFF";
Bytes exampleAtr();

province::ApplicationRequest exampleApplication();
province::LossReport exampleLoss();  // of the contract's own example
province::CardEnabling exampleCardEnabling();
province::DataChange exampleDataChange();
province::BlankReservation exampleReservation();
province::PersonalisationRequest examplePersonalisation();
province::MakeReport exampleReport();
province::Enabling exampleEnabling();
province::Handover exampleHandover();
province::PinChange examplePinChange();
province::PinService examplePinService();
province::StockLoad exampleLoad();
nlohmann::json applicationJson(const std::string& state, const std::string& bizId);

}  // namespace liqu::test
