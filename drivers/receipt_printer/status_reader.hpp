// What a slip printer sends, told apart byte by byte: flow control, answers, groups that come by
// themselves, noise (hardware-notes/receipt-printer.md, "Telling answers apart"). Any byte may be
// missing, doubled or late. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

namespace liqu::drivers {

// What was asked for; anything else that comes is no answer.
enum class Awaited : std::uint8_t {
    nothing,
    realTime,  // 10 04 n: 0xx1xx10
    six,       // 10 04 14: 10 0F and four more
    plain,     // 1D 49 n: 0xx0xxxx
    anyByte,   // of a printer that sends no constant bits
};

struct StatusEvent {
    enum class Kind : std::uint8_t { xOn, xOff, answer, automatic, noise };
    Kind kind = Kind::noise;
    std::array<std::uint8_t, 6> bytes{};  // answer: 1 or 6; automatic: 4; else 1
};

class StatusReader {
  public:
    // Forgets what has begun; the next answer is to this.
    void await(Awaited what);
    std::optional<StatusEvent> take(std::uint8_t byte);

  private:
    std::optional<StatusEvent> inSix(std::uint8_t byte);
    std::optional<StatusEvent> inGroup(std::uint8_t byte);
    std::optional<StatusEvent> first(std::uint8_t byte);
    StatusEvent answer(std::uint8_t byte);

    Awaited awaited_ = Awaited::nothing;
    std::array<std::uint8_t, 6> part_{};
    std::size_t size_ = 0;
    bool partIsSix_ = false;
};

// What a printer says of itself, whichever way it says it.
struct PrinterFlags {
    bool offline = false;
    bool coverOpen = false;
    bool nearEnd = false;
    bool paperEnd = false;
    bool cutter = false;
    bool jam = false;
    bool broken = false;    // power off and on, or a technician
    bool recovers = false;  // by itself: the head is hot
    bool moving = false;
    bool atMouth = false;  // a slip is at the output

    void add(const PrinterFlags& other);
};

// Answer to 10 04 n, n from 1 to 4.
PrinterFlags flagsOfRealTime(int question, std::uint8_t byte);
// 1D 61: four bytes.
PrinterFlags flagsOfAutomatic(const std::array<std::uint8_t, 6>& bytes);
// 10 04 14: six bytes.
PrinterFlags flagsOfSix(const std::array<std::uint8_t, 6>& bytes);
// 1D 65 06: the ejector's byte.
PrinterFlags flagsOfEjector(std::uint8_t byte);
// The status byte of the USB printer class.
PrinterFlags flagsOfPort(std::uint8_t byte);

// Why nothing can be printed; none: it can. Being near the end is no trouble.
std::optional<Error> troubleOf(const PrinterFlags& flags, const std::string& raw);

}  // namespace liqu::drivers
