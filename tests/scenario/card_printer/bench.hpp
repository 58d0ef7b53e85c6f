// The driver and the simulated printer on one virtual clock, joined by the in-process bus, with a
// citizen in front of the mouth.
#pragma once

#include <doctest/doctest.h>

#include "drivers/card_printer/evolis/evolis_printer.hpp"
#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/usb/inprocess_bus.hpp"

namespace liqu::test {

struct Habits {
    bool driverAsks = false;
    bool printerAnswers = false;
    bool ejectBlocks = true;
};

inline world::PrinterSettings settingsOf(const Habits& habits) {
    world::PrinterSettings settings;
    settings.timings = world::PrinterTimings::desktop225();
    settings.hoppers = 1;
    settings.answersDuringMotion = habits.printerAnswers;
    settings.ejectBlocks = habits.ejectBlocks;
    return settings;
}

inline ports::CardFace someFace() {
    constexpr std::size_t pixels = std::size_t{1016} * 648;
    std::vector<unsigned char> rgb(pixels * 3, 255), black(pixels, 0);
    for (std::size_t i = 0; i < pixels; ++i) {
        const std::size_t x = i % 1016;
        const std::size_t y = i / 1016;
        if (x < 300 && y > 100) rgb[3 * i + (x + y) % 3] = static_cast<unsigned char>(x ^ y);
        black[i] = x > 400 && y % 40 < 12 ? 1 : 0;
    }
    return {PersonalBytes(rgb), PersonalBytes(black), std::vector<std::uint8_t>(pixels, 1)};
}

struct Bench {
    explicit Bench(const Habits& habits = {}, const std::string& fault = {})
        : engine(settingsOf(habits), &faults), bus(clock) {
        if (!fault.empty()) REQUIRE(faults.arm(fault));
        bus.attach("1-1", engine);
        addTo(clock, engine);
        clock.add({[this](Instant now) { citizen(now); }, [this] { return takesAt; }});
        drivers::PrinterProfile profile;
        profile.reply.queriesDuringMotion = habits.driverAsks;
        profile.print.bitsPerColour = 7;
        printer = drivers::makeEvolisPrinter(bus, clock, profile);
        REQUIRE(engine.load(1, {{"A1", "bank", {}}, {"A2", "bank", {}}, {"A3", "bank", {}}}));
    }

    void citizen(Instant now) {
        if (!takesAfter || !engine.places().mouth) return;
        if (!takesAt) takesAt = now + *takesAfter;
        if (now >= *takesAt && engine.take(now)) takesAt.reset();
    }

    Result<void> print() {
        const auto face = printer->prepare(someFace());
        return printer->print(**face, nullptr);
    }
    Result<ports::PresentOutcome> present(Duration patience) {
        const Instant end = clock.now() + patience;
        return printer->present([this] { ++atMouth; }, [end] { return end; }, {});
    }
    std::string placeOf(const std::string& card) const {
        const auto places = engine.places();
        const auto found = places.find(card);
        return found ? found->place : "nowhere";
    }

    world::VirtualClock clock;
    world::FaultPlan faults;
    world::PrinterEngine engine;
    world::InProcessBus bus;
    std::unique_ptr<ports::CardPrinter> printer;
    std::optional<Duration> takesAfter;
    std::optional<Instant> takesAt;
    int atMouth = 0;
};

}  // namespace liqu::test
