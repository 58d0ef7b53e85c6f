#include "firmware/base/repeated_log.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace liqu;

namespace {

class Lines final : public Log {
  public:
    std::vector<std::string> said;

  private:
    void write(Level, const std::string& line) override { said.push_back(line); }
};

class HandClock final : public Clock {
  public:
    Instant now() const override { return now_; }
    WallTime wallTime() const override { return {}; }
    void sleepUntil(Instant instant) override { now_ = instant; }

  private:
    Instant now_{};
};

}  // namespace

TEST_CASE("a day of the same trouble every five seconds is a line an hour") {
    Lines lines;
    HandClock clock;
    RepeatedLog log(lines, clock);
    for (int i = 0; i < 24 * 720; ++i) {
        log.info("recovery, step eject");
        log.trouble("recovery waits", {ErrorCode::printerUnplugged, "try " + std::to_string(i)});
        clock.sleepFor(std::chrono::seconds{5});
    }
    CHECK(lines.said.size() == 2 * 24);
    CHECK(lines.said[1] == "recovery waits: 20105 printerUnplugged: try 0");
    CHECK(lines.said[3] ==
          "recovery waits: 20105 printerUnplugged: try 720 (720 times since it was last said)");
}

TEST_CASE("another trouble is news, and so is the same one after it was over") {
    Lines lines;
    HandClock clock;
    RepeatedLog log(lines, clock);
    const Error unplugged{ErrorCode::printerUnplugged, ""};
    const Error silent{ErrorCode::printerSilent, ""};
    for (int i = 0; i < 9; ++i) log.trouble("not ready", i % 2 == 0 ? unplugged : silent);
    log.trouble("elsewhere", silent);
    CHECK(lines.said.size() == 3);
    log.over();
    log.trouble("not ready", silent);
    CHECK(lines.said.size() == 4);
}
