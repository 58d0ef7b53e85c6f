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
    const std::string voice = words.languages().of(comfort.language).voice;
    for (Utterance& one :
         heard_.newOf(utterancesOf(map, words, comfort.language, comfort.speech))) {
        voice_->tell(SayOrder{.speech = comfort.speech,
                              .ears = one.isPrivate ? Ears::one : Ears::everybody,
                              .rate = comfort.rate,
                              .volume = comfort.volume,
                              .language = std::string(nameOf(comfort.language)),
                              .voice = voice,
                              .key = std::move(one.key),
                              .words = std::move(one.words)});
    }
}

void Narrator::hush() {
    if (voice_ && !page_.empty()) voice_->tell(StopOrder{});
    page_.clear();
}

}  // namespace liqu::ui
