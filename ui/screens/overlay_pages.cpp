// Pages that the window lays over the one that is asked, by itself: nobody behind it waits for
// them.
#include "ui/screens/pages.hpp"

namespace liqu::ui {

namespace {

constexpr std::string_view plainKey = "plain";

Options languageOptions(const screen::Frame& frame, const Languages& languages) {
    Options options{{"settings.language"}, {}};
    for (const Language& language : frame.languages) {
        if (!languages.has(language)) continue;
        options.options.push_back({screen::adjustTo(language),
                                   {std::string(plainKey), {{"text", languages.of(language).name}}},
                                   language == frame.comfort.language});
    }
    return options;
}

template <typename Enum>
Options optionsOf(std::string_view label, const std::vector<Enum>& offered, Enum now) {
    Options options{{"settings." + std::string(label)}, {}};
    for (const Enum one : offered) {
        options.options.push_back({screen::adjustTo(one),
                                   {options.label.key + "-" + std::string(nameOf(one))},
                                   one == now});
    }
    return options;
}

// Nothing where the machine has no sound; a language that has no voice says so.
void offerSound(Page& page, const screen::Frame& frame, const Languages& languages,
                const SoundOffer& sound) {
    using screen::Speech;
    if (sound.ways.empty()) return;
    if (languages.of(frame.comfort.language).voice.empty()) {
        page.blocks.emplace_back(Notice{{"settings.no-voice"}, Tone::info});
        return;
    }
    std::vector<Speech> ways = {Speech::off};
    ways.insert(ways.end(), sound.ways.begin(), sound.ways.end());
    page.blocks.emplace_back(optionsOf("speech", ways, frame.comfort.speech));
    if (frame.comfort.speech == Speech::off) return;
    if (sound.health == Health::failed) {
        page.blocks.emplace_back(Notice{{"settings.no-sound"}, Tone::warning});
        return;
    }
    const Phrase steps{"settings.hearing",
                       {{"count", std::to_string(frame.comfort.volume)},
                        {"of", std::to_string(screen::mostVolume)},
                        {"part", std::to_string(frame.comfort.rate)},
                        {"parts", std::to_string(screen::mostRate)}}};
    Options hearing{steps,
                    {{"volume.down", {"settings.quieter"}},
                     {"volume.up", {"settings.louder"}},
                     {"rate.down", {"settings.slower"}},
                     {"rate.up", {"settings.faster"}}}};
    if (frame.comfort.speech == Speech::headphones)
        hearing.options.push_back({std::string(darkScreen), {"settings.dark"}});
    page.blocks.emplace_back(std::move(hearing));
}

}  // namespace

Page settingsPage(const screen::Frame& frame, const Languages& languages,
                  const std::vector<screen::LetterSize>& sizes, const SoundOffer& sound) {
    Page page;
    page.name = "settings";
    page.question = {"settings.question"};
    const auto contrasts = wordTable<screen::Contrast>.values();
    page.blocks.emplace_back(languageOptions(frame, languages));
    page.blocks.emplace_back(optionsOf("letters", sizes, frame.comfort.size));
    page.blocks.emplace_back(optionsOf("contrast", std::vector(contrasts.begin(), contrasts.end()),
                                       frame.comfort.contrast));
    offerSound(page, frame, languages, sound);
    page.buttons.push_back({ActionKind::finish, {"settings.done"}, true});
    return page;
}

Page stillTherePage(const screen::Frame& frame, int secondsLeft) {
    Page page;
    page.name = "still-there";
    page.question = {"still-there.question"};
    page.picture = Picture::waiting;
    page.blocks.emplace_back(Paragraph{
        {"still-there.seconds", {{"seconds", std::to_string(secondsLeft)}}}, TextSize::large});
    page.buttons.push_back({ActionKind::moreTime, {"still-there.yes"}, true});
    if (frame.canGoHome) page.buttons.push_back({ActionKind::home, {"still-there.no"}, false});
    return page;
}

}  // namespace liqu::ui
