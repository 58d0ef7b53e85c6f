// The service that collects fees, in the kiosk's own process and on its virtual time: orders by
// number, a payer who scans what is shown, and the faults of hardware-notes/payment.md. One thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firmware/ports/payment_channel.hpp"

namespace liqu::scenario {

class FeeService final : public ports::PaymentChannel {
  public:
    struct Order {
        Money amount;
        Instant openedAt{};
        bool closed = false;
        std::optional<Money> paid{};
        int timesOpened = 0;
    };

    // What is to happen; changed by a test at any time.
    std::optional<Duration> paysAfter = std::chrono::seconds{20};  // none: nobody pays
    bool paysAfterClose = false;       // from a code that was photographed
    std::optional<Money> paysInstead;  // another amount
    bool silent = false;               // takes everything in, and answers nothing
    bool away = false;                 // nothing reaches it
    int openAnswersLost = 0;           // so many are carried out and not answered
    int answersAboutAnother = 0;       // so many questions are answered with another order
    std::function<void(const Order&)> onPaid = [](const Order&) {};
    const Clock* clock = nullptr;

    const std::map<std::string, Order>& orders() const { return orders_; }
    int timesPaid() const;
    int openNow() const;

    Result<ports::OpenedPayment> open(const ports::PaymentRequest& request) override;
    Result<ports::PaymentState> query(const std::string& orderNo) override;
    Result<void> close(const std::string& orderNo) override;
    Result<ports::Refunding> refund(const std::string& refundNo, const std::string& orderNo,
                                    Money amount) override;
    Result<std::vector<ports::SettledPayment>> accountOf(Date day) override;

    std::map<std::string, std::string> refunds;  // order by refund

  private:
    Result<void> reach() const;
    void settle(Order& order);

    std::map<std::string, Order> orders_;
};

}  // namespace liqu::scenario
