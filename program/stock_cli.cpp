#include "program/stock_cli.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "program/stock_options.hpp"

namespace liqu::program {
namespace {

// One command and what it reads; the options live as long as its callback.
class Command {
  public:
    Command(CLI::App& group, const char* name, const char* says, StockCommand run, int& exitCode)
        : app_(group.add_subcommand(name, says)), options_(std::make_shared<StockOptions>()) {
        options_->command = name;
        app_->callback([options = options_, run, &exitCode] { exitCode = run(*options); });
    }

    StockOptions& options() { return *options_; }
    template <typename Value>
    Command& needs(const char* option, Value& value, const char* says) {
        app_->add_option(option, value, says)->required();
        return *this;
    }
    template <typename Value>
    Command& takes(const char* option, Value& value, const char* says) {
        app_->add_option(option, value, says);
        return *this;
    }
    Command& flag(const char* option, bool& value, const char* says) {
        app_->add_flag(option, value, says);
        return *this;
    }

    // Reading beside a kiosk that runs.
    Command& reading() { return needs("--data", options().data, "folder of the database"); }
    // Writing: the machine's configuration, and who does it.
    Command& writing() {
        needs("--config", options().config, "the machine's kiosk.toml");
        return needs("--data", options().data, "folder of the database, the key and the logs");
    }
    Command& byTwo() {
        writing();
        needs("--operator", options().people.operatorId, "who does it: a badge number");
        return needs("--second-operator", options().people.secondOperatorId,
                     "who stands by: another badge number");
    }
    Command& because() { return needs("--reason", options().reason, "why, without names"); }
    Command& box() { return needs("--box", options().label.box, "number of the box"); }
    Command& counted(const char* says) { return needs("--count", options().count, says); }

  private:
    CLI::App* app_;
    std::shared_ptr<StockOptions> options_;
};

struct Group {
    CLI::App& app;
    int& exitCode;
    Command add(const char* name, const char* says, StockCommand run) {
        return Command(app, name, says, run, exitCode);
    }
};

void addBoxes(Group stock) {
    auto receive =
        stock.add("receive", "a box of blanks came from the bank into the vault", runStockReceive);
    custody::BoxLabel& label = receive.byTwo().box().options().label;
    receive.needs("--bank", label.bank, "code of the bank")
        .needs("--vendor", label.vendor, "who made the cards")
        .needs("--version", label.version, "version of the cards, 3.00")
        .needs("--region", label.region, "region they were ordered for, six digits")
        .takes("--first", label.first, "first card number, 9 characters; none: kept by count")
        .takes("--last", label.last, "last card number, 9 characters")
        .needs("--count", label.count, "how many cards the label says")
        .needs("--seal", label.seal, "number of the seal");
    auto open = stock.add("open-box", "two people compared the seal and broke it", runStockOpenBox);
    open.byTwo().box().needs("--seal", open.options().label.seal, "number of the seal");
    stock.add("return", "what is left of a box goes back to the bank", runStockReturn)
        .byTwo()
        .box()
        .because();
    auto destroy =
        stock.add("destroy", "cards were destroyed in front of two: a box, or returned ones",
                  runStockDestroy);
    destroy.byTwo()
        .because()
        .takes("--box", destroy.options().label.box, "number of the box")
        .takes("--number", destroy.options().numbers, "a returned card; may be said again");
}

void addLanes(Group stock) {
    auto load = stock.add("load", "blanks are put into a lane", runStockLoad);
    StockOptions& loading = load.byTwo().options();
    load.needs("--lane", loading.lane, "hopper lane, from 1")
        .takes("--first", loading.label.first, "first card number, 9 characters")
        .takes("--last", loading.label.last, "last card number, 9 characters")
        .takes("--cards", loading.label.count, "how many, of a box without numbers")
        .takes("--box", loading.label.box, "of which box; without: straight from the bank")
        .takes("--count", loading.count, "counted already: ends the session at once");
    auto unload =
        stock.add("unload", "everything in a lane goes back to the vault", runStockUnload);
    unload.byTwo()
        .needs("--lane", unload.options().lane, "hopper lane, from 1")
        .takes("--count", unload.options().count, "counted already: ends the session at once");
    const auto session = [&](const char* name, const char* says, StockCommand run) {
        auto command = stock.add(name, says, run);
        command.byTwo().needs("--session", command.options().session, "number of the session");
        return command;
    };
    session("count", "how many cards were moved in a session", runStockCount)
        .counted("cards that were moved");
    session("end", "a counted session ends, the lane runs again", runStockEnd);
    session("undo", "everything was put back, the books stay", runStockUndo).because();
}

void addBins(Group stock) {
    auto empty = stock.add("empty-bin", "the cards of a bin go back to the bank", runStockEmptyBin);
    empty.byTwo()
        .because()
        .counted("cards that were taken out")
        .needs("--bin", empty.options().place, "reject-bin or old-card-bin");
    auto missing = stock.add("missing", "a card is not where the books say", runStockMissing);
    missing.byTwo()
        .because()
        .needs("--from", missing.options().place, "hopper-1, vault, hold-bin …")
        .takes("--number", missing.options().number, "its number, where it is known");
    auto found = stock.add("found", "a missing card is there again", runStockFound);
    found.byTwo()
        .because()
        .needs("--at", found.options().place, "hopper-1, vault, reject-bin …")
        .takes("--number", found.options().number, "its number, where it is known");
    auto name = stock.add("name", "which number a card has that left unread", runStockName);
    name.byTwo()
        .because()
        .needs("--number", name.options().number, "a number its lane still lists")
        .needs("--at", name.options().place, "reject-bin, missing or bank");
    auto deliver = stock.add("hand-over", "a held card is given to its holder", runStockHandOver);
    deliver.byTwo()
        .needs("--order", deliver.options().order, "the order's number")
        .needs("--code", deliver.options().pickupCode, "the pick-up code the holder told")
        .needs("--signature", deliver.options().signature, "number of the signed paper")
        .flag("--identity-checked", deliver.options().identityChecked,
              "the ID card was compared with the holder");
}

void addDay(Group day) {
    day.add("show", "what is counted and what is still to be", runDayShow).reading();
    day.add("freeze", "no card is made until the day is counted", runDayFreeze).byTwo();
    day.add("thaw", "the count is given up", runDayThaw).byTwo().because();
    auto count = day.add("count", "one of two people counted a place", runDayCount);
    count.writing()
        .counted("cards that were counted")
        .needs("--operator", count.options().people.operatorId, "who counted: a badge number")
        .needs("--place", count.options().place, "hopper-1, path, hold-bin, vault …")
        .takes("--number", count.options().numbers, "a card's number; may be said again");
    day.add("recount", "what differs is counted again", runDayRecount).byTwo();
    day.add("close", "the day ends; what differs becomes a case", runDayClose).byTwo();
    auto release = day.add("release", "a case is explained, its lane runs again", runDayRelease);
    release.byTwo().because().needs("--case", release.options().stockCase, "number of the case");
    day.add("accept-clock", "the clock is right, the books were dated ahead of it",
            runDayAcceptClock)
        .byTwo()
        .because();
    auto report = day.add("report", "the figures of a day", runDayReport);
    report.writing()
        .takes("--day", report.options().day, "yyyymmdd; without: the last one closed")
        .takes("--pdf", report.options().pdf, "write it to this file, as the bank files it")
        .takes("--csv", report.options().csv, "write it to this file, for a spreadsheet");
    auto history = day.add("history", "the days that were closed", runDayHistory);
    history.reading().takes("--most", history.options().most, "how many");
}

}  // namespace

void addStockCommands(CLI::App& app, int& exitCode) {
    auto* stock = app.add_subcommand("stock", "the books of the blank cards");
    stock->require_subcommand(1);
    auto show = Group{*stock, exitCode}.add("show", "how many cards are where", runStockShow);
    show.reading().takes("--config", show.options().config, "kiosk.toml, for what is overdue");
    addBoxes({*stock, exitCode});
    addLanes({*stock, exitCode});
    addBins({*stock, exitCode});
    auto* day = app.add_subcommand("day", "the count of the day and its close");
    day->require_subcommand(1);
    addDay({*day, exitCode});
    auto journal = Group{app, exitCode}.add("journal", "what happened, oldest first", runJournal);
    journal.reading()
        .takes("--order", journal.options().order, "the steps of an order")
        .takes("--day", journal.options().day, "the moves of a day, yyyymmdd; without: today")
        .takes("--box", journal.options().label.box, "the moves of a box")
        .takes("--number", journal.options().number, "one card: where it is, and since when")
        .takes("--salvage", journal.options().salvage,
               "a folder for every row of a damaged database that can still be read")
        .takes("--most", journal.options().most, "how many lines");
}

}  // namespace liqu::program
