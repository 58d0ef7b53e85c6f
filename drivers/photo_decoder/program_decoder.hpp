// The photo of an ID card, decoded by a program that comes with the purchased reader: a process of
// its own for each photo, because such libraries crash, hang and write where they like
// (hardware-notes/id-reader.md, "The photo"). 1024 bytes go to its standard input, 38,556 bytes of
// RGB come from its standard output, rows from the top; what it needs besides it finds beside
// itself. It gets no other file of ours, no environment, and no more time than it is given.
#pragma once

#include <filesystem>
#include <memory>

#include "firmware/base/clock.hpp"
#include "firmware/ports/photo_decoder.hpp"

namespace liqu::drivers {

struct ProgramDecoderOptions {
    std::filesystem::path program;
    Duration patience = std::chrono::seconds{5};
};
// Every failure is photoDecoderNotAvailable; its cause says what the program did, never what it
// read.
std::unique_ptr<ports::PhotoDecoder> makeProgramDecoder(ProgramDecoderOptions options,
                                                        Clock& clock);

}  // namespace liqu::drivers
