#include "tests/world/main/voice_end.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace liqu::world {
namespace {

bool isNumber(const std::string& name) {
    return std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

// "7 (liqu-voice) S 4 …": number, name, state, parent.
bool isVoiceOf(const std::filesystem::path& process, pid_t kiosk) {
    std::ostringstream text;
    text << std::ifstream(process / "stat").rdbuf();
    const std::string stat = text.str();
    const std::size_t named = stat.find("(liqu-voice) ");
    if (named == std::string::npos) return false;
    std::istringstream rest(stat.substr(stat.find(')') + 2));
    std::string state;
    pid_t parent = 0;
    rest >> state >> parent;
    return parent == kiosk;
}

}  // namespace

bool killVoiceOf(pid_t kiosk) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename().string();
        if (isNumber(name) && isVoiceOf(entry.path(), kiosk))
            return ::kill(std::stoi(name), SIGKILL) == 0;
    }
    return false;
}

}  // namespace liqu::world
