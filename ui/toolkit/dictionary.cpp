#include "ui/toolkit/dictionary.hpp"

namespace liqu::ui {

namespace {

using Wordings = Dictionary::Wordings;

Result<Wording> wordingAt(const ConfigFile& file, const std::string& key) {
    Wording wording;
    wording.text = TRY(file.text(key + ".text"));
    wording.easy = TRY(file.text(key + ".easy", wording.text));
    wording.say = TRY(file.text(key + ".say", wording.text));
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
            const std::string text = TRY(file.text(key));
            wordings.emplace(key, Wording{.text = text, .easy = text, .say = text});
        }
    }
    return {};
}

Result<Wordings> readLanguage(const std::filesystem::path& folder, Language language,
                              Faults* faults) {
    const ConfigFile file =
        TRY(ConfigFile::read(folder / (std::string(nameOf(language)) + ".toml"), faults));
    Wordings wordings;
    TRY(collect(file, "", wordings));
    TRY(file.refuseUnknownKeys());
    return wordings;
}

}  // namespace

Result<Dictionary> Dictionary::read(const std::filesystem::path& folder, Faults* faults) {
    Dictionary words;
    words.chinese_ = TRY(readLanguage(folder, Language::chinese, faults));
    words.english_ = TRY(readLanguage(folder, Language::english, faults));
    return words;
}

Result<void> Dictionary::layOver(const std::filesystem::path& folder, Faults* faults) {
    auto region = TRY(Dictionary::read(folder, faults));
    // What is there already stays in the map that takes it in.
    region.chinese_.merge(chinese_);
    region.english_.merge(english_);
    chinese_ = std::move(region.chinese_);
    english_ = std::move(region.english_);
    return {};
}

const Wordings& Dictionary::all(Language language) const {
    return language == Language::chinese ? chinese_ : english_;
}

bool Dictionary::has(Language language, std::string_view key) const {
    return all(language).contains(key);
}

std::string Dictionary::valueOf(Language language, const Phrase& phrase,
                                std::string_view name) const {
    for (const auto& [given, value] : phrase.values) {
        if (given == name) return value;
    }
    const auto place = places_.find(name);
    if (place != places_.end() && !place->second.empty()) return place->second;
    const auto common = all(language).find("place." + std::string(name));
    return common == all(language).end() ? "{" + std::string(name) + "}" : common->second.text;
}

// In one pass: a value that looks like a placeholder stays what it is.
std::string Dictionary::text(Language language, const Phrase& phrase) const {
    const auto found = all(language).find(phrase.key);
    if (found == all(language).end()) return "[" + phrase.key + "]";
    std::string_view rest = found->second.text;
    std::string text;
    while (true) {
        const std::size_t open = rest.find('{');
        const std::size_t close = rest.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) break;
        text += rest.substr(0, open);
        text += valueOf(language, phrase, rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
    }
    return text.append(rest);
}

}  // namespace liqu::ui
