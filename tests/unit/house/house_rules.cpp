#include "tests/unit/house/house_rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <sstream>

namespace liqu::house {
namespace {

// Room → rooms it may include beside itself. What is not listed includes nothing.
const std::map<std::string, std::set<std::string>>& allowed() {
    static const auto table = [] {
        const std::set<std::string> ground = {"firmware/base"};
        const auto above = [](std::set<std::string> below,
                              std::initializer_list<const char*> more) {
            below.insert(more.begin(), more.end());
            return below;
        };
        const auto cards = above(ground, {"firmware/card"});
        const auto outside = above(cards, {"firmware/ports"});
        const auto kept = above(outside, {"firmware/storage", "firmware/security"});
        const auto subjects =
            above(kept, {"firmware/chip", "firmware/custody", "firmware/payment", "firmware/policy",
                         "firmware/province", "firmware/staff"});
        const auto services = above(subjects, {"firmware/issuance", "firmware/screen"});
        const auto desk = above(subjects, {"firmware/issuance"});
        const auto session = above(services, {"firmware/services", "firmware/desk"});
        const auto drivers = above(outside, {"drivers/transport"});
        const auto window = above(cards, {"firmware/screen"});
        return std::map<std::string, std::set<std::string>>{
            {"firmware/base", {}},
            {"firmware/card", ground},
            {"firmware/screen", cards},
            {"firmware/ports", cards},
            {"firmware/storage", outside},
            {"firmware/security", outside},
            {"firmware/chip", kept},
            {"firmware/custody", kept},
            {"firmware/payment", kept},
            {"firmware/policy", kept},
            {"firmware/province", kept},
            {"firmware/issuance", subjects},
            {"firmware/staff", kept},
            {"firmware/services", services},
            {"firmware/desk", desk},
            {"firmware/session", session},
            {"drivers/transport", outside},
            {"drivers/https", drivers},
            {"drivers/payment", above(outside, {"drivers/https"})},
            {"drivers/attention", drivers},
            {"drivers/network", drivers},
            {"drivers/id_reader", drivers},
            {"drivers/card_printer", drivers},
            {"drivers/photo_decoder", drivers},
            {"drivers/receipt_printer", drivers},
            {"drivers/chip_reader", drivers},
            {"ui/paper", outside},
            {"ui/toolkit", window},
            {"ui/speech", above(window, {"ui/toolkit"})},
            {"ui/screens", above(window, {"ui/toolkit", "ui/speech"})}};
    }();
    return table;
}

bool isSource(const std::string& path) {
    return path.ends_with(".hpp") || path.ends_with(".cpp") || path.ends_with(".def");
}
bool isOfProgram(const std::string& path) {
    return path.starts_with("program/");
}
bool isProduct(const std::string& path) {
    return path.starts_with("firmware/") || path.starts_with("drivers/") || path.starts_with("ui/");
}

std::vector<std::string> includesOf(const std::string& text) {
    std::vector<std::string> includes;
    std::istringstream lines(text);
    const std::string mark = "#include \"";
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(mark)) continue;
        includes.push_back(line.substr(mark.size(), line.rfind('"') - mark.size()));
    }
    return includes;
}

}  // namespace

Files readTree(const std::string& root) {
    namespace fs = std::filesystem;
    Files files;
    for (const char* folder : {"firmware", "drivers", "ui", "program", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / folder)) {
            const std::string path = fs::relative(entry.path(), root).string();
            if (!entry.is_regular_file() || !isSource(path)) continue;
            std::ostringstream text;
            text << std::ifstream(entry.path()).rdbuf();
            files[path] = text.str();
        }
    }
    return files;
}

std::string roomOf(const std::string& path) {
    const std::size_t first = path.find('/');
    const std::size_t second = first == std::string::npos ? first : path.find('/', first + 1);
    return second == std::string::npos ? path : path.substr(0, second);
}

std::vector<std::string> includesAgainstRank(const Files& files) {
    std::vector<std::string> wrong;
    const std::vector<std::string> noIncludes;
    for (const auto& [path, text] : files) {
        const std::string room = roomOf(path);
        // The program knows everybody of the product, and no test.
        for (const std::string& include : isOfProgram(path) ? includesOf(text) : noIncludes) {
            if (!isProduct(include) && !isOfProgram(include)) {
                wrong.push_back(path + " includes " + include);
            }
        }
        // A file outside the rooms belongs to no rank.
        if (!isProduct(path) || room == path) continue;
        const auto rule = allowed().find(room);
        if (rule == allowed().end()) {
            wrong.push_back(path + ": the room " + room + " has no rank");
            continue;
        }
        for (const std::string& include : includesOf(text)) {
            const std::string target = roomOf(include);
            if (target != room && !rule->second.contains(target)) {
                wrong.push_back(path + " includes " + include);
            }
        }
    }
    return wrong;
}

std::vector<std::string> circles(const Files& files) {
    enum class Seen { open, done };
    std::map<std::string, Seen> seen;
    std::vector<std::string> found;
    const std::function<void(const std::string&)> visit = [&](const std::string& path) {
        seen[path] = Seen::open;
        for (const std::string& include : includesOf(files.at(path))) {
            if (!files.contains(include)) continue;
            const auto known = seen.find(include);
            if (known == seen.end()) {
                visit(include);
            } else if (known->second == Seen::open) {
                found.push_back(path + " and " + include + " stand in a circle");
            }
        }
        seen[path] = Seen::done;
    };
    for (const auto& [path, text] : files) {
        if (!seen.contains(path)) visit(path);
    }
    return found;
}

std::vector<std::string> filesTooLong(const Files& files, std::size_t most) {
    std::vector<std::string> wrong;
    for (const auto& [path, text] : files) {
        const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
        if (lines > most) wrong.push_back(path + " has " + std::to_string(lines) + " lines");
    }
    return wrong;
}

std::vector<std::string> unfinishedMarks(const Files& files) {
    // Written in two parts, so that this file does not find itself.
    const std::string marks[] = {std::string("TO") + "DO", std::string("FIX") + "ME",
                                 std::string("XX") + "X:"};
    std::vector<std::string> wrong;
    for (const auto& [path, text] : files) {
        for (const std::string& mark : marks) {
            if (text.find(mark) != std::string::npos) wrong.push_back(path + " says " + mark);
        }
    }
    return wrong;
}

std::vector<std::string> includedSources(const Files& files) {
    std::vector<std::string> wrong;
    for (const auto& [path, text] : files) {
        for (const std::string& include : includesOf(text)) {
            if (include.ends_with(".cpp")) wrong.push_back(path + " includes " + include);
        }
    }
    return wrong;
}

std::vector<std::string> threadsUnsaid(const Files& files) {
    const std::regex several("#include <(atomic|condition_variable|mutex|shared_mutex|thread)>");
    std::set<std::string> headers;
    for (const auto& [path, text] : files) {
        if (!isProduct(path) && !isOfProgram(path)) continue;
        if (!std::regex_search(text, several)) continue;
        const std::string header = path.substr(0, path.rfind('.')) + ".hpp";
        headers.insert(files.contains(header) ? header : path);
    }
    std::vector<std::string> wrong;
    for (const std::string& header : headers) {
        const std::string& text = files.at(header);
        const std::string opening = text.substr(0, text.find("#"));
        if (opening.find("hread") == std::string::npos) {
            wrong.push_back(header + " does not say which thread may use it");
        }
    }
    return wrong;
}

std::vector<std::string> commitsOfSession(const Files& files) {
    std::vector<std::string> wrong;
    for (const auto& [path, text] : files) {
        const bool commits = text.find("Transaction::begin") != std::string::npos;
        if (path.starts_with("firmware/session/staff_") && commits) {
            wrong.push_back(path + " begins a commit of its own");
        }
    }
    return wrong;
}

std::vector<std::string> codesNeverRaised(const Files& files) {
    std::set<std::string> raised;
    const std::regex use("(==|!=|case)?\\s*(?:\\w+::)*ErrorCode::(\\w+)(\\s*(?:==|!=))?");
    for (const auto& [path, text] : files) {
        if (!isProduct(path) && !isOfProgram(path)) continue;
        for (std::sregex_iterator at(text.begin(), text.end(), use), end; at != end; ++at) {
            if (!(*at)[1].matched && !(*at)[3].matched) raised.insert((*at)[2]);
        }
    }
    std::vector<std::string> idle;
    const auto list = files.find("firmware/base/errors.def");
    if (list == files.end()) return {"there is no errors.def"};
    const std::regex code("LIQU_ERROR\\(\\d+, (\\w+),");
    const std::string& text = list->second;
    for (std::sregex_iterator at(text.begin(), text.end(), code), end; at != end; ++at) {
        if (!raised.contains((*at)[1])) idle.push_back((*at)[1].str() + " is never raised");
    }
    return idle;
}

}  // namespace liqu::house
