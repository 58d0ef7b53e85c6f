// A plain host of the receipt printer's machine in virtual time, without a wire: bytes in, answers
// and paper out.
#pragma once

#include <doctest/doctest.h>

#include "tests/world/receipt_printer/receipt_machine.hpp"

namespace liqu::world {

using namespace std::chrono_literals;

inline ReceiptSettings receiptOf(std::string_view profile) {
    ReceiptSettings settings;
    settings.profile = receiptProfile(profile);
    return settings;
}

// A band as wide as the head: every dot where (x * 3 + y * 5 + seed) % 7 is below 2.
inline DotPicture pattern(const ReceiptProfile& profile, int rows, int seed = 0) {
    DotPicture picture{profile.headDots, {}};
    for (int y = 0; y < rows; ++y) {
        Bytes row(static_cast<std::size_t>(profile.bytesPerRow()));
        for (int x = 0; x < profile.headDots; ++x) {
            if ((x * 3 + y * 5 + seed) % 7 >= 2) continue;
            auto& byte = row[static_cast<std::size_t>(x / 8)];
            byte = static_cast<std::uint8_t>(byte | 0x80 >> x % 8);
        }
        picture.rows.push_back(std::move(row));
    }
    return picture;
}

inline Bytes bandOf(const DotPicture& picture, std::size_t from, std::size_t rows) {
    const auto width = static_cast<std::size_t>(picture.width) / 8;
    const auto low = [](std::size_t n) { return static_cast<std::uint8_t>(n & 0xFF); };
    Bytes bytes{0x1D, 0x76, 0x30, 0, low(width), low(width >> 8), low(rows), low(rows >> 8)};
    for (std::size_t y = from; y < from + rows; ++y) {
        const Bytes& row = picture.rows.at(y);
        bytes.insert(bytes.end(), row.begin(), row.end());
    }
    return bytes;
}

inline Bytes bandsOf(const DotPicture& picture, std::size_t rowsEach = 128) {
    Bytes bytes;
    for (std::size_t y = 0; y < picture.rows.size(); y += rowsEach) {
        const Bytes band = bandOf(picture, y, std::min(rowsEach, picture.rows.size() - y));
        bytes.insert(bytes.end(), band.begin(), band.end());
    }
    return bytes;
}

struct ReceiptBench {
    explicit ReceiptBench(std::string_view profile = "snbc-t080")
        : machine(receiptOf(profile), &faults) {}
    explicit ReceiptBench(const ReceiptSettings& settings) : machine(settings, &faults) {}

    // Lets time pass, as the printer asks for it, until `now` is so much later.
    void wait(Duration duration) {
        const Instant end = now + duration;
        while (now < end) {
            const auto event = machine.nextEvent();
            now = event && *event > now && *event < end ? *event : end;
            machine.advance(now);
            collect();
        }
    }
    // True where all of it was taken in time.
    bool send(ByteView bytes, Duration patience = 60s) {
        const Instant end = now + patience;
        while (!bytes.empty()) {
            bytes = bytes.subspan(machine.take(bytes, now));
            collect();
            if (bytes.empty()) break;
            if (now >= end) return false;
            wait(5ms);
        }
        return true;
    }
    bool sendHex(std::string_view hex) { return send(fromHex(hex).value()); }
    std::string answers() {
        wait(300ms);
        return toHex(std::exchange(heard, {}));
    }
    std::string ask(std::string_view hex) {
        heard.clear();
        CHECK(sendHex(hex));
        return answers();
    }
    void collect() {
        for (const ReceiptAnswer& answer : machine.takeAnswers()) {
            heard.insert(heard.end(), answer.bytes.begin(), answer.bytes.end());
        }
    }
    const Slip& slip() const {
        REQUIRE_FALSE(machine.slips().empty());
        return machine.slips().back();
    }
    std::vector<std::string> wrongs() const {
        std::vector<std::string> all;
        for (const ReceiptViolation& one : machine.violations()) all.push_back(one.what);
        return all;
    }

    ReceiptFaults faults;
    ReceiptPrinterMachine machine;
    Instant now{};
    Bytes heard;
};

}  // namespace liqu::world
