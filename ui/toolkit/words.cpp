#include "ui/toolkit/words.hpp"

#include "firmware/base/config_file.hpp"

namespace liqu::ui {

namespace {

using Dictionary = std::map<std::string, std::string, std::less<>>;

Result<void> collect(const ConfigFile& file, const std::string& prefix, Dictionary& dictionary) {
    for (const std::string& name : file.names(prefix)) {
        std::string key = prefix;
        if (!key.empty()) key += '.';
        key += name;
        if (!file.names(key).empty()) {
            TRY(collect(file, key, dictionary));
        } else {
            dictionary.emplace(key, TRY(file.text(key)));
        }
    }
    return {};
}

Result<Dictionary> readLanguage(const std::filesystem::path& folder, Language language) {
    const ConfigFile file =
        TRY(ConfigFile::read(folder / (std::string(codeOf(language)) + ".toml")));
    Dictionary dictionary;
    TRY(collect(file, "", dictionary));
    return dictionary;
}

}  // namespace

std::string_view codeOf(Language language) {
    return language == Language::chinese ? "zh-CN" : "en";
}

Result<Words> Words::read(const std::filesystem::path& folder) {
    Words words;
    words.chinese_ = TRY(readLanguage(folder, Language::chinese));
    words.english_ = TRY(readLanguage(folder, Language::english));
    return words;
}

const Dictionary& Words::all(Language language) const {
    return language == Language::chinese ? chinese_ : english_;
}

bool Words::has(Language language, std::string_view key) const {
    return all(language).contains(key);
}

std::string Words::text(Language language, const Phrase& phrase) const {
    const auto found = all(language).find(phrase.key);
    if (found == all(language).end()) return "[" + phrase.key + "]";
    std::string text = found->second;
    for (const auto& [name, value] : phrase.values) {
        const std::string placeholder = "{" + name + "}";
        for (std::size_t at = text.find(placeholder); at != std::string::npos;
             at = text.find(placeholder, at + value.size())) {
            text.replace(at, placeholder.size(), value);
        }
    }
    return text;
}

std::vector<std::string> placeholdersOf(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t open = text.find('{'); open != std::string_view::npos;
         open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) break;
        names.emplace_back(text.substr(open + 1, close - open - 1));
    }
    return names;
}

}  // namespace liqu::ui
