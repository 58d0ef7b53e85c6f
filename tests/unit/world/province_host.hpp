// A terminal as the contract describes one, written for these tests alone: it builds, hashes and
// signs envelopes, and can be told to do each of them wrong.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/world/province/keys.hpp"
#include "tests/world/province/province_engine.hpp"

namespace liqu::world {

using Json = nlohmann::json;

constexpr const char* testTerminal = "T-000017";

class ProvinceHost {
  public:
    ProvinceHost();

    // The contract's own example of this message, made this terminal's and sendable now.
    Json example(const std::string& messageType) const;
    Json envelope(const std::string& messageType, Json body);
    // Hashes and signs.
    Json sealed(Json envelope) const;

    // Sends and checks that the reply is signed and keeps the contract.
    Json send(const Json& envelope, const std::string& certificateName = testTerminal);
    Json ask(const std::string& messageType, Json body);
    // Only the HTTP status.
    int statusOf(const std::string& path, const std::string& text);

    Json applyBody(const std::string& socialNumber) const;
    // Through to the permit; the reply of PERSO.GET.
    Json permitFor(const std::string& socialNumber, const std::string& blankId);
    Json reportBody(const Json& perso, const std::string& applicationNo) const;
    // The whole good case; the application's number.
    std::string make(const std::string& socialNumber, const std::string& blankId);

    ProvinceEngine& engine() { return *engine_; }
    FaultPlan& faults() { return faults_; }
    Books& books() { return engine_->books(); }
    WallTime now{std::chrono::milliseconds{1717207200000}};  // 2024-06-01 10:00 in China
    std::string bizId = "T-000017-20240601-000042";
    std::string bankCode = "B01";

  private:
    void chain(Json& envelope) const;
    FaultPlan faults_;
    mutable std::map<std::int64_t, std::string> chains_;  // by terminalSeq
    mutable TwinSigner signer_;
    std::unique_ptr<ProvinceEngine> engine_;
    Json contract_;
    int messages_ = 0;
    std::int64_t facts_ = 0;
};

// A known chip for each blank: its identification code and ATR.
std::string chipCodeOf(const std::string& blankId);
constexpr const char* testAtr = "3B6D00000081544C96866042010000000A";
constexpr const char* personT1 = "110000198503120015";

}  // namespace liqu::world
