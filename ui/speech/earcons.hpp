// The six short sounds that say the same everywhere, as data: kiosk-config/speech/earcons.toml.
// Each has a twin for the eye: what was touched shows it itself, or the edge of the page flashes,
// at most twice a second and three times (WCAG 2.2, 2.3.1 "Three flashes or below threshold").
//
//     [card-out]
//     notes = ["660 140", "0 40", "880 220"]     # hertz (0: silence) and ms, one after the other
//     level = 7                                   # of 10
//     see = "border"                              # or "control"
//     tone = "success"                            # border: of which colours
//     flashes = 3
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "firmware/base/config_file.hpp"
#include "firmware/screen/page_parts.hpp"
#include "ui/speech/wave.hpp"

namespace liqu::ui {

enum class Earcon : std::uint8_t { touch, step, yourTurn, cardOut, remind, stopped };
constexpr auto wordsOf(Earcon) {
    return words<Earcon>({{Earcon::touch, "touch"},
                          {Earcon::step, "step"},
                          {Earcon::yourTurn, "your-turn"},
                          {Earcon::cardOut, "card-out"},
                          {Earcon::remind, "remind"},
                          {Earcon::stopped, "stopped"}});
}

// Where the eye sees what the ear hears.
enum class SeenAt : std::uint8_t { control, border };
constexpr auto wordsOf(SeenAt) {
    return words<SeenAt>({{SeenAt::control, "control"}, {SeenAt::border, "border"}});
}

struct EarconRule {
    struct Note {
        int hertz = 0;
        int ms = 0;
    };
    std::vector<Note> notes{};
    int level = 5;
    SeenAt see = SeenAt::border;
    screen::Tone tone = screen::Tone::info;
    int flashes = 0;
};

class Earcons {
  public:
    // All six of them; one that is missing, too long or no note is refused with file and line.
    static Result<Earcons> read(const std::filesystem::path& file, Faults* faults = nullptr);

    const EarconRule& rule(Earcon earcon) const { return rules_.at(earcon); }
    // As it is played, before the volume somebody chose.
    Wave sound(Earcon earcon) const;

  private:
    std::map<Earcon, EarconRule> rules_;
};

}  // namespace liqu::ui
