#include "program/stock_cli.hpp"

#include <memory>

#include "program/stock_options.hpp"

namespace liqu::program {
namespace {

// One command and what it reads; the options live as long as its callback.
class Command {
  public:
    Command(CLI::App& group, const char* name, const char* says, StockCommand run, Chosen& chosen)
        : app_(group.add_subcommand(name, says)), options_(std::make_shared<StockOptions>()) {
        options_->command = name;
        app_->callback([options = options_, run, &chosen] {
            chosen = [options, run] { return run(*options); };
        });
    }

    StockOptions& options() { return *options_; }
    // Required, or not.
    template <typename Value>
    Command& needs(const char* option, Value& value, const char* says) {
        add(option, value, says)->required();
        return *this;
    }
    template <typename Value>
    Command& takes(const char* option, Value& value, const char* says) {
        add(option, value, says);
        return *this;
    }
    Command& day(const char* option, std::string& value, const char* says) {
        addDay(*app_, option, value, says);
        return *this;
    }
    Command& month(const char* option, std::string& value, const char* says) {
        addMonth(*app_, option, value, says)->required();
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
    Command& counted(const char* says) {
        add("--count", options().count, says)->required();
        return *this;
    }

  private:
    // More than any box, vault or history has; a number beyond it was mistyped.
    static constexpr int most = 10'000'000;

    CLI::Option* add(const char* option, std::string& value, const char* says) {
        return app_->add_option(option, value, says);
    }
    CLI::Option* add(const char* option, std::vector<std::string>& values, const char* says) {
        return app_->add_option(option, values, says);
    }
    CLI::Option* add(const char* option, std::filesystem::path& path, const char* says) {
        return addPath(*app_, option, path, says);
    }
    // Numbers of lanes, sessions, cases and lines begin with 1; a count may be 0.
    template <std::integral Number>
    CLI::Option* add(const char* option, Number& value, const char* says) {
        const bool mayBeNone = std::string_view(option) == "--count";
        return addNumber<Number>(*app_, option, value, mayBeNone ? 0 : 1, most, says);
    }

    CLI::App* app_;
    std::shared_ptr<StockOptions> options_;
};

struct Group {
    CLI::App& app;
    Chosen& chosen;
    Command add(const char* name, const char* says, StockCommand run) {
        return Command(app, name, says, run, chosen);
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
        .takes("--old-card", deliver.options().oldCard, "number of the old card that is taken in")
        .flag("--identity-checked", deliver.options().identityChecked,
              "the ID card was compared with the holder");
    auto cabinet = stock.add("to-cabinet", "unfetched cards go from the hold bin into the cabinet",
                             runStockToCabinet);
    cabinet.byTwo().needs("--number", cabinet.options().numbers, "a card; may be said again");
    auto bank =
        stock.add("to-bank", "held cards go back to the bank, their orders end", runStockToBank);
    bank.byTwo()
        .needs("--number", bank.options().numbers, "a card; may be said again")
        .needs("--cause", bank.options().cause,
               "unclaimed, reminded, deceased, disappeared, emigrated, again-failed or "
               "refused-for-good")
        .needs("--evidence", bank.options().evidence, "number of the paper the bank signs");
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
        .day("--day", report.options().day, "yyyymmdd; without: the last one closed")
        .takes("--pdf", report.options().pdf, "write it to this file, as the bank files it")
        .takes("--csv", report.options().csv, "write it to this file, for a spreadsheet");
    auto history = day.add("history", "the days that were closed", runDayHistory);
    history.reading().takes("--most", history.options().most, "how many");
}

void addQueue(CLI::App& app, Chosen& chosen) {
    auto* queue = app.add_subcommand("queue", "messages to the province");
    queue->require_subcommand(1);
    Group messages{*queue, chosen};
    auto list = messages.add("list", "what waits, and what was set aside", runQueueList);
    list.reading().takes("--most", list.options().most, "how many");
    auto resend = messages.add("resend", "what kept it back was mended", runQueueResend);
    resend.writing()
        .needs("--message", resend.options().fact, "its number, as listed")
        .needs("--operator", resend.options().people.operatorId, "who does it: a badge number");
    auto close = messages.add("close", "the province was told another way", runQueueClose);
    close.byTwo()
        .because()
        .needs("--message", close.options().fact, "its number, as listed")
        .needs("--evidence", close.options().evidence, "number of the letter or ticket");

    auto* branch = app.add_subcommand("branch", "what an older province's system has no place for");
    branch->require_subcommand(1);
    Group lines{*branch, chosen};
    auto open = lines.add("list", "facts the branch tells the province itself", runBranchList);
    open.reading().takes("--most", open.options().most, "how many");
    auto line = lines.add("show", "what one of them says", runBranchShow);
    line.writing()
        .needs("--message", line.options().fact, "its number, as listed")
        .needs("--operator", line.options().people.operatorId, "who reads it: a badge number");
    auto settle = lines.add("settle", "the province was told", runBranchSettle);
    settle.byTwo()
        .because()
        .needs("--message", settle.options().fact, "its number, as listed")
        .needs("--evidence", settle.options().evidence, "number of the letter or ticket");
    auto texts = lines.add("texts", "what the system said and no table knows", runBranchTexts);
    texts.writing()
        .takes("--most", texts.options().most, "how many")
        .needs("--operator", texts.options().people.operatorId, "who reads it: a badge number");

    auto* making = app.add_subcommand("making", "whether the last cards stop the next one");
    making->require_subcommand(1);
    Group cards{*making, chosen};
    cards.add("show", "the failure that repeats", runMakingShow).reading();
    auto resume = cards.add("resume", "somebody looked at the machine; go on", runMakingResume);
    resume.writing().needs("--operator", resume.options().people.operatorId,
                           "who looked: a badge number");
}

}  // namespace

void addStockCommands(CLI::App& app, Chosen& chosen) {
    auto* stock = app.add_subcommand("stock", "the books of the blank cards");
    stock->require_subcommand(1);
    auto show = Group{*stock, chosen}.add("show", "how many cards are where", runStockShow);
    show.reading().takes("--config", show.options().config, "kiosk.toml, for what is overdue");
    addBoxes({*stock, chosen});
    addLanes({*stock, chosen});
    addBins({*stock, chosen});
    auto* books = app.add_subcommand("books", "the books as a whole");
    books->require_subcommand(1);
    Group{*books, chosen}
        .add("renew", "books that are not the newest go on, with the province's yes", runBooksRenew)
        .byTwo()
        .because();
    auto* day = app.add_subcommand("day", "the count of the day and its close");
    day->require_subcommand(1);
    addDay({*day, chosen});
    addQueue(app, chosen);
    auto journal = Group{app, chosen}.add("journal", "what happened, oldest first", runJournal);
    journal.reading()
        .takes("--order", journal.options().order, "the steps of an order")
        .day("--day", journal.options().day, "the moves of a day, yyyymmdd; without: today")
        .flag("--checks", journal.options().checks,
              "of a day: what was checked and what people agreed to")
        .takes("--box", journal.options().label.box, "the moves of a box")
        .takes("--number", journal.options().number, "one card: where it is, and since when")
        .takes("--salvage", journal.options().salvage,
               "a folder for every row of a damaged database that can still be read")
        .takes("--most", journal.options().most, "how many lines");
    auto archive =
        Group{app, chosen}.add("archive", "the books of a month, as files to keep", runArchive);
    archive.writing()
        .month("--month", archive.options().month, "yyyymm, one that is over")
        .needs("--out", archive.options().out, "a folder that is there")
        .needs("--operator", archive.options().people.operatorId,
               "who archives it: a badge number");
}

}  // namespace liqu::program
