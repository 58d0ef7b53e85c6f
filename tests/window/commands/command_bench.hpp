// A machine nobody has used yet: its files in a folder of its own with the program beside them, and
// a screen. The province cannot be reached, and no device is plugged in.
#pragma once

#include <optional>

#include "tests/support/scratch.hpp"
#include "tests/window/commands/called_program.hpp"
#include "tests/window/ui/private_display.hpp"
#include "tests/world/main/kiosk_folder.hpp"

namespace liqu::test {

class CommandBench {
  public:
    // Folders have this name in their path.
    explicit CommandBench(const std::string& name = "machine");

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path data() const { return folder_ / "data"; }
    std::filesystem::path program() const { return scratch_.folder() / "liqu"; }
    // Whom it believes to be the province.
    std::filesystem::path authority() const { return scratch_.folder() / "pki" / "ca.pem"; }
    std::filesystem::path screenMap() const { return folder_ / "screen-map.json"; }

    // The files become that user's: data, keys, configuration.
    void giveTo(Who who) const;

    // "check --config kiosk.toml --data data": words between spaces, from the machine's folder.
    Said call(const std::string& words, Who who = Who::self, const std::string& typed = {}) const;
    Call callOf(const std::string& words, Who who = Who::self) const;
    // The machine becomes that user's, who calls `liqu init`.
    void setUp(Who who = Who::self) const;

    std::vector<std::string> environment;

  private:
    Scratch scratch_;
    std::filesystem::path folder_;
};

// The screen's name as the kiosk's map tells it; empty where it does not come to `wanted` in time.
std::string waitForScreen(const CommandBench& bench, RunningProgram& kiosk,
                          const std::string& wanted);

}  // namespace liqu::test
