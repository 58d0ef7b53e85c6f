// What a loop has to say: once, and then once an hour with how often it happened, until it is over.
// A log that says the same thing every five seconds hides everything else. One thread.
#pragma once

#include <map>

#include "firmware/base/clock.hpp"
#include "firmware/base/log.hpp"

namespace liqu {

class RepeatedLog {
  public:
    RepeatedLog(Log& log, const Clock& clock) : log_(log), clock_(clock) {}

    void info(const std::string& what);
    // The same trouble is the same code at the same place; its cause may tell another number.
    void trouble(const std::string& where, const Error& error);
    // What comes after this is news again.
    void over() { told_.clear(); }

  private:
    struct Told {
        Instant last;
        int since = 0;  // times it was not said
    };
    // What is to be added to the line; nothing where the line is not to be said.
    std::optional<std::string> news(const std::string& key);

    Log& log_;
    const Clock& clock_;
    std::map<std::string, Told> told_;
};

}  // namespace liqu
