// The frame of the commands about blanks: acts take the machine's lock and write; looking reads
// beside a kiosk that runs.
#pragma once

#include <cstdio>

#include "firmware/issuance/stock_desk.hpp"
#include "program/books.hpp"
#include "program/instance_lock.hpp"
#include "program/stock_options.hpp"

namespace liqu::program {

inline int say(const Error& error) {
    std::fprintf(stderr, "liqu: %s\n", describe(error).c_str());
    return 1;
}

inline issuance::StockDeskParts deskParts(Books& books) {
    return {books.database(), books.orders(),      books.outbox(),
            books.clock(),    books.files().kiosk, books.files().region};
}

// act: Result<std::string>(StockDesk&, Books&); the text is said where it is done.
template <typename Act>
int act(const StockOptions& options, Act act) {
    std::error_code ignored;
    std::filesystem::create_directories(options.data, ignored);
    const auto lock = InstanceLock::take(options.data);
    if (!lock) return say(lock.error());
    auto books = Books::open(options);
    if (!books) return say(books.error());
    issuance::StockDesk desk(deskParts(**books));
    const Result<std::string> done = act(desk, **books);
    if (!done) return say(done.error());
    std::printf("%s\n", done->c_str());
    return 0;
}

// What is missing is said before anything is shown, and where the rest can be had.
inline void warnOfDamage(storage::Database& database, const StockOptions& options) {
    const auto log = storage::checkLog(options.data / "kiosk.db");
    if (!log) std::fprintf(stderr, "liqu: %s\n", describe(log.error()).c_str());
    const auto sound = database.verify();
    if (sound) return;
    std::fprintf(stderr,
                 "liqu: %s\nliqu: what follows may be incomplete; liqu journal --salvage FOLDER "
                 "writes every row that can still be read, and names the gaps\n",
                 describe(sound.error()).c_str());
}

// look: Result<void>(Database&).
template <typename Look>
int look(const StockOptions& options, Look look) {
    auto database = storage::Database::open({(options.data / "kiosk.db").string(), "", true});
    if (!database) return say(database.error());
    warnOfDamage(**database, options);
    const Result<void> done = look(**database);
    return done ? 0 : say(done.error());
}

}  // namespace liqu::program
