// What goes over the wire to the service that collects fees, and what comes back, as text: JSON in
// the manner of a merchant's interface for codes that are scanned (hardware-notes/payment.md,
// "Wire"). Reading is strict about what is used and bounded; what is not used may be there.
// Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drivers/https/https_link.hpp"
#include "firmware/ports/payment_channel.hpp"

namespace liqu::drivers {

struct PaymentAccount {
    std::string merchant;
    std::string application;
    std::string notifyUrl;
};

constexpr std::size_t longestPaymentAnswer = 64 * 1024;
constexpr std::size_t longestPaymentBill = 4 * 1024 * 1024;

namespace payment_wire {

// What is asked of it.
std::string openPath();
std::string queryPath(const std::string& orderNo, const PaymentAccount& account);
std::string closePath(const std::string& orderNo);
std::string refundPath();
std::string billPath(Date day);
std::string openBody(const ports::PaymentRequest& request, const PaymentAccount& account,
                     WallTime now);
std::string closeBody(const PaymentAccount& account);
std::string refundBody(const std::string& refundNo, const std::string& orderNo, Money amount);

// What it says. status: HTTP's. An answer about another order, of another form or in another
// currency is paymentUnclear: it says nothing.
Result<ports::OpenedPayment> readOpened(long status, std::string_view text,
                                        const std::string& orderNo);
Result<ports::PaymentState> readState(long status, std::string_view text,
                                      const std::string& orderNo);
Result<void> readClosed(long status, std::string_view text);
Result<ports::Refunding> readRefund(long status, std::string_view text,
                                    const std::string& refundNo);

// The account of a day: amounts in yuan there, and a sum at its end that must fit. Nothing where
// there was nothing that day.
Result<std::vector<ports::SettledPayment>> readBill(long status, std::string_view text);

// What is signed of a call and of an answer to it (hardware-notes/payment.md, "Signature").
std::string signedCall(const HttpCall& call, const std::string& timestamp,
                       const std::string& nonce);
std::string signedAnswer(const std::string& text, const std::string& timestamp,
                         const std::string& nonce);

}  // namespace payment_wire
}  // namespace liqu::drivers
