// Whether a kiosk that was stopped and started again accounts for every card: settled by itself, or
// with staff where the plan declares it, and then books, machine and province agree.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "firmware/base/two_people.hpp"
#include "tests/power_cut/aftermath.hpp"
#include "tests/scenario/kiosk/simulated_kiosk.hpp"

namespace liqu::proof {

enum class Verdict : std::uint8_t { alone, staff, unaccounted };

struct Judgement {
    Verdict verdict = Verdict::alone;
    std::string why;  // what staff were needed for, or what does not agree
};

// Watches from the outside, over the whole life of a kiosk: a card at the mouth is finished, and
// the person in front never gets two.
class MouthGuard {
  public:
    explicit MouthGuard(scenario::Outside& outside);
    const std::vector<std::string>& found() const { return found_; }

  private:
    void look();
    scenario::Outside& outside_;
    std::string lastSeen_;
    std::vector<std::string> found_;
};

// Of the machine, that only hands can mend; empty: none.
std::string mechanicalFault(scenario::Outside& outside);

class Judge {
  public:
    Judge(scenario::SimulatedKiosk& kiosk, const MouthGuard& guard, AftermathStage& stage,
          std::function<void()> staffGoOn = {})
        : kiosk_(kiosk),
          guard_(guard),
          stage_(stage),
          staffGoOn_(std::move(staffGoOn)),
          staffFor_(stage.takeStaffFor()) {}

    // After a restart: lets the kiosk recover, calls staff where it does not, compares.
    Judgement judge();

  private:
    bool isSettled();
    bool isWell();
    void letTimePass();
    void callStaff();
    bool isMissed(const custody::CardRecord& card);
    void bookPulledOut();
    void bookGoneBlank();
    custody::Mandate mandateOfStaff() const;
    void dealWithParked();
    void countStoppedLane();
    void bookCounted();
    void bookOldCards();
    void bookAsCounted(const custody::CardRecord& card, const world::CardPlaces& places);
    std::string lastScreen() const;
    void compare();
    void compareOrders();
    void compareChanges();
    void compareBlanks();
    void compareRecords();
    bool isForgotten(const std::string& applicationNo) const;
    bool isBlankInBooks(const std::string& number) const;
    std::string applicationOf(const std::string& number) const;
    void compareChips();
    bool isToldByLetter(const std::string& epoch, std::int64_t number);
    void say(std::string what) { found_.push_back(std::move(what)); }

    scenario::SimulatedKiosk& kiosk_;
    const MouthGuard& guard_;
    const AftermathStage& stage_;
    std::function<void()> staffGoOn_;
    std::vector<std::string> found_;
    std::string staffFor_;
};

}  // namespace liqu::proof
