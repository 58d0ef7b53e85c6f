// The day itself: two clerks and a supervisor at the window, one citizen between them. What is
// checked afterwards is read from the kiosk's files, not from the screens.
#pragma once

#include "tests/world/main/child_process.hpp"
#include "tests/world/main/kiosk_folder.hpp"
#include "tests/world/main/outside_world.hpp"
#include "tests/world/robot/branch_staff.hpp"

namespace liqu::world {

class BranchDay {
  public:
    explicit BranchDay(RunOptions options) : options_(std::move(options)) {}
    ~BranchDay();

    Result<void> live();

  private:
    Result<void> prepare();
    Result<void> makeAccounts();
    Result<void> startKiosk();
    Result<void> playDay(Clerk& clerk);
    Result<void> stockUp(Clerk& clerk);
    Result<void> lookAround(Clerk& clerk);
    Result<void> serveCitizen();
    Result<void> count(Clerk& clerk);
    Result<void> close(Clerk& clerk);
    Result<void> checkWhatIsThere();
    Result<void> shell(const std::string& command);
    Result<void> checkFigure(const std::string& sql, std::int64_t wanted);
    bool kioskLives();

    RunOptions options_;
    FaultPlan faults_;
    std::unique_ptr<test::PrivateDisplay> display_;
    std::unique_ptr<OutsideWorld> world_;
    KioskFolder kiosk_;
    std::unique_ptr<ChildProcess> process_;
};

}  // namespace liqu::world
