#include "drivers/card_printer/evolis/printer_profile.hpp"

#include <algorithm>
#include <cmath>

namespace liqu::drivers {

namespace {

Result<Duration> duration(const ConfigFile& file, std::string_view key, double least, double most) {
    const double seconds = TRY(file.real(key, least, most));
    return Duration{std::llround(seconds * 1e6)};
}

// Becomes part of a command: control characters and separators would make another one of it.
Result<std::string> word(const ConfigFile& file, std::string_view key, bool mayBeEmpty = false,
                         bool mayHaveParameters = false) {
    const std::string text = TRY(file.text(key));
    const bool clean = std::all_of(text.begin(), text.end(), [&](char c) {
        return c > 0x20 && c < 0x7F && (mayHaveParameters || c != ';');
    });
    if ((text.empty() && !mayBeEmpty) || !clean || text.size() > 60) {
        TRY(file.refuse(ErrorCode::configBadValue, key, "is not a part of a printer command"));
    }
    return text;
}

Result<ReplyProfile> readReply(const ConfigFile& file) {
    ReplyProfile reply;
    reply.terminator = TRY(file.oneOf<ReplyTerminator>("reply.terminator"));
    reply.silence = TRY(duration(file, "reply.silence_s", 0.01, 5));
    reply.positions = TRY(file.oneOf<PositionDialect>("reply.positions"));
    reply.queriesDuringMotion = TRY(file.boolean("reply.queries_during_motion"));
    reply.panelsAnswered = TRY(file.boolean("reply.panels_answered"));
    return reply;
}

Result<FeederProfile> readFeeder(const ConfigFile& file) {
    FeederProfile feeder;
    feeder.lanes = static_cast<int>(TRY(file.integer("feeder.lanes", 1, 4)));
    feeder.selection = TRY(file.oneOf<LaneSelection>("feeder.selection"));
    feeder.vendorCommand = TRY(word(file, "feeder.vendor_command", true, true));
    feeder.dialect = TRY(file.oneOf<InsertionDialect>("feeder.dialect"));
    feeder.insertion = TRY(file.oneOf("feeder.insertion", {"F", "M", "B", "I"}));
    feeder.cardAboveVolts = TRY(file.real("feeder.card_above_volts", 0, 5));
    feeder.nearEmptyVolts = TRY(file.real("feeder.near_empty_volts", 0, 5));
    feeder.nearEmptyIsAbove = TRY(file.boolean("feeder.near_empty_is_above"));
    feeder.slowFeed = TRY(word(file, "feeder.slow_feed", true, true));
    if (feeder.selection == LaneSelection::none && feeder.lanes > 1) {
        TRY(file.refuse(ErrorCode::configBadValue, "feeder.lanes",
                        "several lanes need a selection"));
    }
    if (feeder.selection == LaneSelection::piem && feeder.lanes > 2) {
        TRY(file.refuse(ErrorCode::configBadValue, "feeder.lanes", "piem knows two lanes"));
    }
    if (feeder.selection == LaneSelection::vendor &&
        feeder.vendorCommand.find("{lane}") == std::string::npos) {
        TRY(file.refuse(ErrorCode::configBadValue, "feeder.vendor_command",
                        "must name the {lane}"));
    }
    return feeder;
}

Result<ExitProfile> readExit(const ConfigFile& file) {
    ExitProfile exit;
    exit.tray = TRY(file.oneOf("exit.tray", {"I", "M"}));
    exit.bezelSensor = TRY(file.oneOf("exit.bezel_sensor", {"b", "M"}));
    exit.cardAboveVolts = TRY(file.real("exit.card_above_volts", 0, 5));
    exit.noCardBelowVolts = TRY(file.real("exit.no_card_below_volts", 0, 5));
    exit.timeoutAction = TRY(file.oneOf("exit.timeout_action", {"D", "none"}));
    exit.hold = TRY(duration(file, "exit.hold_s", 1, 60));
    exit.pollRhythm = TRY(duration(file, "exit.poll_s", 0.01, 5));
    exit.rejectTray = TRY(word(file, "exit.reject_tray", true));
    exit.rejectCommand = TRY(file.oneOf("exit.reject_command", {"Ser", "Seb"}));
    if (exit.noCardBelowVolts > exit.cardAboveVolts) {
        TRY(file.refuse(ErrorCode::configBadValue, "exit.no_card_below_volts",
                        "must not exceed exit.card_above_volts"));
    }
    return exit;
}

Result<PrintProfile> readPrint(const ConfigFile& file) {
    PrintProfile print;
    print.ribbon = TRY(file.oneOf("print.ribbon", {"ymcko"}));
    print.bitsPerColour = static_cast<int>(TRY(file.integer("print.bits_per_colour", 5, 8)));
    print.rotation = static_cast<int>(TRY(file.integer("print.rotation", 90, 270)));
    if (print.rotation != 90 && print.rotation != 270) {
        TRY(file.refuse(ErrorCode::configBadValue, "print.rotation", "must be 90 or 270"));
    }
    print.compressMono = TRY(file.boolean("print.compress_mono"));
    constexpr std::array names{"yellow", "magenta", "cyan", "black", "overlay"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string key = std::string("print.contrast.") + names[i];
        print.contrast[i] = static_cast<int>(TRY(file.integer(key, 0, 20)));
    }
    print.countPanels = TRY(file.boolean("print.count_panels"));
    return print;
}

Result<PatienceProfile> readPatience(const ConfigFile& file) {
    PatienceProfile patience;
    patience.query = TRY(duration(file, "patience.query_s", 0.1, 60));
    patience.lateReply = TRY(duration(file, "patience.late_reply_s", 0.1, 60));
    patience.setting = TRY(duration(file, "patience.setting_s", 0.1, 60));
    patience.feed = TRY(duration(file, "patience.feed_s", 1, 300));
    patience.move = TRY(duration(file, "patience.move_s", 1, 300));
    patience.panel = TRY(duration(file, "patience.panel_s", 1, 300));
    patience.print = TRY(duration(file, "patience.print_s", 1, 600));
    patience.clean = TRY(duration(file, "patience.clean_s", 1, 600));
    patience.resetRest = TRY(duration(file, "patience.reset_rest_s", 0, 60));
    return patience;
}

}  // namespace

Result<PrinterProfile> readPrinterProfile(const ConfigFile& file) {
    PrinterProfile profile;
    profile.reply = TRY(readReply(file));
    profile.feeder = TRY(readFeeder(file));
    profile.exit = TRY(readExit(file));
    profile.print = TRY(readPrint(file));
    profile.patience = TRY(readPatience(file));
    profile.coverClosedAboveVolts = TRY(file.real("cover.closed_above_volts", 0, 5));
    profile.setup = TRY(file.texts("setup.commands"));
    for (const std::string& command : profile.setup) {
        const bool sets = command.size() >= 2 && command.front() == 'P' &&
                          std::all_of(command.begin(), command.end(),
                                      [](char c) { return c > 0x20 && c < 0x7F; });
        if (!sets) {
            TRY(file.refuse(ErrorCode::configBadValue, "setup.commands",
                            "only settings (P...) may stand here"));
        }
    }
    TRY(file.refuseUnknownKeys());
    return profile;
}

Result<PrinterProfile> readPrinterProfile(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    return readPrinterProfile(file);
}

}  // namespace liqu::drivers
