#include "ui/speech/narrator.hpp"

#include <algorithm>

namespace liqu::ui {

using screen::Speech;

std::vector<Speech> Narrator::offered() const {
    std::vector<Speech> ways;
    if (!options_.loudspeaker.empty()) ways.push_back(Speech::loud);
    if (!options_.headphones.empty()) ways.push_back(Speech::headphones);
    return ways;
}

bool Narrator::isWanted(const screen::Comfort& comfort, const Dictionary& words) const {
    return std::ranges::count(offered(), comfort.speech) > 0 &&
           !words.languages().of(comfort.language).voice.empty();
}

bool Narrator::speaks(const screen::Comfort& comfort, const Dictionary& words) {
    const Speech wanted = isWanted(comfort, words) ? comfort.speech : Speech::off;
    if (std::exchange(speech_, wanted) != wanted) {
        failed_ = false;
        page_.clear();
        if (wanted == Speech::off) voice_.reset();
    }
    if (wanted == Speech::off || failed_) return false;
    if (!voice_) voice_ = VoiceProcess::start(options_);
    if (voice_ && !voice_->lives()) voice_.reset();
    failed_ = !voice_;
    return !failed_;
}

void Narrator::read(const ScreenMap& map, const Dictionary& words, const screen::Comfort& comfort,
                    const std::string& page) {
    if (!speaks(comfort, words)) return;
    if (page_ != page) {
        page_ = page;
        heard_.isAnotherPage();
        voice_->tell(StopOrder{});
    }
    for (Utterance& one :
         heard_.newOf(utterancesOf(map, words, comfort.language, comfort.speech))) {
        say(std::move(one), words, comfort);
    }
    readFocus(map, words, comfort);
}

// Whoever goes on by keys has heard enough of the rest.
void Narrator::readFocus(const ScreenMap& map, const Dictionary& words,
                         const screen::Comfort& comfort) {
    if (std::exchange(focused_, map.focused()) == map.focused()) return;
    auto at = utteranceAt(map, words, comfort.language, comfort.speech);
    if (!at) return;
    voice_->tell(StopOrder{});
    say(std::move(*at), words, comfort);
}

void Narrator::say(Utterance utterance, const Dictionary& words, const screen::Comfort& comfort) {
    voice_->tell(SayOrder{.speech = comfort.speech,
                          .ears = utterance.isPrivate ? Ears::one : Ears::everybody,
                          .rate = comfort.rate,
                          .volume = comfort.volume,
                          .language = std::string(nameOf(comfort.language)),
                          .voice = words.languages().of(comfort.language).voice,
                          .key = std::move(utterance.key),
                          .words = std::move(utterance.words)});
}

void Narrator::hush() {
    if (voice_ && !page_.empty()) voice_->tell(StopOrder{});
    page_.clear();
}

}  // namespace liqu::ui
