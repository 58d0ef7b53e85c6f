// Stands between the kiosk and whoever is in front of it, and compares every word that is shown
// with the world and the books at that instant (decision 44). One thread.
#pragma once

#include <string>
#include <vector>

#include "firmware/ports/attention_caller.hpp"
#include "firmware/screen/display.hpp"
#include "firmware/storage/database.hpp"
#include "tests/scenario/kiosk/outside.hpp"
#include "tests/support/paper_model.hpp"
#include "tests/world/truth/predicates.hpp"
#include "tests/world/truth/world_watch.hpp"

namespace liqu::scenario {

class TruthWatch final : public screen::Display {
  public:
    // attention: what the branch is called with; paper: the slip printer; null where there is none.
    TruthWatch(Outside& outside, screen::Display& person, const ports::AttentionCaller* attention,
               const test::PaperModel* paper = nullptr);

    // The firmware is there, with these books; they are read where staff or a closed machine speak.
    void kioskStarts(storage::Database& books);
    // What ran is gone, and its books with it.
    void kioskEnded() { books_ = nullptr; }
    // What only a test can bring about: money taken by a machine that has no slot for it.
    void happened(int truth::Truth::*fact) { world_.happened(fact); }
    // What a test breaks by itself, beside the fault plan: until it is mended.
    void breaks(int truth::Truth::*faults) { broken_.*faults = 1; }
    void mended() { broken_ = {}; }
    void kioskStops() { world_.happened(&truth::Truth::stopsNow); }

    void show(screen::Screen screen) override;
    std::optional<screen::Action> waitForAction(Instant until) override;
    void forgetPersonalData() override { person_.forgetPersonalData(); }

    // Whose visit it is.
    const std::optional<world::Document>& holder() const { return world_.holder(); }
    // What is not so of a screen, if it were shown now.
    std::vector<truth::Lie> liesIn(const screen::Screen& screen);
    // "is-this-you says queries.still: not so (asksForTheCard); visitRuns 1, …"
    const std::vector<std::string>& lies() const { return lies_; }
    // Somebody who wants to hear of each lie at once; the test programs.
    static void (*onLie)(const std::string& lie);

  private:
    void follow(const screen::Screen& screen);
    truth::Truth look(const screen::Screen& screen);
    void lookAtBooks(truth::Truth& truth);
    void lookAtRecord(truth::Truth& truth);
    void lookAtBanks(truth::Truth& truth, const screen::PersonPage& page);
    void lookAtSlot(truth::Truth& truth);
    void heed(const screen::Action& action);

    Outside& outside_;
    screen::Display& person_;
    const ports::AttentionCaller* attention_;
    const test::PaperModel* paper_;
    std::size_t slipsBefore_ = 0;  // those that had come out when the visit began
    truth::WorldWatch world_;
    storage::Database* books_ = nullptr;
    screen::Screen shown_;
    std::string page_;  // name, and number of the question
    int actsBefore_ = 0;
    int actsSeen_ = 0;
    truth::Truth broken_;
    // Of the person's own card, as the visit began.
    Bytes pinBefore_;
    int triesBefore_ = 0;
    std::vector<std::string> lies_;
};

}  // namespace liqu::scenario
