// What is kept outside of the machine of its audit record: where it stood at one moment, signed by
// the terminal. The province keeps one as AUDIT.CHECKPOINT, the branch as a QR code on the day's
// slip and report. A record that is shown later has to pass through all of them. Any thread.
//
//   LIQU-AUDIT/1 terminal at lines mac digest move terminalSeq signature
//
// Words divided by one space; at in milliseconds; mac "-" without a key; signature, r and s in
// hexadecimal over what stands before it, or "-" of a machine that signs nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "firmware/ports/signer.hpp"

namespace liqu::staff {

struct Checkpoint {
    std::string terminal;
    WallTime at{};
    std::int64_t lines = 0;
    std::string mac;     // of the last line; empty where it has none
    std::string digest;  // of the last line
    std::int64_t move = 0;
    std::int64_t terminalSeq = 0;  // of the newest fact before it
    std::string signature{};       // 128 hexadecimal digits; empty: not signed
};

std::string signedText(const Checkpoint& checkpoint);
Result<void> sign(Checkpoint& checkpoint, ports::Signer& signer);

// As it stands in the QR code.
std::string textOf(const Checkpoint& checkpoint);
// configBadValue with what is wrong.
Result<Checkpoint> parseCheckpoint(std::string_view text);

// 16 letters that people can compare and read aloud, in fours: "K7QM-…". The same for the same
// place in the record, whoever signed it.
std::string lettersOf(const Checkpoint& checkpoint);

}  // namespace liqu::staff
