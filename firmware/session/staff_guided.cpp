#include "firmware/session/staff_guided.hpp"

#include "firmware/screen/error_words.hpp"

namespace liqu::session {
namespace {

using ports::Sensed;

enum class DoneBy : std::uint8_t { nobody, sensor, person };

Phrase wordsOfDone(DoneBy by) {
    return {by == DoneBy::sensor ? "staff.guided.by-sensor" : "staff.guided.by-person"};
}

class Guide {
  public:
    Guide(StaffCounter& counter, const GuidedAct& act)
        : counter_(counter), act_(act), done_(act.steps.size(), DoneBy::nobody) {}

    bool walk() {
        while (step_ < act_.steps.size() && !counter_.pages().left()) {
            const auto chosen = counter_.pages().showLive([this] { return look(); });
            if (!chosen || *chosen == "back") return false;
            if (*chosen == "did" && asked_) finish(DoneBy::person);
        }
        return step_ == act_.steps.size();
    }

  private:
    void finish(DoneBy by) {
        done_[step_] = by;
        ++step_;
    }

    // What the sensor of this step says now; none is unknown.
    Sensed sensed() {
        trouble_.reset();
        const LookAtPrinter& seen = act_.steps[step_].seen;
        if (!seen) return Sensed::notSupported;
        const auto status = counter_.parts().issuance.printer.status();
        if (status) return seen(*status);
        trouble_ = status.error();
        return Sensed::unknown;
    }

    bool mayBeSaid() const { return act_.steps[step_].whenDenied == WhenDenied::personMaySay; }

    std::optional<StaffPageScreen> look() {
        asked_ = false;
        Sensed now = sensed();
        while (now == Sensed::yes) {
            finish(DoneBy::sensor);
            if (step_ == act_.steps.size()) return std::nullopt;
            now = sensed();
        }
        asked_ = now != Sensed::no || mayBeSaid();
        return page(now);
    }

    StaffPageScreen page(Sensed now) const {
        StaffPageScreen page;
        page.name = act_.name;
        page.title = act_.title;
        page.facts = act_.facts;
        page.tables = {steps()};
        if (now == Sensed::no) {
            page.notices = {{{"staff.guided.sensor-waits"}}};
            if (!mayBeSaid()) return page;
            page.notices.push_back({{"staff.guided.sensor-denies"}, Tone::warning});
            page.ways = {mainWay("did", "staff.guided.did-all-the-same")};
            return page;
        }
        if (trouble_) page.notices.push_back({screen::whatHappened(trouble_->code), Tone::warning});
        page.notices.push_back(
            {{now == Sensed::unknown ? "staff.guided.sensor-silent" : "staff.guided.no-sensor"}});
        page.ways = {mainWay("did", "staff.guided.did")};
        return page;
    }

    StaffTable steps() const {
        StaffTable table;
        table.columns = {{{"staff.column.step"}, 0.4F, true},
                         {{"staff.column.what"}, 3},
                         {{"staff.column.state"}, 1}};
        for (std::size_t index = 0; index < act_.steps.size(); ++index) {
            const bool isNow = index == step_;
            const Phrase state = index < step_ ? wordsOfDone(done_[index])
                                 : isNow       ? Phrase{"staff.guided.now"}
                                               : Phrase::plain("—");
            table.rows.push_back({{Phrase::number(static_cast<std::int64_t>(index) + 1),
                                   act_.steps[index].words, state},
                                  "",
                                  isNow ? Tone::warning : Tone::plain});
        }
        return table;
    }

    StaffCounter& counter_;
    const GuidedAct& act_;
    std::vector<DoneBy> done_;
    std::size_t step_ = 0;
    bool asked_ = false;  // the person, of this step
    std::optional<Error> trouble_{};
};

}  // namespace

bool guide(StaffCounter& counter, const GuidedAct& act) {
    return Guide(counter, act).walk();
}

GuidedStep openTheCover() {
    return {{"staff.guided.open"}, [](const ports::PrinterStatus& is) { return is.coverOpen; }};
}

GuidedStep closeTheCover() {
    return {{"staff.guided.close"}, [](const ports::PrinterStatus& is) {
                if (is.coverOpen == Sensed::yes) return Sensed::no;
                return is.coverOpen == Sensed::no ? Sensed::yes : is.coverOpen;
            }};
}

}  // namespace liqu::session
