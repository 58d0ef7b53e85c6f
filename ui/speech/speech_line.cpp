#include "ui/speech/speech_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "firmware/base/encoding.hpp"

namespace liqu::ui {
namespace {

constexpr std::size_t mostNameBytes = 80;

bool isOfName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}
// A dash first would be an option of a program.
bool isName(std::string_view text) {
    return !text.empty() && text.size() <= mostNameBytes && text.front() != '-' &&
           std::ranges::all_of(text, isOfName);
}

std::optional<int> stepFrom(std::string_view text, int most) {
    int step = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (step < 1 || step > most) return std::nullopt;
    return step;
}

bool isGood(const SayOrder& order) {
    const bool forOne = order.ears == Ears::one;
    if (order.speech == screen::Speech::off) return false;
    if (forOne && order.speech != screen::Speech::headphones) return false;
    const std::string& words = order.words.reveal();
    const auto controls = [](char c) { return c >= 0 && c < ' '; };
    return isName(order.language) && isName(order.voice) && isName(order.key) && !words.empty() &&
           words.size() <= mostWordBytes && std::ranges::none_of(words, controls) &&
           utf16leFromUtf8(words).has_value() && order.rate >= 1 &&
           order.rate <= screen::mostRate && order.volume >= 1 &&
           order.volume <= screen::mostVolume;
}

template <std::size_t count>
std::optional<std::array<std::string_view, count>> wordsIn(std::string_view text) {
    std::array<std::string_view, count> words{};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t end = text.find(' ');
        if ((end == std::string_view::npos) != (i + 1 == words.size())) return std::nullopt;
        words.at(i) = text.substr(0, end);
        text.remove_prefix(std::min(text.size(), end == std::string_view::npos ? end : end + 1));
    }
    return words;
}

std::optional<Order> playFrom(std::string_view text) {
    const auto words = wordsIn<3>(text);
    if (!words) return std::nullopt;
    const auto mode = named<screen::Speech>(words->at(0));
    const auto volume = stepFrom(words->at(1), screen::mostVolume);
    const auto earcon = named<Earcon>(words->at(2));
    if (!mode || *mode == screen::Speech::off || !volume || !earcon) return std::nullopt;
    return PlayOrder{*mode, *volume, *earcon};
}

PersonalText lineOf(const PlayOrder& play) {
    if (play.speech == screen::Speech::off || play.volume < 1 || play.volume > screen::mostVolume)
        return {};
    return PersonalText("play " + std::string(nameOf(play.speech)) + " " +
                        std::to_string(play.volume) + " " + std::string(nameOf(play.earcon)) +
                        "\n");
}

std::string onOneLine(std::string words) {
    std::ranges::replace_if(
        words, [](char c) { return c >= 0 && c < ' '; }, ' ');
    if (words.size() <= mostWordBytes) return words;
    std::size_t end = mostWordBytes;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) --end;
    words.resize(end);
    return words;
}

}  // namespace

PersonalText lineOf(const Order& order) {
    if (std::holds_alternative<StopOrder>(order)) return PersonalText("stop\n");
    if (const auto* play = std::get_if<PlayOrder>(&order)) return lineOf(*play);
    SayOrder say = std::get<SayOrder>(order);
    say.words = PersonalText(onOneLine(say.words.reveal()));
    if (!isGood(say)) return {};
    std::string line = "say ";
    line.reserve(mostLineBytes);
    for (const std::string& word :
         {std::string(nameOf(say.speech)), std::string(nameOf(say.ears)), std::to_string(say.rate),
          std::to_string(say.volume), say.language, say.voice}) {
        line += word + " ";
    }
    line += say.key + "\t" + say.words.reveal() + "\n";
    return PersonalText(std::move(line));
}

std::optional<Order> orderFrom(std::string_view line) {
    if (line == "stop") return StopOrder{};
    constexpr std::string_view sounds = "play ";
    if (line.starts_with(sounds)) return playFrom(line.substr(sounds.size()));
    constexpr std::string_view verb = "say ";
    const std::size_t tab = line.find('\t');
    if (!line.starts_with(verb) || tab == std::string_view::npos) return std::nullopt;
    const auto head = wordsIn<7>(line.substr(verb.size(), tab - verb.size()));
    if (!head) return std::nullopt;
    const auto& [speech, ears, rate, volume, language, voice, key] = *head;
    const auto mode = named<screen::Speech>(speech);
    const auto whose = named<Ears>(ears);
    const auto rateStep = stepFrom(rate, screen::mostRate);
    const auto volumeStep = stepFrom(volume, screen::mostVolume);
    if (!mode || !whose || !rateStep || !volumeStep) return std::nullopt;
    SayOrder order{*mode,
                   *whose,
                   *rateStep,
                   *volumeStep,
                   std::string(language),
                   std::string(voice),
                   std::string(key),
                   PersonalText(std::string(line.substr(tab + 1)))};
    if (!isGood(order)) return std::nullopt;
    return order;
}

bool LineBuffer::add(std::string_view bytes) {
    std::string all = bytes_.reveal();
    all += bytes;
    const std::size_t last = all.rfind('\n');
    const std::size_t open = last == std::string::npos ? all.size() : all.size() - last - 1;
    bytes_ = PersonalText(std::move(all));
    return open <= mostLineBytes;
}

std::optional<PersonalText> LineBuffer::take() {
    const std::string& all = bytes_.reveal();
    const std::size_t end = all.find('\n');
    if (end == std::string::npos) return std::nullopt;
    PersonalText line(all.substr(0, end));
    bytes_ = PersonalText(all.substr(end + 1));
    return line;
}

}  // namespace liqu::ui
