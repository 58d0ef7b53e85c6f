#include "ui/toolkit/dictionary.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ui/toolkit/word_joiner.hpp"

namespace liqu::ui {

namespace {

using Wordings = Dictionary::Wordings;

Result<Wording> wordingAt(const ConfigFile& file, const std::string& key) {
    Wording wording;
    wording.text = TRY(file.text(key + ".text"));
    if (file.has(key + ".easy")) wording.easy = TRY(file.text(key + ".easy"));
    if (file.has(key + ".say")) wording.say = TRY(file.text(key + ".say"));
    if (file.has(key + ".place")) wording.place = TRY(file.oneOf<MachinePart>(key + ".place"));
    wording.isPrivate = TRY(file.boolean(key + ".private", false));
    return wording;
}

Result<void> collect(const ConfigFile& file, const std::string& prefix, Wordings& wordings) {
    for (const std::string& name : file.names(prefix)) {
        std::string key = prefix;
        if (!key.empty()) key += '.';
        key += name;
        if (file.has(key + ".text")) {
            wordings.emplace(key, TRY(wordingAt(file, key)));
        } else if (!file.names(key).empty()) {
            TRY(collect(file, key, wordings));
        } else {
            wordings.emplace(key, Wording{.text = TRY(file.text(key))});
        }
    }
    return {};
}

std::string fileOf(const Language& language) {
    return std::string(nameOf(language)) + ".toml";
}

Result<Wordings> readLanguage(const std::filesystem::path& folder, Language language,
                              Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(folder / fileOf(language), faults));
    Wordings wordings;
    TRY(collect(file, "", wordings));
    TRY(file.refuseUnknownKeys());
    return wordings;
}

// A value among words that are read from the right: by its own letters, and a number from the left
// (UAX #9: FSI, where nothing strong is in it LRI, until PDI).
std::string isolate(const std::string& value) {
    return (isReadFromTheRight(value) ? "\u2068" : "\u2066") + value + "\u2069";
}

// Names of values that tell nobody's own: everything else is kept from the loudspeaker.
constexpr std::array<std::string_view, 24> publicValues = {
    "bank",      "bankHotline", "basis",   "code",     "complaint", "count",
    "counter",   "days",        "digits",  "document", "hotline",   "formalLossPlace",
    "lossPhone", "minutes",     "number",  "of",       "part",      "parts",
    "phone",     "position",    "seconds", "tries",    "what",      "where"};

// A text as it is may be a number of somebody's.
bool isPublic(std::string_view name, std::string_view value) {
    if (name == "text") return value.find_first_of("0123456789") == std::string_view::npos;
    return std::ranges::find(publicValues, name) != publicValues.end();
}

}  // namespace

Result<Dictionary> Dictionary::read(const std::filesystem::path& folder, Faults* faults) {
    Dictionary words;
    words.folder_ = folder;
    words.languages_ = TRY(Languages::read(folder, faults));
    for (const auto& [language, writing] : words.languages_.all()) {
        words.words_[language] =
            std::make_shared<const Wordings>(TRY(readLanguage(folder, language, faults)));
    }
    return words;
}

Result<void> Dictionary::layOver(const std::filesystem::path& folder, Faults* faults) {
    for (auto& [language, words] : words_) {
        const bool must = language == Language::chinese || language == Language::english;
        std::error_code error;
        if (!must && !std::filesystem::exists(folder / fileOf(language), error)) continue;
        auto region = TRY(readLanguage(folder, language, faults));
        // What is there already stays in the map that takes it in.
        region.insert(words->begin(), words->end());
        words = std::make_shared<const Wordings>(std::move(region));
    }
    laidOver_ = folder;
    return {};
}

Dictionary Dictionary::asRead() const {
    Dictionary words;
    words.languages_ = languages_;
    words.words_ = words_;
    words.folder_ = folder_;
    words.laidOver_ = laidOver_;
    return words;
}

const Wordings& Dictionary::all(Language language) const {
    static const Wordings none;
    const auto found = words_.find(language);
    return found == words_.end() ? none : *found->second;
}

bool Dictionary::has(Language language, std::string_view key) const {
    return all(language).contains(key);
}

const Wording* Dictionary::find(Language language, std::string_view key) const {
    for (const Language& one : {language, Language::chinese}) {
        const auto found = all(one).find(key);
        if (found != all(one).end()) return &found->second;
    }
    return nullptr;
}

std::string Dictionary::valueOf(Language language, const Phrase& phrase,
                                std::string_view name) const {
    for (const auto& [given, value] : phrase.values) {
        if (given == name) return value;
    }
    const auto place = places_.find(name);
    if (place != places_.end() && !place->second.empty()) return place->second;
    const Wording* common = find(language, "place." + std::string(name));
    return common == nullptr ? "{" + std::string(name) + "}" : common->text;
}

std::string Dictionary::text(Language language, const Phrase& phrase, Plainness plainness) const {
    const Wording* found = find(language, phrase.key);
    if (found == nullptr) return "[" + phrase.key + "]";
    const std::string& words = plainness == Plainness::easy ? found->easyText() : found->text;
    const auto joined = joined_.find(words);
    return filled(language, phrase, joined == joined_.end() ? words : joined->second);
}

Result<void> Dictionary::joinChineseWords(const std::filesystem::path& program) {
    std::set<std::string> texts;
    for (const auto& [key, wording] : all(Language::chinese))
        texts.insert({wording.text, wording.easyText()});
    std::erase_if(texts,
                  [](const std::string& text) { return text.find('\n') != std::string::npos; });
    const std::vector<std::string> asked(texts.begin(), texts.end());
    auto joined = TRY(withJoinedWords(asked, program, folder_ / "zh-CN.words.txt"));
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (joined[i] != asked[i]) joined_[asked[i]] = std::move(joined[i]);
    }
    return {};
}

std::string Dictionary::spoken(Language language, const Phrase& phrase) const {
    const Wording* found = find(language, phrase.key);
    return found == nullptr ? std::string() : filled(language, phrase, found->spokenText());
}

bool Dictionary::isPrivate(Language language, const Phrase& phrase) const {
    const Wording* found = find(language, phrase.key);
    if (found != nullptr && found->isPrivate) return true;
    return std::ranges::any_of(phrase.values, [found](const auto& value) {
        const auto& [name, text] = value;
        const bool isSaid =
            found == nullptr || found->spokenText().find("{" + name + "}") != std::string::npos;
        return isSaid && !isPublic(name, text);
    });
}

// In one pass: a value that looks like a placeholder stays what it is.
std::string Dictionary::filled(Language language, const Phrase& phrase,
                               std::string_view rest) const {
    const bool isolated = languages_.of(language).direction == Direction::rightToLeft;
    std::string text;
    while (true) {
        const std::size_t open = rest.find('{');
        const std::size_t close = rest.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) break;
        text += rest.substr(0, open);
        const std::string value =
            valueOf(language, phrase, rest.substr(open + 1, close - open - 1));
        text += isolated ? isolate(value) : value;
        rest.remove_prefix(close + 1);
    }
    return text.append(rest);
}

}  // namespace liqu::ui
