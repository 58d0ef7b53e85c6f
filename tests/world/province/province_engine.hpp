// The simulated provincial system: a strict peer of the kiosk that knows nothing of its code.
// Text in, text out, time as an argument; no sockets, no clock, no threads. It stands behind the
// HTTPS server and behind the in-process link alike. Contract: firmware/province/openapi.json.
// Not thread-safe: the fronts hold one lock (province_front.hpp).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/ports/card_authority.hpp"
#include "tests/world/fault_plan.hpp"
#include "tests/world/province/books.hpp"
#include "tests/world/province/contract.hpp"
#include "tests/world/province/keys.hpp"

namespace liqu::world {

struct ProvinceRequest {
    std::string_view path;             // "/v1/ISSUE.REPORT"
    std::string_view envelope;         // JSON
    std::string_view certificateName;  // common name of the client's certificate
};

struct ProvinceAnswer {
    int httpStatus = 200;
    std::string body;
};

// The real encryption machine's stand-in, as tests/world/hsm has it.
std::unique_ptr<ports::CardAuthority> simulationHsm();

class ProvinceEngine {
  public:
    struct Parts {
        std::shared_ptr<Contract> contract;  // worlds of one thread may share it
        std::unique_ptr<ProvinceKeys> keys;
        std::unique_ptr<ports::CardAuthority> hsm;
    };
    // Loads contract and fixtures from the source tree.
    static Result<std::unique_ptr<ProvinceEngine>> create(const std::filesystem::path& sourceTree,
                                                          std::unique_ptr<ProvinceKeys> keys,
                                                          FaultPlan& faults);
    ProvinceEngine(Parts parts, FaultPlan& faults);
    ~ProvinceEngine();

    ProvinceAnswer handle(const ProvinceRequest& request, WallTime now);

    // Would this message read a card back after it was written? Place "read-back" of the faults.
    bool readsBack(std::string_view path, std::string_view envelope) const;
    bool isQuery(std::string_view path) const;

    Books& books() { return books_; }
    const Contract& contract() const;
    void setHsmReady(bool ready);

  private:
    struct Machine;
    Books books_;
    std::unique_ptr<Machine> machine_;
};

}  // namespace liqu::world
