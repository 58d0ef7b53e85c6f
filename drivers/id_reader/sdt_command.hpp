// The commands of the security module, and what a true answer to each looks like. The protocol
// has no sequence number and does not echo the command, so an answer is believed only where its
// status and length fit the question (hardware-notes/id-reader.md).
#pragma once

#include <cstdint>
#include <string_view>

#include "drivers/id_reader/sdt_frame.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::drivers::sdt {

enum class Command : std::uint8_t {
    resetModule,
    moduleStatus,
    moduleNumber,
    findCard,
    selectCard,
    readBase,             // text and photo
    readBaseFingerprint,  // with fingerprint
    readNewestAddress,
    setMaxRadioBytes,  // one data byte, 24..255
};

// SW3
constexpr std::uint8_t success = 0x90;
constexpr std::uint8_t cardFound = 0x9F;
constexpr std::uint8_t requestGarbled = 0x10;
constexpr std::uint8_t noNewCard = 0x80;
constexpr std::uint8_t selectFailed = 0x81;
constexpr std::uint8_t noSuchItem = 0x91;

Bytes requestOf(Command command, ByteView data = {});
std::string_view nameOf(Command command);
Duration deadlineOf(Command command);
bool couldAnswer(Command command, const Answer& answer);

// The error a status means, with the command and the status as its cause.
Error errorOf(Command command, Status status);

}  // namespace liqu::drivers::sdt
