#include "ui/toolkit/screen_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

namespace liqu::ui {

bool operator==(const MapEntry& one, const MapEntry& other) {
    return one.id == other.id && one.role == other.role && one.key == other.key &&
           one.state == other.state && one.place.x == other.place.x &&
           one.place.y == other.place.y && one.place.width == other.place.width &&
           one.place.height == other.place.height;
}

bool operator==(const ScreenMap& one, const ScreenMap& other) {
    return one.screen_ == other.screen_ && one.language_ == other.language_ &&
           one.width_ == other.width_ && one.height_ == other.height_ &&
           one.entries_ == other.entries_ && one.said_ == other.said_ &&
           one.focused_ == other.focused_;
}

void ScreenMap::say(const Readable& readable) {
    if (!readable.words.empty()) say(readable.words.key);
    if (listening_ == Listening::no) return;
    const auto same =
        std::find_if(readable_.begin(), readable_.end(), [&readable](const Readable& one) {
            return one.words.key == readable.words.key &&
                   one.words.values == readable.words.values && one.personal == readable.personal;
        });
    if (same == readable_.end()) {
        readable_.push_back(readable);
    } else if (readable.role != Role::text) {
        same->role = readable.role;
        same->chosen = readable.chosen;
    }
}

void ScreenMap::begin(std::string_view screen, std::string_view language, Size window) {
    screen_ = screen;
    language_ = language;
    width_ = static_cast<int>(window.width);
    height_ = static_cast<int>(window.height);
    entries_.clear();
    focused_.clear();
    said_.clear();
    readable_.clear();
}

void ScreenMap::tellClipped(std::string_view id) {
    for (MapEntry& entry : entries_) {
        if (entry.id == id) entry.fits = false;
    }
}

const MapEntry* ScreenMap::find(std::string_view id) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const MapEntry& entry) { return entry.id == id; });
    return found == entries_.end() ? nullptr : &*found;
}

std::string ScreenMap::toJson(std::uint64_t sequence) const {
    nlohmann::ordered_json map = {{"screen", screen_},    {"language", language_},
                                  {"width", width_},      {"height", height_},
                                  {"sequence", sequence}, {"widgets", nlohmann::json::array()}};
    for (const MapEntry& entry : entries_) {
        nlohmann::ordered_json widget = {{"id", entry.id},
                                         {"role", nameOf(entry.role)},
                                         {"x", std::lround(entry.place.x)},
                                         {"y", std::lround(entry.place.y)},
                                         {"width", std::lround(entry.place.width)},
                                         {"height", std::lround(entry.place.height)},
                                         {"enabled", entry.state != WidgetState::disabled}};
        if (entry.state == WidgetState::chosen) widget["state"] = nameOf(entry.state);
        if (!entry.key.empty()) widget["key"] = entry.key;
        map["widgets"].push_back(std::move(widget));
    }
    if (!focused_.empty()) map["focused"] = focused_;
    return map.dump(1) + "\n";
}

Result<void> ScreenMapFile::record(const ScreenMap& map, WallTime since) {
    if (path_.empty()) return {};
    nlohmann::ordered_json line = {
        {"screen", map.screen()}, {"language", map.language()}, {"keys", map.said()}};
    std::string shown = line.dump();
    if (shown == lastShown_) return {};
    lastShown_ = std::move(shown);
    line["at"] = formatChinaTime(since);
    std::filesystem::path path = path_;
    path += ".shown";
    std::ofstream file(path, std::ios::binary | std::ios::app);
    file << line.dump() << "\n";
    if (!file.flush()) return fail(ErrorCode::fileNotWritable, path.string());
    return {};
}

Result<void> ScreenMapFile::publish(const ScreenMap& map) {
    if (path_.empty() || (sequence_ > 0 && map == last_)) return {};
    std::filesystem::path draft = path_;
    draft += ".new";
    {
        std::ofstream file(draft, std::ios::binary | std::ios::trunc);
        file << map.toJson(sequence_ + 1);
        if (!file.flush()) return fail(ErrorCode::fileNotWritable, draft.string());
    }
    std::error_code error;
    std::filesystem::rename(draft, path_, error);
    if (error) return fail(ErrorCode::fileNotWritable, path_.string() + ": " + error.message());
    ++sequence_;
    last_ = map;
    last_.forgetReadable();
    return {};
}

}  // namespace liqu::ui
