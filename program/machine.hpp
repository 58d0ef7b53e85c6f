// Puts the kiosk together from its configuration: opens storage, keys, drivers and the province's
// line, and lends them to the session. What is opened lives until the machine dies.
#pragma once

#include <memory>
#include <stop_token>

#include "firmware/session/parts.hpp"
#include "program/books.hpp"

namespace liqu::program {

class Machine {
  public:
    static Result<std::unique_ptr<Machine>> assemble(const CommonOptions& options);
    ~Machine();

    const policy::KioskConfig& config() const;
    Log& log();
    Clock& clock();
    // The sender of queued facts; runs until the machine dies.
    void startSender();
    // All a session needs. Display and stop belong to the caller.
    session::SessionParts parts(session::Display& display, std::stop_token stop);

  private:
    struct Insides;
    explicit Machine(std::unique_ptr<Insides> insides);
    std::unique_ptr<Insides> insides_;
};

}  // namespace liqu::program
