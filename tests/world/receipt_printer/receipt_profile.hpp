// What is known of a family of receipt printers, as data: how wide it prints, which commands it
// knows, how it tells its state. A byte that a profile does not know is refused, not guessed at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.hpp"

namespace liqu::world {

enum class ReceiptPresenter : std::uint8_t { none, gsE, fsP, gsR };
// What becomes of a band that begins while characters wait in the line.
enum class BandAfterText : std::uint8_t { isText, isPrinted };

struct ReceiptCuts {
    bool plain = false;           // GS V 0, GS V 1
    bool feedingFull = false;     // GS V A n
    bool feedingPartial = false;  // GS V B n
    bool oldFull = false;         // ESC i
    bool oldPartial = false;      // ESC m
    bool alwaysFull = false;      // whatever is asked for
    bool ignoresEmpty = false;    // nothing was printed since the cut before
};

struct ReceiptAnswers {
    bool dleEot = true;       // DLE EOT 1…4
    bool fixedBits = true;    // their pattern 0xx1xx10
    bool automatic = true;    // GS a
    bool fullStatus = false;  // DLE EOT 14: six bytes
    bool whileFeeding = true;
    bool whenFull = false;   // real-time commands are heard also where the buffer is full
    bool drawerBit = false;  // bit 2 of the first answer is always set, the last byte of GS a is 0F
    bool portByte = true;    // the port's status byte says the truth; else 18 for ever
    bool nearEndSensor = true;
};

struct ReceiptProfile {
    std::string id;
    std::uint16_t vendorId = 0;
    std::uint16_t productId = 0;
    std::uint8_t interfaceClass = 7;
    std::uint8_t outEndpoint = 0x01;
    std::uint8_t inEndpoint = 0x82;
    bool oneWay = false;          // never answers on its IN pipe
    bool noSetInterface = false;  // SET_INTERFACE stalls

    int headDots = 576;
    int dpi = 203;
    int maxRows = 2047;  // of one band
    int avoidRows = 0;   // a band of a multiple of these rows comes out as garbage; 0: none
    int headToCutterRows = 95;
    int shortestSlipRows = 0;
    int rowsPerStep = 56;            // of the presenter
    bool chinese = false;            // FS & and FS . are known, and it wakes up in Chinese mode
    bool initEndsAutomatic = false;  // ESC @ forgets GS a
    BandAfterText bandAfterText = BandAfterText::isText;
    ReceiptCuts cuts{};
    ReceiptAnswers answers{};
    ReceiptPresenter presenter = ReceiptPresenter::none;
    Bytes modelId{};  // the answer to GS I 1; none: not known

    int bytesPerRow() const { return headDots / 8; }
    // Length of paper under one row.
    int micrometresPerRow() const { return 25400 / dpi; }
};

const std::vector<ReceiptProfile>& receiptProfiles();
// By its id: epson-tm snbc-t080 custom-vkp pyramid citizen-ppu generic-58 generic-80.
const ReceiptProfile& receiptProfile(std::string_view id);

}  // namespace liqu::world
