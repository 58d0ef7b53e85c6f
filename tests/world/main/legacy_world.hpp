// An older province's system, which the kiosk speaks to in place of the other one: its books hold
// the same persons, and the numbers it assigns are those of the blanks in the hopper. Its faults
// begin with "legacy.".
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/legacy_province/legacy_server.hpp"
#include "tests/world/legacy_province/told_books.hpp"
#include "tests/world/main/kiosk_folder.hpp"
#include "tests/world/main/options.hpp"

namespace liqu::world {

bool isLegacyFault(const std::string& verb);

class LegacyWorld {
  public:
    static Result<std::unique_ptr<LegacyWorld>> start(const RunOptions& options, const Pki& pki,
                                                      const std::vector<BlankCard>& blanks);

    std::string url() const { return server_->url(); }
    // As kiosk.toml has it.
    OlderLine line(const RunOptions& options) const;
    // What its books say in the words of the other's.
    void tellIn(Books& books) const {
        front_->use([&](LegacyEngine& engine, WallTime) { world::tellIn(engine.books(), books); });
    }
    // legacy-province.json; fails where a named fault never struck.
    Result<void> writeEvidence(const std::filesystem::path& folder);

  private:
    LegacyWorld() = default;

    SystemClock clock_;
    LegacyFaults faults_;
    std::unique_ptr<LegacyEngine> engine_;
    std::unique_ptr<LegacyFront> front_;
    std::unique_ptr<LegacyServer> server_;
};

}  // namespace liqu::world
