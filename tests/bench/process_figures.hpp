// What the kernel says about a running program. Linux, /proc.
#pragma once

#include <filesystem>
#include <optional>
#include <sys/types.h>
#include <vector>

namespace liqu::bench {

struct ProcessUse {
    double processorSeconds = 0;
    long wakeUps = 0;  // voluntary context switches
};

// The kiosk of this program whose files lie in that folder.
std::optional<pid_t> findProcess(const std::filesystem::path& program,
                                 const std::filesystem::path& itsFolder);
// It and what it started, and these.
std::vector<pid_t> processesUnder(pid_t process);
// Of all its threads.
ProcessUse useOf(pid_t process);

struct Memory {
    double residentMib = 0;
    double anonymousMib = 0;
    double proportionalMib = 0;  // what is shared counts by its share (PSS)
};
Memory memoryOf(pid_t process);

}  // namespace liqu::bench
