// What can be said on the command line about blanks and the day; which of it a command reads stands
// in stock_cli.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "firmware/base/two_people.hpp"
#include "firmware/custody/box.hpp"
#include "program/commands.hpp"

namespace liqu::program {

struct StockOptions : CommonOptions {
    std::string command;  // "receive", "missing" …
    TwoPeople people;
    std::string reason;
    custody::BoxLabel label;
    int lane = 0;
    std::int64_t session = 0;
    std::int64_t stockCase = 0;
    std::int64_t fact = 0;    // a message to the province
    std::int64_t count = -1;  // not said
    std::string place;
    std::string number;
    std::vector<std::string> numbers;
    std::string order;
    std::string day;
    std::string month;
    std::string pickupCode;
    std::string oldCard;
    std::string signature;
    bool identityChecked = false;
    std::string cause;
    std::string evidence;
    std::filesystem::path pdf;
    std::filesystem::path csv;
    std::filesystem::path salvage;  // folder
    std::filesystem::path out;      // folder
    bool checks = false;            // of a day: what was checked and agreed to
    int most = 200;                 // lines of a history
};

// What a line of the staff record says of it: "missing A00000003 hopper-1".
inline std::string recordedWords(const StockOptions& options) {
    constexpr std::size_t mostNamed = 20;
    const auto numbered = [](const char* kind, std::int64_t id) {
        return id > 0 ? kind + std::to_string(id) : std::string();
    };
    std::vector<std::string> parts = {options.label.box,
                                      options.month,
                                      options.order,
                                      options.number,
                                      numbered("session ", options.session),
                                      numbered("case ", options.stockCase),
                                      numbered("message ", options.fact),
                                      numbered("hopper-", options.lane),
                                      options.place,
                                      options.cause,
                                      options.evidence};
    if (options.numbers.size() <= mostNamed) {
        parts.insert(parts.end(), options.numbers.begin(), options.numbers.end());
    } else {
        parts.push_back(std::to_string(options.numbers.size()) + " numbers");
    }
    std::string words = options.command;
    for (const std::string& part : parts) words += part.empty() ? "" : " " + part;
    return words;
}

using StockCommand = int (*)(const StockOptions& options);

// stock_command.cpp: every one but show moves cards and needs two people.
int runStockShow(const StockOptions& options);
int runStockReceive(const StockOptions& options);
int runStockOpenBox(const StockOptions& options);
int runStockLoad(const StockOptions& options);
int runStockUnload(const StockOptions& options);
int runStockCount(const StockOptions& options);
int runStockEnd(const StockOptions& options);
int runStockUndo(const StockOptions& options);
int runStockReturn(const StockOptions& options);
int runStockDestroy(const StockOptions& options);
// bin_command.cpp
int runStockEmptyBin(const StockOptions& options);
int runStockMissing(const StockOptions& options);
int runStockFound(const StockOptions& options);
int runStockName(const StockOptions& options);
int runStockHandOver(const StockOptions& options);
int runStockToCabinet(const StockOptions& options);
int runStockToBank(const StockOptions& options);
// day_command.cpp
int runDayShow(const StockOptions& options);
int runDayFreeze(const StockOptions& options);
int runDayThaw(const StockOptions& options);
int runDayCount(const StockOptions& options);
int runDayRecount(const StockOptions& options);
int runDayClose(const StockOptions& options);
int runDayRelease(const StockOptions& options);
int runDayAcceptClock(const StockOptions& options);
int runDayReport(const StockOptions& options);
int runDayHistory(const StockOptions& options);
// books_command.cpp
int runBooksRenew(const StockOptions& options);
// queue_command.cpp
int runQueueList(const StockOptions& options);
int runQueueResend(const StockOptions& options);
int runQueueClose(const StockOptions& options);
int runBranchList(const StockOptions& options);
int runBranchShow(const StockOptions& options);
int runBranchSettle(const StockOptions& options);
int runBranchTexts(const StockOptions& options);
int runMakingShow(const StockOptions& options);
int runMakingResume(const StockOptions& options);
// journal_command.cpp
int runJournal(const StockOptions& options);
// archive_command.cpp
int runArchive(const StockOptions& options);

}  // namespace liqu::program
