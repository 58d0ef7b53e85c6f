// A plain host of the simulated printer in virtual time: commands out, replies in, nothing clever.
#pragma once

#include <doctest/doctest.h>

#include "tests/world/card_printer/panel_codec.hpp"
#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/usb/inprocess_bus.hpp"
#include "tests/world/usb/throttled_engine.hpp"

namespace liqu::world {

using namespace std::chrono_literals;

// sample(x,y) = (3x+5y) mod 2^n, hardware-notes/card-printer.md, "Test vectors".
inline Bytes colourPanel(int bits) {
    Bytes samples;
    for (std::size_t y = 0; y < panelHeight; ++y) {
        for (std::size_t x = 0; x < panelWidth; ++x) {
            samples.push_back(static_cast<std::uint8_t>((3 * x + 5 * y) % (1U << bits)));
        }
    }
    return packSamples(samples, bits);
}

inline Bytes checkeredBitmap() {
    Bytes samples;
    for (std::size_t y = 0; y < panelHeight; ++y) {
        for (std::size_t x = 0; x < panelWidth; ++x) samples.push_back(((x ^ y) & 8) != 0 ? 1 : 0);
    }
    return packSamples(samples, 1);
}

struct PrinterBench {
    explicit PrinterBench(PrinterSettings settings = {})
        : engine(std::move(settings), &faults,
                 {[this](const std::string& id) { atChip = id; },
                  [this](const std::string&) { atChip.clear(); }}) {
        addTo(clock, engine);
        bus.attach("1-2", engine);
        device = bus.open(bus.list().value().at(0), 0).value();
        engine.load(1, {{"A0000001", "bank-a", {}}, {"A0000002", "bank-a", {}}});
        engine.load(2, {{"B0000001", "bank-b", {}}});
    }

    void send(const std::string& command) {
        REQUIRE(device->write(0x01, bytesOf("\x1B" + command + "\r"), 30s));
    }
    void sendPanel(const std::string& header, const Bytes& payload) {
        Bytes bytes = bytesOf("\x1B" + header + ";");
        bytes.insert(bytes.end(), payload.begin(), payload.end());
        bytes.push_back('\r');
        REQUIRE(device->write(0x01, bytes, 30s));
    }
    std::string receive(Duration patience = 60s) {
        const auto reply = device->read(0x82, 512, patience);
        if (!reply) return "(nothing)";
        std::string text = textOf(*reply);
        REQUIRE(!text.empty());
        REQUIRE(text.back() == '\0');
        text.pop_back();
        return text;
    }
    std::string ask(const std::string& command) {
        send(command);
        return receive();
    }
    void prepare() {
        for (const char* mode : {"Pem;2", "Pcim;F", "Pcem;I", "Pneab;E", "Pcrm;D", "Pbc;A;D"}) {
            REQUIRE(ask(mode) == "OK");
        }
    }
    void sendFirstPanel() {
        REQUIRE(ask("Ss") == "OK");
        REQUIRE(ask("Sr") == "OK");
        sendPanel("Db;y;128", colourPanel(7));
        REQUIRE(receive() == "OK");
    }
    void sendFace() {
        REQUIRE(ask("Pr;ymcko") == "OK");
        REQUIRE(ask("Ss") == "OK");
        REQUIRE(ask("Sr") == "OK");
        const Bytes colour = colourPanel(7);
        for (const char* panel : {"Db;y;128", "Db;m;128", "Db;c;128"}) {
            sendPanel(panel, colour);
            REQUIRE(receive() == "OK");
        }
        sendPanel("Db;k;2", checkeredBitmap());
        REQUIRE(receive() == "OK");
        sendPanel("Db;o;2", checkeredBitmap());
        REQUIRE(receive() == "OK");
    }
    std::string placeOf(const std::string& cardId) const {
        const CardPlaces places = engine.places();
        const auto found = places.find(cardId);
        return found ? found->place : "nowhere";
    }
    Duration mechanicalTime() const {
        Duration sum{};
        for (const MechanicalStep& step : engine.steps()) sum += step.end - step.begin;
        return sum;
    }

    VirtualClock clock;
    FaultPlan faults;
    std::string atChip;
    PrinterEngine engine;
    InProcessBus bus{clock};
    std::unique_ptr<drivers::UsbDevice> device;
};

}  // namespace liqu::world
