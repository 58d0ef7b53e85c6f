// Any text in the place of a file of the machine: it is read, or refused with a cause, and a look
// that gathers every fault comes to its end. The first byte says which file.
#include <string>

#include "drivers/card_printer/evolis/printer_profile.hpp"
#include "firmware/base/assert.hpp"
#include "firmware/base/whole_file.hpp"
#include "firmware/chip/chip_profile.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "firmware/policy/region_policy.hpp"
#include "firmware/services/catalogue.hpp"
#include "tests/support/scratch.hpp"
#include "ui/paper/face_layout.hpp"
#include "ui/speech/clips.hpp"
#include "ui/speech/earcons.hpp"
#include "ui/toolkit/dictionary.hpp"
#include "ui/toolkit/theme.hpp"

using namespace liqu;

namespace {

template <typename Read>
void readTwice(Read read) {
    const auto strict = read(nullptr);
    LIQU_ASSERT(strict || !strict.error().cause.empty());
    Faults faults;
    const auto gathered = read(&faults);
    // What is right to the one is right to the other.
    LIQU_ASSERT(strict.has_value() == (gathered.has_value() && faults.empty()));
}

void readAs(std::uint8_t kind, const std::filesystem::path& file) {
    switch (kind % 9) {
        case 0:
            return readTwice([&](Faults* f) { return policy::loadKioskConfig(file, f); });
        case 1:
            return readTwice([&](Faults* f) {
                return policy::loadRegionPolicy(file, {.termsOf = services::termsOf}, f);
            });
        case 2:
            return readTwice([&](Faults* f) { return drivers::readPrinterProfile(file, f); });
        case 3:
            return readTwice([&](Faults* f) { return chip::ChipProfile::read(file, f); });
        case 4:
            return readTwice([&](Faults* f) { return ui::readFaceLayout(file, f); });
        case 5:
            return readTwice([&](Faults* f) { return ui::Look::read(file, f); });
        case 7:
            return readTwice([&](Faults* f) {
                return ui::Clips::read(file.parent_path(), screen::Language::chinese, f);
            });
        case 8:
            return readTwice([&](Faults* f) { return ui::Earcons::read(file, f); });
        default:
            return readTwice(
                [&](Faults* f) { return ui::Dictionary::read(file.parent_path(), f); });
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static const test::Scratch scratch;
    const ByteView content(data + 1, size - 1);
    // In memory or not, the file system of the scratch folder is fast enough for this.
    for (const char* name : {"zh-CN.toml", "en.toml"}) {
        LIQU_ASSERT(writeWholeFile(scratch.file(name), content).has_value());
    }
    readAs(data[0], scratch.file("en.toml"));
    return 0;
}
