#include "tests/manual/walk_pictures.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace liqu::manual {
namespace {

namespace files = std::filesystem;

// "07-staff-menu.png" → "staff-menu"; empty where it is no picture of a screen.
std::string screenOf(const files::path& file) {
    const std::string stem = file.stem().string();
    const std::size_t dash = stem.find('-');
    if (file.extension() != ".png" || dash == std::string::npos || dash == 0) return {};
    const bool numbered =
        std::all_of(stem.begin(), stem.begin() + static_cast<std::ptrdiff_t>(dash),
                    [](char sign) { return sign >= '0' && sign <= '9'; });
    return numbered ? stem.substr(dash + 1) : std::string();
}

// Of one folder, in the order in which they were taken.
std::vector<files::path> picturesIn(const files::path& folder) {
    std::vector<files::path> found;
    std::error_code error;
    for (const auto& entry : files::directory_iterator(folder, error)) {
        if (!screenOf(entry.path()).empty()) found.push_back(entry.path());
    }
    std::ranges::sort(found, {},
                      [](const files::path& file) { return std::stoi(file.filename().string()); });
    return found;
}

}  // namespace

Result<WalkPictures> WalkPictures::open(const files::path& folder) {
    WalkPictures walk;
    for (const char* part : {"screens", "screens/visit", "screens/counter"}) {
        for (const files::path& file : picturesIn(folder / part)) {
            walk.pictures_[screenOf(file)].push_back(file);
        }
    }
    if (walk.pictures_.empty()) {
        return fail(ErrorCode::fileNotReadable, "no pictures of a walk in " + folder.string());
    }
    std::ifstream record(folder / "kiosk" / "screen-map.json.shown");
    std::string line;
    while (std::getline(record, line)) {
        const auto shown = nlohmann::json::parse(line, nullptr, false);
        // The last line may be cut off.
        if (!shown.is_object() || !shown.contains("screen") || !shown.contains("keys")) continue;
        auto& words = walk.words_[shown["screen"].get<std::string>()];
        for (const auto& key : shown["keys"]) words.insert(key.get<std::string>());
    }
    return walk;
}

Result<files::path> WalkPictures::of(const Step& step) const {
    const Picture& wanted = step.picture;
    const auto found = pictures_.find(wanted.screen);
    if (found == pictures_.end() || found->second.size() < wanted.which) {
        return fail(ErrorCode::fileNotReadable, "the walk " + wanted.walk +
                                                    " did not meet the screen " + wanted.screen +
                                                    " " + std::to_string(wanted.which) + " times");
    }
    const auto words = words_.find(wanted.screen);
    for (const Passage* passage : {&step.title, &step.does}) {
        for (const std::string& key : passage->keys) {
            if (words != words_.end() && words->second.contains(key)) continue;
            return fail(ErrorCode::configBadValue, "the walk " + wanted.walk + ": " + key +
                                                       " never stood on the screen " +
                                                       wanted.screen);
        }
    }
    return found->second[wanted.which - 1];
}

}  // namespace liqu::manual
