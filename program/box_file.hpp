// box.toml: what one box of many is to be set up with (liqu provision --file). Strict; a key nobody
// knows is an error with file and line. And the way of it into kiosk.toml, which keeps every line
// and word that is not about terminal, outlet or lanes.
//
//   terminal = "T-000017"
//   outlet = "O-0001"
//   certificates = "from-the-province"     # folder of what came back; relative to this file
//   [[lane]]                               # all of them, in order; left out: kiosk.toml's
//   bank = "B01"
//   vendor = "V01"
//   [[staff]]                              # their first PINs are typed, never written
//   number = "1001"
//   name = "…"
//   roles = "supervisor,attendant"
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::program {

struct BoxLane {
    std::string bank;
    std::string vendor;
};
struct BoxPerson {
    std::string number;
    std::string name;
    std::string roles;
};
struct BoxFile {
    std::string terminal;  // empty here and below: as kiosk.toml has it
    std::string outlet;
    std::filesystem::path certificates;
    std::vector<BoxLane> lanes;
    std::vector<BoxPerson> staff;
};

Result<BoxFile> readBoxFile(const std::filesystem::path& path);
Result<BoxFile> parseBoxFile(std::string_view toml, const std::filesystem::path& path);

// The text of kiosk.toml with the box's terminal, outlet and lanes in it.
std::string withBox(std::string_view kioskToml, const BoxFile& box);

}  // namespace liqu::program
