// What both fronts of the payment platform share: the one lock, the clock, the person with the
// telephone, and what the line does to a request and its answer. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/world/payment/payment_gateway.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::world {

// What the person at the kiosk does with each new order, so long after it was opened.
struct PayerHabit {
    std::optional<Duration> scansAfter;
    std::optional<Duration> paysAfter;
};

enum class PaymentLineEvent : std::uint8_t { answered, noAnswer, neverArrived };

struct PaymentTreatment {
    PaymentLineEvent event = PaymentLineEvent::answered;
    Duration delay{};
    PaymentAnswer answer;
};

struct PaymentTimes {
    Duration answer = std::chrono::milliseconds{150};
    Duration slowAnswer = std::chrono::seconds{12};
};

class PaymentFront {
  public:
    PaymentFront(PaymentGateway& gateway, PaymentFaults& faults, Clock& clock,
                 PaymentTimes times = {})
        : gateway_(gateway), faults_(faults), clock_(clock), times_(times) {}

    PaymentTreatment receive(const PaymentRequest& request);

    void setPayer(PayerHabit habit);
    // The person's hands, and the judge's eyes.
    using Use = std::function<void(PaymentPlatform&, WallTime now)>;
    void use(const Use& act);
    std::vector<PaymentCall> calls();
    std::vector<std::string> wrongs();
    std::string evidenceJson();

    // As a listener of a virtual clock; in real time each request and look lets time pass.
    void advance(Instant now);
    std::optional<Instant> nextEvent();

  private:
    struct Deed {
        std::string order;
        bool pays = false;
    };
    void advanceLocked(Instant now);
    void spoil(PaymentAnswer& answer, const std::string& call);

    std::mutex mutex_;
    PaymentGateway& gateway_;
    PaymentFaults& faults_;
    Clock& clock_;
    PaymentTimes times_;
    PayerHabit habit_;
    std::multimap<Instant, Deed> deeds_;
};

void addTo(VirtualClock& clock, PaymentFront& front);

// What a caller without a socket gets; `neverSent` is the only one that proves that nothing was
// done.
enum class PaymentLineFate : std::uint8_t { answered, neverSent, unknown };
struct PaymentLineResult {
    PaymentLineFate fate = PaymentLineFate::answered;
    PaymentAnswer answer;
};

// The in-process line: the same faults as over HTTPS, on a clock that may be virtual. As long as
// the patience is the caller waits.
PaymentLineResult exchangeInProcess(PaymentFront& front, Clock& clock,
                                    const PaymentRequest& request, Duration patience);

}  // namespace liqu::world
