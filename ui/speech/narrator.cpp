#include "ui/speech/narrator.hpp"

#include <algorithm>

namespace liqu::ui {

using screen::Speech;

std::vector<Speech> Narrator::offered() const {
    std::vector<Speech> ways;
    if (!options_.loudspeaker.empty()) ways.push_back(Speech::loud);
    if (!options_.headphones.empty() && headphonesIn_) ways.push_back(Speech::headphones);
    return ways;
}

bool Narrator::isWanted(const screen::Comfort& comfort, const Dictionary& words) const {
    return std::ranges::count(offered(), comfort.speech) > 0 &&
           !words.languages().of(comfort.language).voice.empty();
}

void Narrator::plug(bool in) {
    headphonesIn_ = in;
    if (!in && speech_ == Speech::headphones) voice_.reset();
}

VoiceProcess* Narrator::running() {
    if (voice_ && !voice_->lives()) voice_.reset();
    if (!voice_) voice_ = VoiceProcess::start(options_);
    return voice_.get();
}

bool Narrator::speaks(const screen::Comfort& comfort, const Dictionary& words) {
    const Speech wanted = isWanted(comfort, words) ? comfort.speech : Speech::off;
    const Speech before = std::exchange(speech_, wanted);
    if (before != wanted) {
        failed_ = false;
        page_.clear();
        if (voice_) voice_->tell(StopOrder{});
        // What was for one ear ends with its process, at once.
        if (options_.earcons.empty() || before == Speech::headphones) voice_.reset();
        if (wanted != Speech::off) running();
        tellsOfDarkness_ = wanted == Speech::headphones;
    }
    if (wanted == Speech::off || failed_) return false;
    failed_ = !voice_ || !voice_->lives();
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
    // Once, to whoever begins to listen alone.
    if (std::exchange(tellsOfDarkness_, false)) {
        const screen::Phrase way{"speech.can-darken"};
        say({way.key, PersonalText(words.spoken(comfort.language, way))}, words, comfort);
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

// Nobody waits for a sound: a machine that has none goes on, and is looked at again later.
void Narrator::play(Earcon earcon, const screen::Comfort& comfort, int louder, Instant now) {
    constexpr Duration lookAgain = std::chrono::minutes{1};
    const auto ways = offered();
    const bool alone =
        comfort.speech == Speech::headphones && std::ranges::count(ways, Speech::headphones) > 0;
    const Speech way = alone ? Speech::headphones : Speech::loud;
    if (options_.earcons.empty() || std::ranges::count(ways, way) == 0) return;
    const bool lives = voice_ && voice_->lives();
    if (!lives && (now < soundsFrom_ || failed_)) return;
    soundsFrom_ = lives ? now : now + lookAgain;
    VoiceProcess* voice = running();
    if (voice == nullptr) return;
    voice->tell(PlayOrder{way, std::min(comfort.volume + louder, screen::mostVolume), earcon});
}

void Narrator::hush() {
    if (voice_ && !page_.empty()) voice_->tell(StopOrder{});
    page_.clear();
}

}  // namespace liqu::ui
