// A test of each part with its own line: the same looks that let the machine open, asked one by
// one. Nothing is fed and no card's books are touched.
#include "firmware/base/china_time.hpp"
#include "firmware/screen/error_words.hpp"
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using staff::Act;

struct Tested {
    screen::MachinePart part = screen::MachinePart::storage;
    std::optional<WallTime> at{};
    Result<void> result{};
};

// To the second: whoever asks twice sees that it was asked twice.
Phrase momentWords(WallTime at) {
    return Phrase::plain(formatChinaTime(at).substr(11, 8));
}

class PartTests {
  public:
    PartTests(StaffCounter& counter, MachineReadings& readings)
        : counter_(counter),
          readings_(readings),
          readiness_(counter.parts()),
          checks_(readiness_.parts()) {
        for (const auto& check : checks_) tested_.push_back({check.part});
    }

    void serve() {
        while (!counter_.pages().left()) {
            const auto chosen = counter_.pages().show(page());
            if (!chosen || *chosen == "back") return;
            failed_.reset();
            if (*chosen == "all") {
                for (std::size_t index = 0; index < checks_.size(); ++index) test(index);
                writeDown();
                continue;
            }
            for (std::size_t index = 0; index < checks_.size(); ++index) {
                if (*chosen != choiceOf(index)) continue;
                test(index);
                writeDown();
            }
        }
    }

  private:
    std::string nameOfPart(std::size_t index) const {
        return std::string(nameOf(tested_[index].part));
    }
    std::string choiceOf(std::size_t index) const { return "test-" + nameOfPart(index); }

    void test(std::size_t index) {
        counter_.conversation().tell(waitingPage());
        Tested& tested = tested_[index];
        tested.result = checks_[index].check();
        if (tested.part == screen::MachinePart::province) readings_.noteProvince(tested.result);
        tested.at = counter_.now();
        if (tested.result) return;
        if (!failed_) failed_ = tested.result.error();
        line_ += (line_.empty() ? "" : ", ") + nameOfPart(index) + " " +
                 std::to_string(numberOf(tested.result.error().code));
    }

    void writeDown() {
        std::string line = std::exchange(line_, {});
        counter_.record({.act = Act::testParts,
                         .people = {counter_.person().number, ""},
                         .object = line.empty() ? "passed" : "failed: " + line},
                        {});
    }

    // Nobody is listened to while a part is asked.
    StaffPageScreen waitingPage() const {
        StaffPageScreen waits = page();
        waits.notices = {{{"staff.tests.wait"}}};
        waits.ways.clear();
        for (StaffRow& row : waits.tables.front().rows) row.choice.clear();
        return waits;
    }

    StaffPageScreen page() const {
        StaffPageScreen page;
        page.name = "staff-tests";
        page.title = {"staff.tests.title"};
        if (failed_) {
            page.notices = {{screen::whatHappened(failed_->code), Tone::danger},
                            {{"staff.code", {{"code", std::to_string(numberOf(failed_->code))}}}}};
        }
        StaffTable table;
        table.columns = {{{"staff.column.part"}, 1.2F},
                         {{"staff.column.result"}, 2},
                         {{"staff.column.when"}, 1}};
        for (std::size_t index = 0; index < tested_.size(); ++index) {
            const Tested& one = tested_[index];
            const Phrase result = !one.at      ? Phrase::plain("—")
                                  : one.result ? Phrase{"staff.tests.passed"}
                                               : screen::whatHappened(one.result.error().code);
            table.rows.push_back({{{"staff.part." + nameOfPart(index)},
                                   result,
                                   one.at ? momentWords(*one.at) : Phrase{"staff.tests.not-yet"}},
                                  choiceOf(index),
                                  one.at && !one.result ? Tone::danger : Tone::plain});
        }
        page.tables = {std::move(table)};
        page.ways = {mainWay("all", "staff.tests.all")};
        return page;
    }

    StaffCounter& counter_;
    MachineReadings& readings_;
    Readiness readiness_;
    std::vector<Readiness::Part> checks_;
    std::vector<Tested> tested_;
    std::optional<Error> failed_;
    std::string line_;
};

}  // namespace

void testParts(StaffCounter& counter, MachineReadings& readings) {
    PartTests(counter, readings).serve();
}

}  // namespace liqu::session
