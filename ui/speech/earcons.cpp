#include "ui/speech/earcons.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

namespace liqu::ui {
namespace {

constexpr int playedRate = 22050;
constexpr std::size_t mostNotes = 8;
constexpr int shortestNote = 10;
constexpr int longestNote = 500;
constexpr int longestSound = 1500;
constexpr int lowest = 150;  // what a small loudspeaker still gives
constexpr int highest = 4000;
constexpr int mostFlashes = 3;
constexpr int mostLevel = 10;
// Without them every note begins and ends with a click.
constexpr int edgeMs = 4;

std::optional<int> numberFrom(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

std::optional<EarconRule::Note> noteFrom(std::string_view text) {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto hertz = numberFrom(text.substr(0, space));
    const auto ms = numberFrom(text.substr(space + 1));
    if (!hertz || !ms || *ms < shortestNote || *ms > longestNote) return std::nullopt;
    if (*hertz != 0 && (*hertz < lowest || *hertz > highest)) return std::nullopt;
    return EarconRule::Note{*hertz, *ms};
}

Result<std::vector<EarconRule::Note>> notesAt(const ConfigFile& file, const std::string& key) {
    std::vector<EarconRule::Note> notes;
    int length = 0;
    for (const std::string& text : TRY(file.texts(key))) {
        const auto note = noteFrom(text);
        if (!note) {
            TRY(file.refuse(ErrorCode::configBadValue, key,
                            "a note is hertz (0, 150 to 4000) and ms (10 to 500): \"660 120\""));
            return notes;
        }
        length += note->ms;
        notes.push_back(*note);
    }
    if (notes.empty() || notes.size() > mostNotes || length > longestSound) {
        TRY(file.refuse(ErrorCode::configBadValue, key,
                        "has one to eight notes, 1500 ms together at most"));
    }
    return notes;
}

Result<EarconRule> ruleAt(const ConfigFile& file, const std::string& name) {
    EarconRule rule;
    rule.notes = TRY(notesAt(file, name + ".notes"));
    rule.level = static_cast<int>(TRY(file.integer(name + ".level", 1, mostLevel)));
    rule.see = TRY(file.oneOf<SeenAt>(name + ".see"));
    if (rule.see == SeenAt::control) return rule;
    rule.tone = TRY(file.oneOf<screen::Tone>(name + ".tone"));
    rule.flashes = static_cast<int>(TRY(file.integer(name + ".flashes", 1, mostFlashes)));
    return rule;
}

void add(Wave& wave, const EarconRule::Note& note, double loudness) {
    const int count = playedRate * note.ms / 1000;
    const int edge = playedRate * edgeMs / 1000;
    for (int i = 0; i < count; ++i) {
        const double fade = std::min(1.0, static_cast<double>(std::min(i, count - i)) / edge);
        const double turn = 2 * std::numbers::pi * note.hertz * i / playedRate;
        wave.samples.push_back(static_cast<std::int16_t>(std::sin(turn) * fade * loudness));
    }
}

}  // namespace

Result<Earcons> Earcons::read(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    Earcons earcons;
    for (const Earcon earcon : wordTable<Earcon>.values())
        earcons.rules_[earcon] = TRY(ruleAt(file, std::string(nameOf(earcon))));
    TRY(file.refuseUnknownKeys());
    return earcons;
}

Wave Earcons::sound(Earcon earcon) const {
    constexpr double full = 24000;
    const EarconRule& one = rule(earcon);
    Wave wave{.rate = playedRate, .channels = 1, .samples = {}};
    for (const EarconRule::Note& note : one.notes) add(wave, note, full * one.level / mostLevel);
    return wave;
}

}  // namespace liqu::ui
