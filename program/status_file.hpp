// What a kiosk that runs tells of itself, every half minute, whole and in place of what it told
// before: FOLDER/status/status.json for `liqu status`, and liqu.prom beside it in the text format
// that Prometheus' node exporter collects. Figures and codes only, nothing of a person.
//
// The writer has a thread and connections of its own; the functions are of any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "firmware/base/repeated_log.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/session/state_board.hpp"

namespace liqu::program {

std::filesystem::path statusFileIn(const std::filesystem::path& data);
std::filesystem::path metricsFileIn(const std::filesystem::path& data);

constexpr std::chrono::seconds statusRhythm{30};
// After so many of them it is stale.
constexpr int statusMissesAllowed = 3;

// As read back from status.json; times in seconds since 1970.
struct KioskStatus {
    struct Part {
        std::string name;
        std::int64_t code = 0;  // 0: good
        std::string trouble;    // the code's name
    };
    struct Lane {
        std::int64_t number = 0;
        std::string bank;
        std::int64_t blanks = 0;
        std::int64_t capacity = 0;
        bool stopped = false;
    };
    std::int64_t writtenAt = 0;
    std::int64_t startedAt = 0;
    std::int64_t process = 0;
    bool running = false;
    std::string terminal;
    std::string outlet;
    std::string version;
    std::int64_t schema = 0;
    std::string policy;   // the edition of the region's rules
    std::string config;   // digest of kiosk.toml and these rules
    std::string serving;  // a word of session::Serving
    std::int64_t reason = 0;
    std::int64_t heardBefore = 0;  // seconds since the kiosk's own thread said something
    std::vector<Part> parts;
    std::int64_t booksTrouble = 0;  // the figures below were not to be had
    bool booksNewest = true;
    std::string day;
    std::string dayState;
    std::int64_t waiting = 0;
    std::int64_t parked = 0;
    std::int64_t oldestAge = 0;  // seconds; 0 where nothing waits
    std::vector<Lane> lanes;
    std::map<std::string, std::int64_t> bins;
    std::int64_t freeDisk = 0;  // bytes
};

std::string jsonOf(const KioskStatus& status);
std::string metricsOf(const KioskStatus& status);
// At most 64 KiB. fileNotReadable where it is not what a kiosk of this version writes.
Result<KioskStatus> parseStatus(std::string_view json);
Result<KioskStatus> readStatus(const std::filesystem::path& data);
// Why what it says is not what is: empty where it may be believed.
std::string staleBecause(const KioskStatus& status, WallTime now);

struct StatusSources {
    const policy::KioskConfig& config;
    const policy::RegionPolicy& region;
    std::filesystem::path data;
    std::string configDigest;
    const session::StateBoard& board;
    const Clock& clock;
};
// As it is now. Fails for nothing: what cannot be had is said in it.
KioskStatus gatherStatus(const StatusSources& sources);

class StatusWriter {
  public:
    StatusWriter(StatusSources sources, Log& log);
    // Once more, with the word that it ends.
    ~StatusWriter();

  private:
    void run(const std::stop_token& stop);
    void write(bool running);

    StatusSources sources_;
    std::int64_t startedAt_;
    RepeatedLog log_;
    std::jthread thread_;
};

}  // namespace liqu::program
