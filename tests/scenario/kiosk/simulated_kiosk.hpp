// A whole kiosk without hardware: the real session, issuance, books and drivers over the simulated
// outside. The firmware half can die at any moment and start anew on the same database.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "firmware/custody/ledger.hpp"
#include "firmware/desk/stock_desk.hpp"
#include "firmware/session/parts.hpp"
#include "tests/scenario/kiosk/card_owner.hpp"
#include "tests/scenario/kiosk/citizen.hpp"
#include "tests/scenario/kiosk/kiosk_clock.hpp"
#include "tests/scenario/kiosk/seams.hpp"
#include "tests/scenario/kiosk/truth_watch.hpp"
#include "tests/support/paper_model.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::scenario {

struct KioskSettings {
    OutsideSettings outside;
    policy::RegionPolicy region;
    std::int64_t binCapacity = 30;
    Seams* seams = nullptr;  // outlives the kiosk
    // Whoever stands at the window instead of the citizen; outlives the kiosk.
    screen::Display* display = nullptr;
    ports::DocumentPrinter* documents = nullptr;
    policy::StaffConfig staff{};
    std::optional<policy::SiteKind> site{};       // none: not said
    ports::AttentionCaller* attention = nullptr;  // outlives the kiosk
    bool takesPins = false;                       // has a slot for cards, and PIN entry
    ports::PaymentChannel* payments = nullptr;    // outlives the kiosk; null: no fee is taken here
    std::optional<WallTime> builtAt{};            // when the program was built; none: not known
    std::optional<security::Certificate> ownCertificate{};  // none: it cannot be read
    ports::PhotoDecoder* photoDecoder = nullptr;  // outlives the kiosk; null: there is none
    std::string slipPrinter{};  // its profile, "snbc-t080"; empty: the machine prints no slips
    std::string slipForms = "simulator";  // the region whose forms are laid over the common ones
};
// The shipped region of the simulator.
KioskSettings shippedSettings(std::vector<std::string> faults = {});
// Before an older province, "hn", "hb" or "jl": the simulator's rules in its city.
KioskSettings olderSettings(const std::string& province, std::vector<std::string> faults = {});
// For the same visit hundreds of times: only one message in so many is held against the contract.
KioskSettings oneOfMany(std::vector<std::string> faults = {});

// What its books are sealed with, and the chance it was drawn from.
security::SealKey machineKey();
SeededRandom randomOfMachineKey();

class SimulatedKiosk {
  public:
    explicit SimulatedKiosk(KioskSettings settings = shippedSettings());
    ~SimulatedKiosk();

    // A person comes and is served as far as the machine goes.
    void serve(world::Document document = world::documents::resident(),
               std::string service = "first-card");
    // Turns without a person, until nothing is open or queued, or nothing moves any more.
    void settle(int turns = 40);

    // kill -9 at a virtual time, or at the n-th look at the wall clock; true where it came.
    bool serveUntilPowerCut(const world::Document& document, std::string service = "first-card");
    void cutPowerAt(Instant when) { cutAt_ = when; }
    void cutPowerAtLook(int number) { clock_.cutAtLook(number); }
    int looks() const { return clock_.looks(); }
    // The firmware half anew, on the same disk and with the same world around it.
    void restart() {
        restart([] {});
    }
    // Somebody is at the files while nothing runs.
    void restart(const std::function<void()>& meanwhile);
    // The same after a cut in the middle of a call: what ran is left as it stands, never unwound.
    void restartAbandoning();
    // One round of the kiosk's loop.
    void turn();
    // Somebody loads more blanks, in the hopper and in the books.
    void restock(int blanks);
    void stop() {
        truth_.kioskStops();
        stop_.request_stop();
    }

    Outside& outside() { return outside_; }
    KioskClock& clock() { return clock_; }
    Citizen& citizen() { return citizen_; }
    // Compares what is shown with what is so.
    TruthWatch& truth() { return truth_; }
    const OwnerGuard& owners() const { return owners_; }
    // The slip printer, where there is one.
    test::PaperModel& paper() { return paper_; }
    storage::Database& database();
    // What staff do with the stock goes through this.
    desk::DeskParts stock();
    std::filesystem::path books() const { return scratch_.folder() / "kiosk.db"; }
    // Two people ask the province for a new epoch, as `liqu books renew` does.
    Result<std::string> renewBooks(const TwoPeople& people);
    // The daily look through the whole of the books; none otherwise.
    void verifyBooksWith(std::function<Result<void>()> verify);
    std::filesystem::path reports() const { return scratch_.folder() / "reports"; }
    const std::vector<std::string>& logLines() const;

  private:
    struct Firmware;
    std::unique_ptr<Firmware> makeFirmware();
    std::unique_ptr<storage::Database> openDatabase();
    void loadBooks();
    void serveAsFarAsItGoes();

    KioskSettings settings_;
    Seams passThrough_;
    Seams& seams_;
    Outside outside_;
    KioskClock clock_;
    test::PaperModel paper_;
    Citizen citizen_;
    TruthWatch truth_;
    OwnerGuard owners_;
    SeededRandom random_{42};
    test::Scratch scratch_;
    std::stop_source stop_;
    std::optional<Instant> cutAt_;
    policy::KioskConfig config_;
    std::vector<std::string> logLines_;
    std::unique_ptr<Firmware> firmware_;
};

}  // namespace liqu::scenario
