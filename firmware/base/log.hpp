// What happened, for the technician. Never personal data: Personal<T> cannot be written here, and
// a test scans the files. program/file_log.cpp puts rotating files behind it.
#pragma once

#include <string>

#include "firmware/base/error.hpp"

namespace liqu {

class Log {
  public:
    virtual ~Log() = default;
    // One call is one line: what a chip, a reader or the province said cannot forge another
    // (printableLine).
    void info(const std::string& what) { write(Level::info, printableLine(what)); }
    void warning(const std::string& what) { write(Level::warning, printableLine(what)); }
    void error(const std::string& what) { write(Level::error, printableLine(what)); }

    void trouble(const std::string& where, const Error& e) { warning(where + ": " + describe(e)); }

  protected:
    enum class Level : std::uint8_t { info, warning, error };

  private:
    virtual void write(Level level, const std::string& line) = 0;
};

class NoLog final : public Log {
    void write(Level, const std::string&) override {}
};

}  // namespace liqu
