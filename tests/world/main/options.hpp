// What liqu-world is asked to do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/world/main/visits.hpp"

namespace liqu::world {

struct RunOptions {
    bool robot = false;
    std::filesystem::path out;
    const VisitPlan* visit = nullptr;
    std::uint64_t seed = 1;
    std::vector<std::string> faults;
    std::string language = "zh-CN";
    double speed = 1.0;
    bool sound = false;             // what the pages say is read aloud, and heard
    std::string voiceDiesAt;        // a screen; empty: it lives
    std::string profile = "kiosk";  // or desktop225
    bool landscape = false;
    bool byKeys = false;  // the robot uses a keypad and touches nothing
    // A screen at which the kiosk is told to end, once a card is inside or at the mouth; empty:
    // none.
    std::string stopAt;
    // Search what the kiosk wrote and its memory for the person who was there.
    bool searchTraces = false;
    int blanks = 8;  // of them the hopper takes what it can, the others are in a box
    int people = 0;  // who come one after the other, each for a first card; 0: the visit's person
    std::string region;  // of the folder's regions/; empty: the one its kiosk.toml names
    std::string site;    // bank, hrss or authorised; empty: not said
    // How long the kiosk waits for a person, in seconds; the region's own value where 0.
    int patience = 0;
    std::string legacyProvince;  // hn, hb or jl: the kiosk speaks to it; empty: to the other one
    std::filesystem::path kioskProgram;
    std::filesystem::path judgeProgram;
    std::filesystem::path sourceTree;
    // What the machine is set up from: regions, faces, profiles, words; as kiosk-config/ is.
    std::filesystem::path configDir;
};

// Gives an exit code where the program is done with that: help, or a wrong call.
std::optional<int> readOptions(int argc, char** argv, RunOptions& options);

}  // namespace liqu::world
