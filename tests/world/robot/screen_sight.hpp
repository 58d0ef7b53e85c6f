// The screen as the robot knows it: the map the kiosk's window writes of itself. It only tells
// where things are; touching goes through the X server alone.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace liqu::world {

struct Spot {
    int x = 0;  // middle, in pixels
    int y = 0;
    int width = 0;  // of the whole, around the middle
    int height = 0;
};

struct SeenScreen {
    std::string name;  // "welcome", as screen::nameOf
    std::string language;
    std::string question;  // the key of its words; tells two faces of one screen apart
    std::string reason;    // the code of the error whose words it shows, "20203"; empty: none
    std::uint64_t sequence = 0;
    std::set<std::string> words;            // the keys of all that is on it
    std::map<std::string, Spot> touchable;  // by id, enabled ones only
    std::vector<std::string> choices;       // of these, the ids of one question's answers
    std::vector<std::string> byKeys;  // of these, what keys can reach, in the order of reading
    std::string focused;              // the one the keys are at; empty: none

    bool offers(const std::string& id) const { return touchable.contains(id); }
};

// None while there is no map yet.
std::optional<SeenScreen> readScreenMap(const std::filesystem::path& file);

}  // namespace liqu::world
