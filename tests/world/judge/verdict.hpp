// The verdict over one run: a list of checks and how the run ended. The judge reads only the
// folder of evidence and shares no code with the kiosk or the simulated devices.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace liqu::judge {

struct Check {
    std::string what;
    bool holds = false;
    std::string detail;  // why not
};

enum class Outcome { made, notMade };

struct Verdict {
    Outcome outcome = Outcome::notMade;
    std::string end;  // the legal end, in words
    std::vector<Check> checks;

    bool allHold() const;
};

Verdict judgeFolder(const std::filesystem::path& folder);
struct Evidence;
// The records alone: without the seal and without looking at the face.
Verdict judgeRecords(const Evidence& evidence);
// The faces alone.
Verdict judgeFaces(const Evidence& evidence);
std::string describe(const Verdict& verdict);
// 0 made, 3 not made; 1 where a check does not hold.
int exitCodeOf(const Verdict& verdict);

}  // namespace liqu::judge
