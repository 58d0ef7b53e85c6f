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

}  // namespace

Page settingsPage(const screen::Frame& frame, const Languages& languages,
                  const std::vector<screen::LetterSize>& sizes) {
    Page page;
    page.name = "settings";
    page.question = {"settings.question"};
    const auto contrasts = wordTable<screen::Contrast>.values();
    page.blocks.emplace_back(languageOptions(frame, languages));
    page.blocks.emplace_back(optionsOf("letters", sizes, frame.comfort.size));
    page.blocks.emplace_back(optionsOf("contrast", std::vector(contrasts.begin(), contrasts.end()),
                                       frame.comfort.contrast));
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
