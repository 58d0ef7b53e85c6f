// What happened, for the technician. Never personal data: Personal<T> cannot be written here, and
// a test scans the files. program/file_log.cpp puts rotating files behind it.
#pragma once

#include <string>

#include "firmware/base/error.hpp"

namespace liqu {

class Log {
  public:
    virtual ~Log() = default;
    virtual void info(const std::string& what) = 0;
    virtual void warning(const std::string& what) = 0;
    virtual void error(const std::string& what) = 0;

    void trouble(const std::string& where, const Error& e) { warning(where + ": " + describe(e)); }
};

class NoLog final : public Log {
  public:
    void info(const std::string&) override {}
    void warning(const std::string&) override {}
    void error(const std::string&) override {}
};

}  // namespace liqu
