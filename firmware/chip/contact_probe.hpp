// Does any chip answer under the contacts, and is it a social security card? For a test card: it is
// powered, asked for its master file and for the application, and never written; no key of it is
// used, and nobody's record is read.
#pragma once

#include <string>

#include "firmware/chip/chip_profile.hpp"
#include "firmware/ports/chip_reader.hpp"

namespace liqu::chip {

struct ContactProbe {
    bool isSocialCard = false;  // a blank, or somebody's
    std::string cardNumber;     // of a social security card that shows one
};

// chipMute: no chip answers. chipReplyTorn: what it says is no answer to reset. The card is
// powered off in every case.
Result<ContactProbe> probeContacts(ports::ChipReader& reader, const ChipProfile& profile,
                                   Duration patience);

}  // namespace liqu::chip
