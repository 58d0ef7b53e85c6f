// The service that collects fees behind a CutWatch, and what is compared with it in the end.
#pragma once

#include <string>

#include "tests/power_cut/cut_watch.hpp"
#include "tests/scenario/kiosk/fee_service.hpp"
#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::proof {

class WatchedFees final : public ports::PaymentChannel {
  public:
    explicit WatchedFees(CutWatch& watch) : watch_(watch) {}

    scenario::FeeService service;

    Result<ports::OpenedPayment> open(const ports::PaymentRequest& request) override;
    Result<ports::PaymentState> query(const std::string& orderNo) override;
    Result<void> close(const std::string& orderNo) override;
    Result<ports::Refunding> refund(const std::string& refundNo, const std::string& orderNo,
                                    Money amount) override;
    Result<std::vector<ports::SettledPayment>> accountOf(Date day) override;

  private:
    template <typename Call>
    auto watched(Call call);

    CutWatch& watch_;
};

enum class FellBack : std::uint8_t { nobody, somebody };

// A code that can still be paid with nobody waiting for it, money nobody knows of, a fee that was
// paid twice and kept; empty: none. What one side forgot when it fell back is the account's of the
// next morning, and not compared.
std::string unsettledFees(scenario::SimulatedKiosk& kiosk, const scenario::FeeService& fees,
                          FellBack fellBack);

}  // namespace liqu::proof
