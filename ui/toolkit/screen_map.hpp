// What stands where on the screen, for robots, tests and assistive aids: every widget's id, place
// and role, and the key of its words where they are not personal; and the keys of all words shown.
// It only tells; it cannot touch.
// Written as JSON by an atomic rename, and only when something changed; beside it, a line of JSON
// for every screen that was drawn: when it came, and the keys of all its words.
// While somebody listens it also keeps what can be read aloud, in the order of reading; that is
// never written.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"
#include "firmware/screen/phrase.hpp"
#include "ui/toolkit/geometry.hpp"

namespace liqu::ui {

enum class Role : std::uint8_t {
    heading,
    text,
    notice,
    personal,  // personal data: neither key nor words are told
    picture,
    progress,
    primary,
    secondary,
    choice,
    key,
    field,
    footer,
    corner,  // not to be seen
};
constexpr auto wordsOf(Role) {
    return words<Role>({{Role::heading, "heading"},
                        {Role::text, "text"},
                        {Role::notice, "notice"},
                        {Role::personal, "personal"},
                        {Role::picture, "picture"},
                        {Role::progress, "progress"},
                        {Role::primary, "primary"},
                        {Role::secondary, "secondary"},
                        {Role::choice, "choice"},
                        {Role::key, "key"},
                        {Role::field, "field"},
                        {Role::footer, "footer"},
                        {Role::corner, "corner"}});
}

// Of what can be touched.
enum class WidgetState : std::uint8_t { enabled, disabled, chosen };
constexpr auto wordsOf(WidgetState) {
    return words<WidgetState>({{WidgetState::enabled, "enabled"},
                               {WidgetState::disabled, "disabled"},
                               {WidgetState::chosen, "chosen"}});
}

struct MapEntry {
    std::string id{};
    Role role = Role::text;
    Rect place{};  // pixels of the window
    std::string key{};
    WidgetState state = WidgetState::enabled;
    bool fits = true;  // the words fit into the place; not written, for tests

    friend bool operator==(const MapEntry& one, const MapEntry& other);
};

// One thing that stands on the screen, for whoever listens: words, or personal data.
struct Readable {
    screen::Phrase words;
    PersonalText personal{};
    Role role = Role::text;
    bool chosen = false;
};
// Whether what can be read aloud is kept.
enum class Listening : std::uint8_t { no, yes };

class ScreenMap {
  public:
    void listen(Listening listening) { listening_ = listening; }
    void begin(std::string_view screen, std::string_view language, Size window);
    void add(MapEntry entry) { entries_.push_back(std::move(entry)); }
    // Words with this key are on the screen, whatever widget they belong to.
    void say(std::string_view key) { said_.emplace(key); }
    // The same, as one can listen to it; once on a page, as what it was said last.
    void say(const Readable& readable);

    void tellClipped(std::string_view id);
    // The keys are at this control.
    void focus(std::string_view id) { focused_ = id; }

    const std::vector<MapEntry>& entries() const { return entries_; }
    const std::set<std::string>& said() const { return said_; }
    const std::string& focused() const { return focused_; }
    const std::string& screen() const { return screen_; }
    const std::string& language() const { return language_; }
    const MapEntry* find(std::string_view id) const;
    std::string toJson(std::uint64_t sequence) const;

    const std::vector<Readable>& readable() const { return readable_; }
    void forgetReadable() { readable_.clear(); }

    // By what is written of it.
    friend bool operator==(const ScreenMap& one, const ScreenMap& other);

  private:
    std::string screen_;
    std::string language_;
    int width_ = 0;
    int height_ = 0;
    std::vector<MapEntry> entries_;
    std::set<std::string> said_;
    std::string focused_;  // empty: nothing
    Listening listening_ = Listening::no;
    std::vector<Readable> readable_;
};

// Writes a map to a file whenever it differs from the last one.
class ScreenMapFile {
  public:
    explicit ScreenMapFile(std::filesystem::path path) : path_(std::move(path)) {}
    Result<void> publish(const ScreenMap& map);
    // Adds a line to "<path>.shown" where other words are shown than in the line before.
    Result<void> record(const ScreenMap& map, WallTime since);

  private:
    std::filesystem::path path_;
    std::string lastShown_;
    std::uint64_t sequence_ = 0;
    ScreenMap last_;
};

}  // namespace liqu::ui
