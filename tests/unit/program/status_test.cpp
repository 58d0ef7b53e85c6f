// What a kiosk tells of itself: the books' figures, what its thread found, and how old it is.
#include <doctest/doctest.h>
#include <sstream>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "program/status_file.hpp"
#include "tests/unit/program/worked_machine.hpp"

using namespace liqu;
using namespace liqu::program;

namespace {

struct Running {
    test::WorkedMachine machine;
    ConfigFiles files = readConfiguration(machine.kiosk.config()).value();
    SystemClock clock;
    session::StateBoard board{clock};
    StatusSources sources{files.kiosk, files.region, machine.kiosk.data(), "D1", board, clock};
};

}  // namespace

TEST_CASE("what a kiosk tells comes back as it was told") {
    Running running;
    running.machine.write("UPDATE places SET balance = 95 WHERE place = 'hopper-1'");
    running.board.tell(screen::MachinePart::printer, fail(ErrorCode::cardNotFed, "gate"));
    running.board.tell(screen::MachinePart::storage, {});
    running.board.tell(session::Serving::outOfService, ErrorCode::cardNotFed);
    KioskStatus status = gatherStatus(running.sources);
    status.running = true;
    CHECK(status.booksTrouble == 0);
    CHECK(status.serving == "out-of-service");
    CHECK(status.reason == numberOf(ErrorCode::cardNotFed));
    REQUIRE(status.parts.size() == 2);
    CHECK(status.parts[1].trouble == "cardNotFed");
    REQUIRE_FALSE(status.lanes.empty());
    CHECK(status.lanes[0].blanks == 95);
    CHECK(status.booksNewest);

    const auto again = parseStatus(jsonOf(status));
    REQUIRE(again);
    CHECK(jsonOf(*again) == jsonOf(status));
    const std::string metrics = metricsOf(status);
    CHECK(metrics.find("liqu_blanks{lane=\"1\",bank=\"B01\"} 95\n") != std::string::npos);
    CHECK(metrics.find("liqu_part_error{part=\"printer\"} 20202\n") != std::string::npos);
    CHECK(metrics.find("\nliqu_queue_waiting 0\n") != std::string::npos);
    // Every line of it is a comment or a metric.
    std::istringstream lines(metrics);
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK((line.starts_with("# ") || line.starts_with("liqu_")));
    }
}

TEST_CASE("a label with quotes and lines of its own stays one label") {
    KioskStatus status;
    status.outlet = "a\"b\\c\nd";
    CHECK(metricsOf(status).find("outlet=\"a\\\"b\\\\c\\nd\"") != std::string::npos);
}

TEST_CASE("books that cannot be asked are said, and the rest is told all the same") {
    Running running;
    std::filesystem::remove(databaseIn(running.machine.kiosk.data()));
    const KioskStatus status = gatherStatus(running.sources);
    CHECK(status.booksTrouble == numberOf(ErrorCode::booksMissing));
    CHECK(status.terminal == world::terminalId);
    CHECK(metricsOf(status).find("liqu_blanks") == std::string::npos);
}

TEST_CASE("the writer writes at once, and says at its end that it ends") {
    Running running;
    NoLog log;
    const auto data = running.machine.kiosk.data();
    {
        const StatusWriter writer(running.sources, log);
        const Instant until = running.clock.now() + std::chrono::seconds(20);
        while (!readStatus(data) && running.clock.now() < until)
            running.clock.sleepFor(std::chrono::milliseconds(5));
        const auto status = readStatus(data);
        REQUIRE(status);
        CHECK(status->running);
        CHECK(staleBecause(*status, running.clock.wallTime()).empty());
    }
    const auto ended = readStatus(data);
    REQUIRE(ended);
    CHECK(staleBecause(*ended, running.clock.wallTime()).find("in order") != std::string::npos);
    CHECK(std::filesystem::exists(metricsFileIn(data)));
}

TEST_CASE("what is old, of a process that is gone, or yet to come is stale") {
    const WallTime now{std::chrono::hours(24 * 20000)};
    KioskStatus status;
    status.running = true;
    status.process = ::getpid();
    const auto at = [&](std::chrono::seconds age) {
        status.writtenAt =
            std::chrono::duration_cast<std::chrono::seconds>((now - age).time_since_epoch())
                .count();
        return staleBecause(status, now);
    };
    CHECK(at(std::chrono::seconds(0)).empty());
    CHECK(at(std::chrono::seconds(90)).empty());
    CHECK(at(std::chrono::seconds(91)).find("nothing since") != std::string::npos);
    CHECK(at(std::chrono::seconds(-91)).find("yet to come") != std::string::npos);
    // No process has this number: the kernel's are smaller.
    status.process = 1 << 30;
    CHECK(at(std::chrono::seconds(0)).find("was killed") != std::string::npos);
}

TEST_CASE("what is no state of a kiosk is refused") {
    const std::string good = jsonOf(KioskStatus{});
    CHECK(parseStatus(good));
    for (const char* text : {"", "{}", "[]", "null", "{\"format\": 2}"}) {
        CAPTURE(text);
        CHECK_FALSE(parseStatus(text));
    }
    for (const char* name : {"writtenAt", "parts", "lanes", "books", "running"}) {
        std::string other = good;
        other.replace(other.find(name), 3, "xxx");
        CAPTURE(name);
        CHECK_FALSE(parseStatus(other));
    }
}
