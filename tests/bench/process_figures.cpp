#include "tests/bench/process_figures.hpp"

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <unistd.h>

namespace liqu::bench {
namespace {

namespace files = std::filesystem;

std::string textOf(const files::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// "VmRSS:      40312 kB": the number behind the word, 0 where it is missing.
long numberBehind(const std::string& text, const std::string& word) {
    const std::size_t found = text.find(word);
    return found == std::string::npos ? 0 : std::stol(text.substr(found + word.size()));
}

// User and system time; fields 14 and 15, counted behind the name in brackets.
double processorSecondsOf(const std::string& stat) {
    std::istringstream fields(stat.substr(stat.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

files::path folderOf(pid_t process) {
    return files::path("/proc") / std::to_string(process);
}

}  // namespace

std::optional<pid_t> findProcess(const files::path& program, const files::path& itsFolder) {
    std::error_code error;
    for (const files::directory_entry& entry : files::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const std::string command = textOf(entry.path() / "cmdline");
        const std::string begin = program.string() + '\0' + "kiosk" + '\0';
        if (command.starts_with(begin) && command.find(itsFolder.string()) != std::string::npos) {
            return static_cast<pid_t>(std::stol(name));
        }
    }
    return std::nullopt;
}

std::vector<pid_t> processesUnder(pid_t process) {
    std::vector<pid_t> all{process};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string parent = "\nPPid:\t" + std::to_string(all[i]) + "\n";
        std::error_code error;
        for (const auto& entry : files::directory_iterator("/proc", error)) {
            const std::string name = entry.path().filename();
            if (name.find_first_not_of("0123456789") != std::string::npos) continue;
            if (textOf(entry.path() / "status").find(parent) != std::string::npos)
                all.push_back(static_cast<pid_t>(std::stol(name)));
        }
    }
    return all;
}

ProcessUse useOf(pid_t process) {
    ProcessUse use;
    std::error_code error;
    for (const auto& task : files::directory_iterator(folderOf(process) / "task", error)) {
        const std::string stat = textOf(task.path() / "stat");
        if (stat.empty()) continue;
        use.processorSeconds += processorSecondsOf(stat);
        // With its line end: "nonvoluntary_ctxt_switches" ends on the same words.
        use.wakeUps += numberBehind(textOf(task.path() / "status"), "\nvoluntary_ctxt_switches:");
    }
    return use;
}

Memory memoryOf(pid_t process) {
    const std::string rolled = textOf(folderOf(process) / "smaps_rollup");
    const auto mebibytes = [&](const char* word) {
        return static_cast<double>(numberBehind(rolled, word)) / 1024;
    };
    return {mebibytes("\nRss:"), mebibytes("\nAnonymous:"), mebibytes("\nPss:")};
}

}  // namespace liqu::bench
