#include "drivers/card_printer/evolis/card_motions.hpp"

namespace liqu::drivers {

using ports::MediaPosition;

namespace {

constexpr int livenessTries = 3;
constexpr Duration livenessPause = std::chrono::seconds{1};

bool inside(MediaPosition position) {
    return position == MediaPosition::printStation || position == MediaPosition::chipStation ||
           position == MediaPosition::contactlessStation ||
           position == MediaPosition::somewhereInside;
}

Error gone(const char* when) {
    return Error{ErrorCode::cardGoneFromPrinter, std::string(when) + ": no card in the printer",
                 CardFate::unknown};
}

}  // namespace

Result<void> CardMotions::applySettings() {
    for (const std::string& command : profile_.setup) TRY(runner_.set(command));
    const FeederProfile& feeder = profile_.feeder;
    const bool kiosk = feeder.dialect == InsertionDialect::kiosk;
    TRY(runner_.set((kiosk ? "Pcim;" : "Pmi;") + feeder.insertion));
    if (!feeder.slowFeed.empty()) TRY(runner_.set("Pfs;" + feeder.slowFeed));
    TRY(runner_.set("Pcem;" + profile_.exit.tray));
    TRY(runner_.set("Pneab;E"));
    if (!profile_.exit.rejectTray.empty()) TRY(runner_.set("Pcrm;" + profile_.exit.rejectTray));
    if (profile_.exit.timeoutAction != "none") {
        TRY(runner_.set("Pbc;A;" + profile_.exit.timeoutAction));
    }
    return {};
}

// An empty feeder blocks the printer for half a minute before it says so: ask first. The same
// goes for whatever else makes the blank's journey pointless.
Result<void> CardMotions::checkBeforeFeeding(ports::LaneNumber lane) {
    if (lane < 1 || lane > profile_.feeder.lanes) {
        return fail(ErrorCode::printerRefusedCommand, "no such lane: " + std::to_string(lane));
    }
    const MediaPosition position = TRY(sensors_.locate());
    if (position == MediaPosition::mouth) {
        return fail(ErrorCode::mouthBlocked, "a card is at the mouth", CardFate::presented);
    }
    if (position == MediaPosition::unknown) {
        return fail(ErrorCode::cardInPrinterUnexplained,
                    "the printer does not say whether it is empty", CardFate::unknown);
    }
    if (position != MediaPosition::none) {
        return fail(ErrorCode::cardInPrinterUnexplained, "a card is inside already",
                    fateOf(position, CardFate::unknown));
    }
    if (TRY(sensors_.coverOpen()) == ports::Sensed::yes) {
        return fail(ErrorCode::printerCoverOpen, "cover open before feeding", CardFate::notFed);
    }
    if (TRY(sensors_.hopper(lane)) == ports::UnitStatus::empty) {
        return fail(ErrorCode::hopperEmpty, "lane " + std::to_string(lane), CardFate::notFed);
    }
    if (!TRY(sensors_.zonesAgree())) {
        return fail(ErrorCode::ribbonZoneWrong, "ribbon and printer are of two zones",
                    CardFate::notFed);
    }
    return {};
}

// With Pem;2 what stopped the last motion stands until a restart, though hands have mended it
// (hardware-notes/card-printer.md).
Result<void> CardMotions::clearPastFault() {
    const PortStatus port = runner_.link().portStatus();
    if (!port.mechanicalFault() && !port.mediaFault()) return {};
    return restartWithSettings();
}

Result<void> CardMotions::restartWithSettings() {
    TRY(restart());
    return applySettings();
}

Result<void> CardMotions::selectLane(ports::LaneNumber lane) {
    const std::string number = std::to_string(lane);
    switch (profile_.feeder.selection) {
        case LaneSelection::none:
            return {};
        case LaneSelection::piem:
            return runner_.set("Piem;" + number + ";0");
        case LaneSelection::vendor:
            break;
    }
    std::string command = profile_.feeder.vendorCommand;
    const std::string_view place = "{lane}";
    command.replace(command.find(place), place.size(), number);
    return runner_.set(command);
}

Result<void> CardMotions::toChip(Activity activity, Duration patience, CardFate whenNone) {
    const bool exact = profile_.reply.positions == PositionDialect::kiosk;
    const auto arrived = [exact](MediaPosition position) {
        // The classic dialect tells a card from none, not where it is.
        return position == MediaPosition::chipStation ||
               (!exact && position == MediaPosition::somewhereInside);
    };
    return runner_.move({"Sis", patience, activity, arrived, whenNone});
}

Result<void> CardMotions::feedToChip(ports::LaneNumber lane) {
    const auto checked = [&]() -> Result<void> {
        TRY(checkBeforeFeeding(lane));
        TRY(clearPastFault());
        return selectLane(lane);
    }();
    if (!checked) return fail(runner_.withFate(checked.error(), CardFate::notFed));
    auto fed = toChip(Activity::feed, profile_.patience.feed, CardFate::notFed);
    if (!fed && fed.error().code == ErrorCode::printerRefusedCommand &&
        fed.error().fate == CardFate::notFed) {
        // The job of a program that was killed is open still: nothing moves before a restart.
        const auto again = [&]() -> Result<void> {
            TRY(restartWithSettings());
            return selectLane(lane);
        }();
        if (!again) return fail(runner_.withFate(again.error(), CardFate::notFed));
        fed = toChip(Activity::feed, profile_.patience.feed, CardFate::notFed);
    }
    if (!fed && fed.error().code == ErrorCode::cardJammed && fed.error().fate == CardFate::notFed) {
        // A card stuck at the feeder's gate is seen by no sensor.
        fed.error().fate = CardFate::unknown;
    }
    return fed;
}

Result<void> CardMotions::moveToChip() {
    const MediaPosition position = TRY(sensors_.locate());
    if (position == MediaPosition::chipStation) return {};
    // Sis takes a new card from the feeder when none is inside: never send it then.
    if (position == MediaPosition::none) return fail(gone("to the chip station"));
    if (position == MediaPosition::unknown) {
        return fail(ErrorCode::cardNotWhereExpected, "the printer does not say where the card is",
                    CardFate::unknown);
    }
    if (position == MediaPosition::mouth) TRY(pullIn());
    return toChip(Activity::move, profile_.patience.move, CardFate::unknown);
}

Result<void> CardMotions::pullIn() {
    return runner_.move({"Sib", profile_.patience.move, Activity::move, inside, CardFate::taken});
}

Result<void> CardMotions::takeBack() {
    const MediaPosition position = TRY(sensors_.locate());
    if (inside(position)) return {};
    if (position == MediaPosition::mouth) return pullIn();
    if (position == MediaPosition::none) {
        return fail(ErrorCode::cardGoneFromPrinter, "no card at the mouth any more",
                    CardFate::taken);
    }
    return fail(ErrorCode::cardNotWhereExpected, "the printer does not say where the card is",
                CardFate::unknown);
}

Result<void> CardMotions::discard() {
    const MediaPosition position = TRY(sensors_.locate());
    if (position == MediaPosition::none) return fail(gone("discard"));
    if (TRY(sensors_.bin()) == ports::UnitStatus::full) {
        return fail(ErrorCode::rejectBinFull, "Rlr;h: CARD", fateOf(position, CardFate::unknown));
    }
    if (position == MediaPosition::mouth) TRY(pullIn());
    TRY(runner_.set("Pneab;A;1"));
    if (!profile_.exit.rejectTray.empty()) TRY(runner_.set("Pcrm;" + profile_.exit.rejectTray));
    const auto left = [](MediaPosition now) { return now == MediaPosition::none; };
    return runner_.move({profile_.exit.rejectCommand, profile_.patience.move, Activity::discard,
                         left, CardFate::discarded});
}

Result<void> CardMotions::clean() {
    const MediaPosition position = TRY(sensors_.locate());
    if (position != MediaPosition::none) {
        return fail(ErrorCode::cardInPrinterUnexplained, "a card is inside, cleaning refused",
                    fateOf(position, CardFate::unknown));
    }
    const std::string reply = TRY(runner_.link().exchange("Scp", profile_.patience.clean));
    if (kindOf(reply) == ReplyKind::ok) return {};
    return fail(runner_.withFate(errorOf("Scp", reply, Activity::clean), CardFate::notFed));
}

Result<void> CardMotions::restart() {
    PrinterLink& link = runner_.link();
    // A printer that must be reset may be past answering anything before it.
    if (const auto listening = link.synchronise(profile_.patience.query); !listening) {
        if (!link.isOpen()) return fail(listening.error());
        TRY(link.softReset());
    }
    TRY(link.sendAlongside("Srs"));
    sensors_.forgetPosition();
    clock_.sleepFor(profile_.patience.resetRest);
    // Whatever it said to the reset itself, or before it, is nobody's answer.
    link.noteRestart();
    for (int attempt = 1;; ++attempt) {
        // The printer may have left the bus and come back.
        const auto opened = link.open();
        const auto alive = opened ? link.exchange("Rok", profile_.patience.query)
                                  : Result<std::string>(fail(opened.error()));
        if (alive && kindOf(*alive) == ReplyKind::ok) return {};
        if (attempt == livenessTries) {
            if (!alive) return fail(alive.error());
            return fail(errorOf("Rok", *alive, Activity::query));
        }
        clock_.sleepFor(livenessPause);
    }
}

}  // namespace liqu::drivers
