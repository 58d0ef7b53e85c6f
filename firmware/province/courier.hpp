// Sends one message and brings its checked reply: envelope, signature, link, reply. It never sends
// anything twice; who calls decides what a missing answer means.
// Thread-safe where link, signer, clock and random are.
#pragma once

#include "firmware/base/clock.hpp"
#include "firmware/base/random.hpp"
#include "firmware/ports/province_link.hpp"
#include "firmware/province/envelope.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province {

// How long an answer is waited for (kiosk.toml, [province]).
struct Patience {
    Duration query{};
    Duration change{};
};

class Courier {
  public:
    Courier(ports::ProvinceLink& link, ports::Signer& signer, Clock& clock, Random& random,
            Terminal terminal, Patience patience);

    // Fills in messageId and sentAt; happenedAt and policyId where they are not set.
    Result<Reply> send(Outgoing message);
    // One query: a fresh key every time, because it changes nothing.
    Result<Reply> query(MessageType type, const Business& business, std::string_view body);
    Result<Progress> progress(const Business& business, ProgressBy by, std::string value);

    const Terminal& terminal() const { return terminal_; }
    Clock& clock() { return clock_; }
    Random& random() { return random_; }

  private:
    ports::ProvinceLink& link_;
    ports::Signer& signer_;
    Clock& clock_;
    Random& random_;
    Terminal terminal_;
    Patience patience_;
};

}  // namespace liqu::province
