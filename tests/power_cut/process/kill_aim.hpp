// Kills the kiosk's process with SIGKILL at a random moment of a wanted step: looks at the journal
// beside the running program until the step's intent is there, waits a random while, kills.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <sys/types.h>
#include <thread>

#include "firmware/base/clock.hpp"
#include "firmware/base/random.hpp"

namespace liqu::proof {

// The step whose intent is open, "" where none is: where a killed kiosk was.
std::string stepUnderWay(const std::filesystem::path& database);

class KillAim {
  public:
    explicit KillAim(std::uint64_t seed) : random_(seed) {}

    // From now on. The next intent of the step counts, not one that is there already.
    void aimAt(const std::string& step, const std::filesystem::path& database, pid_t kiosk);
    // The kill comes after this time, whatever runs then.
    void aimBlindly(Duration after, pid_t kiosk);
    // No kill comes any more; whether one came.
    bool stop();
    // It hit another step: the next time it is quicker.
    void missed(const std::string& step) { longest_[step] *= 0.6; }

  private:
    void start(std::function<bool(const std::stop_token&)> waited, pid_t kiosk);

    SeededRandom random_;
    // Milliseconds from the intent to the kill, at most.
    std::map<std::string, double> longest_ = {
        {"apply", 15},       {"mark", 15},       {"feed", 500},     {"checkBlank", 250},
        {"personalise", 25}, {"writeChip", 250}, {"readBack", 150}, {"print", 2000},
        {"report", 60},      {"enable", 60},     {"present", 900},  {"hold", 400},
        {"reject", 400}};
    std::atomic<bool> killed_ = false;
    std::jthread thread_;
};

}  // namespace liqu::proof
