// The words people read and hear, by language and key: kiosk-config/strings/<language>.toml.
//
//     [take-card]
//     where = "请从亮绿灯的出卡口取卡"    # words and no more
//     [take-card.question]               # or with what goes with them
//     text = "卡做好了，请取卡"
//     easy = "请取卡"                    # for who asked for easy words; else the text
//     say = "您的卡做好了，请取卡。"      # as it is read aloud; else the text
//     place = "mouth"                    # the part of the machine it speaks of
//     private = false                    # true: never on the loudspeaker
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware/base/config_file.hpp"
#include "firmware/screen/screen.hpp"
#include "ui/toolkit/languages.hpp"

namespace liqu::ui {

using screen::Phrase;

// Who asked for large letters reads the easy words, where there are any.
enum class Plainness : std::uint8_t { usual, easy };

// The parts of the machine that words can speak of.
enum class MachinePart : std::uint8_t { none, reader, mouth, screen, receipt };
constexpr auto wordsOf(MachinePart) {
    return words<MachinePart>({{MachinePart::none, "none"},
                               {MachinePart::reader, "reader"},
                               {MachinePart::mouth, "mouth"},
                               {MachinePart::screen, "screen"},
                               {MachinePart::receipt, "receipt"}});
}

// Each with its {placeholders}.
struct Wording {
    std::string text;
    std::optional<std::string> easy{};  // nullopt: as `text`
    std::optional<std::string> say{};   // nullopt: as `text`
    MachinePart place = MachinePart::none;
    bool isPrivate = false;

    const std::string& easyText() const { return easy ? *easy : text; }
    const std::string& spokenText() const { return say ? *say : text; }
};

// Copies share what was read.
class Dictionary {
  public:
    // Of all languages of the folder. A word without text, or with a name beside it that means
    // nothing, is refused with file and line.
    static Result<Dictionary> read(const std::filesystem::path& folder, Faults* faults = nullptr);

    // What a region says otherwise, or besides, in the same form: in Chinese and English always, in
    // others where it has them.
    Result<void> layOver(const std::filesystem::path& folder, Faults* faults = nullptr);

    // What a language has no words for is said in Chinese. A key without any words shows itself in
    // brackets: seen at once, and the kiosk goes on. A name in braces that the phrase gives no
    // value for is a place: as the region calls it, or "place.<name>".
    std::string text(Language language, const Phrase& phrase,
                     Plainness plainness = Plainness::usual) const;
    // No line of Chinese words breaks inside one from now on; `program` says where they end
    // (word_joiner.hpp). On failure they break anywhere, as before.
    Result<void> joinChineseWords(const std::filesystem::path& program);
    // As read, without what was joined and which places are used since.
    Dictionary asRead() const;
    // The two folders it was read from; the second is empty where nothing was laid over.
    bool isOf(const std::filesystem::path& folder, const std::filesystem::path& laidOver) const {
        return folder_ == folder && laidOver_ == laidOver;
    }
    // As it is read aloud.
    std::string spoken(Language language, const Phrase& phrase) const;
    // Never on the loudspeaker: the words say so, or a value among them may be somebody's own.
    bool isPrivate(Language language, const Phrase& phrase) const;
    // What the region calls its places: "counter", "formalLossPlace"; empty ones are not used.
    void usePlaces(std::map<std::string, std::string, std::less<>> places) {
        places_ = std::move(places);
    }
    bool has(Language language, std::string_view key) const;
    using Wordings = std::map<std::string, Wording, std::less<>>;
    const Wordings& all(Language language) const;
    const Languages& languages() const { return languages_; }

  private:
    std::string filled(Language language, const Phrase& phrase, std::string_view words) const;
    std::string valueOf(Language language, const Phrase& phrase, std::string_view name) const;
    const Wording* find(Language language, std::string_view key) const;
    Languages languages_;
    std::map<Language, std::shared_ptr<const Wordings>> words_;
    std::map<std::string, std::string, std::less<>> places_;
    std::filesystem::path folder_;
    std::filesystem::path laidOver_;
    std::map<std::string, std::string, std::less<>>
        joined_;  // by the text as it stands in the file
};

}  // namespace liqu::ui
