#include "ui/toolkit/languages.hpp"

#include "firmware/base/assert.hpp"

namespace liqu::ui {
namespace {

Result<Writing> writingOf(const ConfigFile& file, const std::string& code) {
    Writing writing;
    writing.name = TRY(file.text(code + ".name"));
    const std::string direction = TRY(file.text(code + ".direction"));
    if (direction == "rtl") {
        writing.direction = Direction::rightToLeft;
    } else if (direction != "ltr") {
        TRY(file.refuse(ErrorCode::configBadValue, code + ".direction", "is ltr or rtl"));
    }
    for (const std::string& family : TRY(file.texts(code + ".fonts"))) {
        writing.fonts += (writing.fonts.empty() ? "" : ",") + family;
    }
    if (writing.fonts.empty())
        TRY(file.refuse(ErrorCode::configMissingKey, code + ".fonts", "names none"));
    writing.voice = TRY(file.text(code + ".voice", ""));
    writing.staff = TRY(file.boolean(code + ".staff", false));
    writing.draft = TRY(file.boolean(code + ".draft", false));
    return writing;
}

}  // namespace

Languages Languages::usual() {
    Languages languages;
    languages.all_[Language::chinese] = {.name = "中文", .staff = true};
    languages.all_[Language::english] = {.name = "English", .staff = true};
    return languages;
}

Result<Languages> Languages::read(const std::filesystem::path& folder, Faults* faults) {
    std::error_code error;
    if (!std::filesystem::exists(folder / "languages.toml", error)) return usual();
    const ConfigFile file = TRY(ConfigFile::read(folder / "languages.toml", faults));
    Languages languages;
    for (const std::string& code : file.names("")) {
        const auto language = Language::of(code);
        if (!language) {
            TRY(file.refuse(ErrorCode::configBadValue, code, "is no code of a language"));
            continue;
        }
        languages.all_[*language] = TRY(writingOf(file, code));
    }
    if (!languages.has(Language::chinese))
        return fail(ErrorCode::configMissingKey, "languages.toml: zh-CN: is missing");
    TRY(file.refuseUnknownKeys());
    return languages;
}

const Writing& Languages::of(const Language& language) const {
    const auto found = all_.find(language);
    if (found != all_.end()) return found->second;
    const auto chinese = all_.find(Language::chinese);
    LIQU_ASSERT(chinese != all_.end());
    return chinese->second;
}

}  // namespace liqu::ui
