// The seam to a province's system. Above it a message is a type and a body in neutral form
// (bodies.hpp), and a reply has one of the neutral codes, whatever the system speaks; below it is
// one folder of adapters/ for each kind of system. How one is added: docs/province-adapter.md.
//
// Nothing is sent twice here by itself; who calls decides what a missing answer means.
// Thread-safe where clock, random and what the adapter stands on are.
#pragma once

#include "firmware/base/clock.hpp"
#include "firmware/base/random.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province {

// Where a fact stands among the facts of its terminal (decision 36).
struct FactPlace {
    std::string epoch;
    std::int64_t terminalSeq = 0;
    std::string chain;
};

struct Outgoing {
    MessageType type = MessageType::signIn;
    std::string messageId;
    std::string idempotencyKey;
    std::optional<FactPlace> place;  // facts only
    Business business;
    std::string policyId;  // in force when it happened
    WallTime happenedAt{};
    WallTime sentAt{};
    int attempt = 1;
    std::string_view body;  // canonical JSON
};

// What the province can prove of a message whose answer never came.
struct Proof {
    bool carriedOut = false;
    ReplyCode outcome = ReplyCode::ok;  // where it was
    // Not empty: the province was asked, tells it neither way, and will not: people have to find
    // out. Why, as the last part of an outcome in the queue ("NOT_OURS").
    std::string onlyPeople{};
};

class Adapter {
  public:
    Adapter(Clock& clock, Random& random, Terminal terminal)
        : clock_(clock), random_(random), terminal_(std::move(terminal)) {}
    virtual ~Adapter() = default;
    Adapter(const Adapter&) = delete;
    Adapter& operator=(const Adapter&) = delete;

    // Has this system such a message? A service that says one it has not is guidance here.
    virtual bool can(MessageType type) const = 0;
    // Was the message with this type, business, key and body carried out? Asked without changing
    // anything; an error says nothing either way. The body is empty where it was not kept, after a
    // restart: an adapter that needs it says an error then.
    virtual Result<Proof> proofOf(const Outgoing& message) = 0;
    // The card number that the system has given this application before a blank is fed (decision
    // 41); empty where it gave none, as a system does that asks which blank it is.
    virtual Result<std::string> numberAssigned(const std::string& applicationNo);

    // Fills in messageId and sentAt; happenedAt and policyId where they are not set. The same key
    // again has the same effect and answer: an adapter whose province knows no keys asks first.
    Result<Reply> send(Outgoing message);
    // One query: a fresh key every time, because it changes nothing.
    Result<Reply> query(MessageType type, const Business& business, std::string_view body);
    Result<Progress> progress(const Business& business, ProgressBy by, std::string value);

    const Terminal& terminal() const { return terminal_; }
    Clock& clock() { return clock_; }
    Random& random() { return random_; }

  private:
    virtual Result<Reply> exchange(const Outgoing& message) = 0;

    Clock& clock_;
    Random& random_;
    Terminal terminal_;
};

}  // namespace liqu::province
