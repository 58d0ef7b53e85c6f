// Where the kiosk may have left something: the files it wrote and the memory of its process.
// A finding names the place and the trace, never the value.
#pragma once

#include <filesystem>
#include <sys/types.h>

#include "tests/world/privacy/traces.hpp"

namespace liqu::world {

struct PlaceFinding {
    std::string place;
    std::vector<Finding> findings;
};

// Every file below the folder, whole: of a database also its free pages, and its log beside it.
Result<std::vector<PlaceFinding>> searchFiles(const std::filesystem::path& folder,
                                              const TraceSearch& search);
// Every mapping the process may write. Needs to be its parent with the right to trace, or root.
Result<std::vector<PlaceFinding>> searchMemory(pid_t process, const TraceSearch& search);

std::string describe(const std::vector<PlaceFinding>& found);

}  // namespace liqu::world
