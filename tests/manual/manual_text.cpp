#include "tests/manual/manual_text.hpp"

#include <charconv>

#include "firmware/base/config_file.hpp"

namespace liqu::manual {
namespace {

constexpr std::string_view keyLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

using Values = std::vector<std::pair<std::string, std::string>>;

// The text of one manual, with what its placeholders are replaced by.
class Reader {
  public:
    Reader(const ConfigFile& file, const ui::Dictionary& words) : file_(file), words_(words) {}

    Result<void> readValues() {
        forStaff_ = TRY(file_.boolean("staff", false));
        for (const std::string& name : file_.names("values")) {
            values_.emplace_back(name, TRY(file_.text("values." + name)));
        }
        return {};
    }

    Result<Passage> passage(const std::string& key) const {
        return expanded(key, TRY(file_.text(key)));
    }

    Result<Passage> passageOrNone(const std::string& key) const {
        if (!file_.has(key)) return Passage{};
        return passage(key);
    }

    Result<std::vector<Passage>> passages(const std::string& key) const {
        std::vector<Passage> all;
        if (!file_.has(key)) return all;
        for (const std::string& text : TRY(file_.texts(key)))
            all.push_back(TRY(expanded(key, text)));
        return all;
    }

    Result<Picture> picture(const std::string& key) const {
        const std::string text = TRY(file_.text(key));
        const std::size_t slash = text.find('/');
        if (slash == std::string::npos) {
            return fail(file_.wrong(ErrorCode::configBadValue, key, "not walk/screen"));
        }
        Picture picture{text.substr(0, slash), text.substr(slash + 1), 1};
        const std::size_t mark = picture.screen.find('#');
        if (mark == std::string::npos) return picture;
        const char* const end = picture.screen.data() + picture.screen.size();
        const auto [rest, error] =
            std::from_chars(picture.screen.data() + mark + 1, end, picture.which);
        if (error != std::errc() || rest != end || picture.which == 0) {
            return fail(file_.wrong(ErrorCode::configBadValue, key, "no number after #"));
        }
        picture.screen.resize(mark);
        return picture;
    }

    Result<Step> step(const std::string& at) const {
        return Step{.picture = TRY(picture(at + ".picture")),
                    .title = TRY(passage(at + ".title")),
                    .does = TRY(passage(at + ".does")),
                    .comes = TRY(passageOrNone(at + ".comes"))};
    }

    // Staff are told something else where they can do more.
    std::string nextOf(const std::string& code) const {
        const std::string ofStaff = "staff.error." + code;
        const bool told = forStaff_ && words_.has(screen::Language::chinese, ofStaff);
        return told ? "[" + ofStaff + "]" : "[error." + code + ".next]";
    }

    // Of a code what the kiosk says of it, unless the manual knows better.
    Result<Trouble> trouble(const std::string& at) const {
        Trouble one{.seen = TRY(passageOrNone(at + ".seen")),
                    .code = TRY(file_.text(at + ".code", "")),
                    .help = TRY(passageOrNone(at + ".help"))};
        if (!one.code.empty()) {
            const std::string error = "[error." + one.code;
            one.seen = TRY(expanded(at + ".code", error + ".what]"));
            if (one.help.text.empty()) one.help = TRY(expanded(at + ".code", nextOf(one.code)));
        }
        if (one.seen.text.empty() || one.help.text.empty()) {
            return fail(
                file_.wrong(ErrorCode::configBadValue, at, "neither seen and help nor code"));
        }
        return one;
    }

    Result<Chapter> chapter(const std::string& at) const {
        Chapter one{.title = TRY(passage(at + ".title")),
                    .purpose = TRY(passage(at + ".purpose")),
                    .needs = TRY(passages(at + ".needs")),
                    .steps = {},
                    .notes = TRY(passages(at + ".notes")),
                    .troubles = {}};
        for (std::size_t i = 0; i < file_.count(at + ".step"); ++i) {
            one.steps.push_back(TRY(step(at + ".step[" + std::to_string(i) + "]")));
        }
        for (std::size_t i = 0; i < file_.count(at + ".trouble"); ++i) {
            one.troubles.push_back(TRY(trouble(at + ".trouble[" + std::to_string(i) + "]")));
        }
        return one;
    }

  private:
    Result<Passage> expanded(const std::string& at, std::string_view text) const {
        Passage passage;
        while (true) {
            const std::size_t open = text.find('[');
            if (open == std::string_view::npos) break;
            const std::size_t close = text.find_first_not_of(keyLetters, open + 1);
            if (close == std::string_view::npos || text[close] != ']') {
                return fail(
                    file_.wrong(ErrorCode::configBadValue, at, "a bracket that holds no key"));
            }
            const std::string key(text.substr(open + 1, close - open - 1));
            if (!words_.has(screen::Language::chinese, key)) {
                return fail(
                    file_.wrong(ErrorCode::configBadValue, at, "no words have the key " + key));
            }
            passage.text += text.substr(0, open);
            passage.text += words_.text(screen::Language::chinese, {key, values_});
            passage.keys.push_back(key);
            text.remove_prefix(close + 1);
        }
        passage.text += text;
        if (passage.text.find_first_of("{}") != std::string::npos) {
            return fail(file_.wrong(ErrorCode::configBadValue, at,
                                    "[values] lacks a placeholder of: " + passage.text));
        }
        return passage;
    }

    const ConfigFile& file_;
    const ui::Dictionary& words_;
    Values values_;
    bool forStaff_ = false;
};

}  // namespace

Result<Manual> readManual(const std::filesystem::path& file, const ui::Dictionary& words) {
    const ConfigFile data = TRY(ConfigFile::read(file));
    Reader reader(data, words);
    TRY(reader.readValues());
    Manual manual{.title = TRY(data.text("title")),
                  .reader = TRY(data.text("reader")),
                  .opening = TRY(reader.passages("opening")),
                  .chapters = {}};
    for (std::size_t i = 0; i < data.count("chapter"); ++i) {
        manual.chapters.push_back(TRY(reader.chapter("chapter[" + std::to_string(i) + "]")));
    }
    TRY(data.refuseUnknownKeys());
    if (manual.chapters.empty()) {
        return fail(ErrorCode::configMissingKey, file.string() + " has no chapter");
    }
    return manual;
}

Result<std::vector<Walk>> readWalks(const std::filesystem::path& file) {
    const ConfigFile data = TRY(ConfigFile::read(file));
    std::vector<Walk> walks;
    for (std::size_t i = 0; i < data.count("walk"); ++i) {
        const std::string at = "walk[" + std::to_string(i) + "]";
        Walk walk{.name = TRY(data.text(at + ".name")),
                  .visit = TRY(data.text(at + ".visit", "")),
                  .region = TRY(data.text(at + ".region", "")),
                  .site = TRY(data.text(at + ".site", "")),
                  .language = TRY(data.text(at + ".language", "")),
                  .faults = {}};
        if (data.has(at + ".faults")) walk.faults = TRY(data.texts(at + ".faults"));
        walks.push_back(std::move(walk));
    }
    TRY(data.refuseUnknownKeys());
    return walks;
}

}  // namespace liqu::manual
