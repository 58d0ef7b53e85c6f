// What was so in the world, moment by moment, while the kiosk ran: truth.json, for the judge to
// compare with the words that were shown. Looks on a thread of its own.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/world/main/outside_world.hpp"
#include "tests/world/truth/truth_file.hpp"
#include "tests/world/truth/world_watch.hpp"

namespace liqu::world {

class TruthRecord {
  public:
    // shown: the file in which the kiosk's window notes each screen; database: the kiosk's books.
    TruthRecord(OutsideWorld& world, const FaultPlan& faults, std::filesystem::path shown,
                std::filesystem::path database);
    ~TruthRecord();

    void kioskStarts();
    void kioskStops();
    // What a person touched, by the ids of the screen map.
    void touched(const std::string& screen, const std::string& id);
    // From here on nobody has the kiosk's books open.
    void stopLooking();
    // Ends the looking.
    Result<void> write(const std::filesystem::path& path, const truth::WordClasses& classes);

  private:
    struct Moment {
        WallTime since;  // the last look that still saw another world
        WallTime at;     // the first look that saw this one
        truth::Truth is;
    };
    void lookAgain();
    void followScreens();
    bool lookAtBooks(truth::Truth& is);
    bool lookAtStaff(truth::Truth& is);
    void lookAtOwnCard(truth::Truth& is);
    void rememberOwnCard();

    OutsideWorld& world_;
    std::string pinBefore_;
    int triesBefore_ = 0;

    std::filesystem::path shown_;
    std::filesystem::path database_;
    SystemClock clock_;
    std::mutex mutex_;
    truth::WorldWatch watch_;
    std::streamoff readUpTo_ = 0;
    std::string screen_;
    // Acts of the staff that were recorded when the page before came, and when this one did.
    int actsBefore_ = 0;
    int actsAtPage_ = 0;
    int actsSeen_ = 0;
    WallTime shownAt_{};
    bool booksSeen_ = false;
    Instant touchedAt_;
    bool timeIsUp_ = false;
    WallTime lookedAt_{};
    std::vector<Moment> moments_;
    std::jthread thread_;
};

}  // namespace liqu::world
