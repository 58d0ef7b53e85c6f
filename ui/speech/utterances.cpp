#include "ui/speech/utterances.hpp"

#include <algorithm>
#include <array>

namespace liqu::ui {
namespace {

constexpr std::size_t leastDigits = 5;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
// Of a code: T-000017, 6101****1234.
bool isOfCode(char c) {
    return c == '*' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool canBeTouched(Role role) {
    return role == Role::primary || role == Role::secondary || role == Role::choice ||
           role == Role::field;
}

// Header and footer are the same on every page; what became of a call is news.
bool isOfFrame(std::string_view key) {
    constexpr std::array<std::string_view, 5> told = {"frame.call-asked", "frame.call-heard",
                                                      "frame.call-unheard", "frame.part-before",
                                                      "frame.part-next"};
    return key.starts_with("frame.") && std::ranges::find(told, key) == told.end();
}

class Reader {
  public:
    Reader(const Dictionary& words, const Language& language, screen::Speech speech)
        : words_(words), language_(language), speech_(speech) {}

    void read(const Readable& readable) {
        if (!readable.words.empty() && isOfFrame(readable.words.key)) return;
        Utterance utterance = utteranceOf(readable);
        if (utterance.words.empty()) return;
        if (utterance.isPrivate && speech_ != screen::Speech::headphones) {
            withheld_ = true;
            return;
        }
        if (canBeTouched(readable.role) && !std::exchange(touches_, true)) say("speech.can-touch");
        utterances_.push_back(std::move(utterance));
    }

    std::vector<Utterance> take() {
        if (withheld_) say("speech.private");
        return std::move(utterances_);
    }

  private:
    Utterance utteranceOf(const Readable& readable) const {
        if (readable.words.empty()) {
            return {"personal", PersonalText(digitByDigit(readable.personal.reveal())), true,
                    false};
        }
        std::string text = words_.spoken(language_, readable.words);
        if (readable.chosen)
            text = words_.spoken(language_, {"speech.chosen", {{"what", std::move(text)}}});
        return {readable.words.key, PersonalText(digitByDigit(text)),
                words_.isPrivate(language_, readable.words), readable.chosen};
    }

    void say(const std::string& key) {
        utterances_.push_back(
            {key, PersonalText(words_.spoken(language_, {key, {}})), false, false});
    }

    const Dictionary& words_;
    Language language_;
    screen::Speech speech_;
    bool touches_ = false;
    bool withheld_ = false;
    std::vector<Utterance> utterances_;
};

}  // namespace

std::string digitByDigit(std::string_view text) {
    std::string said;
    for (std::size_t at = 0; at < text.size();) {
        if (!isDigit(text[at])) {
            said += text[at++];
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isDigit(text[end])) ++end;
        const bool ofCode =
            (at > 0 && (isOfCode(text[at - 1]))) || (end < text.size() && isOfCode(text[end]));
        if (end - at < leastDigits && !ofCode) {
            said += text.substr(at, end - at);
        } else {
            for (std::size_t i = at; i < end; ++i) {
                if (!said.empty() && said.back() != ' ') said += ' ';
                said += text[i];
            }
        }
        at = end;
    }
    std::erase(said, '*');
    return said;
}

std::vector<Utterance> utterancesOf(const ScreenMap& map, const Dictionary& words,
                                    const Language& language, screen::Speech speech) {
    if (speech == screen::Speech::off) return {};
    std::vector<const Readable*> inOrder;
    for (const Readable& readable : map.readable()) inOrder.push_back(&readable);
    std::stable_partition(inOrder.begin(), inOrder.end(),
                          [](const Readable* readable) { return readable->role == Role::heading; });
    Reader reader(words, language, speech);
    for (const Readable* readable : inOrder) reader.read(*readable);
    return reader.take();
}

// Which key of a keypad the finger rests on is part of what is typed.
std::optional<Utterance> utteranceAt(const ScreenMap& map, const Dictionary& words,
                                     const Language& language, screen::Speech speech) {
    const MapEntry* at = map.find(map.focused());
    if (at == nullptr || at->key.empty() || speech == screen::Speech::off) return std::nullopt;
    const auto shown = std::ranges::find_if(map.readable(), [&](const Readable& readable) {
        return readable.words.key == at->key && readable.role == at->role;
    });
    const screen::Phrase phrase =
        shown == map.readable().end() ? screen::Phrase{at->key} : shown->words;
    const bool isPrivate = words.isPrivate(language, phrase);
    if (isPrivate && speech != screen::Speech::headphones) return std::nullopt;
    return Utterance{phrase.key, PersonalText(digitByDigit(words.spoken(language, phrase))),
                     isPrivate};
}

std::vector<Utterance> Heard::newOf(std::vector<Utterance> utterances) {
    std::set<std::pair<std::string, bool>> now;
    std::vector<Utterance> fresh;
    for (Utterance& utterance : utterances) {
        const std::pair mark(utterance.key, utterance.chosen);
        now.insert(mark);
        // Personal data has no key of its own; who listens hears it once, with its page.
        const bool known =
            said_.contains(mark) || (!utterance.chosen && said_.contains({mark.first, true}));
        if (!known) fresh.push_back(std::move(utterance));
    }
    // Chosen before and not now: it may be chosen again.
    std::erase_if(said_, [](const auto& mark) { return mark.second; });
    said_.merge(now);
    return fresh;
}

}  // namespace liqu::ui
