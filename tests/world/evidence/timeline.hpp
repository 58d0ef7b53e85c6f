// timeline.json: what each step of the making took, and whose time it was (decision 31): software's
// own share is the step's time without printer, chip, province and person.
#pragma once

#include <filesystem>

#include "tests/world/card_printer/printer_machine.hpp"
#include "tests/world/evidence/busy_times.hpp"
#include "tests/world/evidence/kiosk_books.hpp"

namespace liqu::world {

struct TimelineSources {
    std::vector<JournalLine> journal;
    std::vector<MechanicalStep> mechanics;
    std::vector<PanelGap> gaps;
    std::vector<BusyTime> busy;
};

Result<void> writeTimeline(const std::filesystem::path& path, const TimelineSources& sources);

}  // namespace liqu::world
