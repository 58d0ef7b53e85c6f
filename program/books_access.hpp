// The frame of the commands about blanks: acts take the machine's lock and write; looking reads
// beside a kiosk that runs.
#pragma once

#include <cstdio>

#include "firmware/desk/stock_desk.hpp"
#include "program/badges.hpp"
#include "program/books.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/folder_rights.hpp"
#include "program/stock_options.hpp"

namespace liqu::program {

inline desk::DeskParts deskParts(Books& books, staff::Deed deed) {
    return {.database = books.database(),
            .orders = books.orders(),
            .outbox = books.outbox(),
            .clock = books.clock(),
            .config = books.files().kiosk,
            .region = books.files().region,
            .deed = std::move(deed),
            .signer = books.signer()};
}

inline Result<void> proveBadges(Books& books, staff::Act what, const TwoPeople& people) {
    SystemRandom random;
    staff::Accounts accounts(books.database(), random);
    const AskPin askPin = [](const std::string& badge) { return askSecret("PIN of " + badge); };
    return proveBadges(accounts, what, people, askPin, books.now());
}

// doIt: Result<std::string>(StockDesk&, Books&); the text is said where it is done. Badges are
// proven first, and whatever comes of it is a line of the record.
template <typename DoIt>
int actOnBooks(const StockOptions& options, staff::Act what, DoIt doIt) {
    const auto lock = enter(options.data);
    if (!lock) return say(lock.error());
    auto opened = Books::open(options);
    if (!opened) return say(opened.error());
    Books& books = **opened;
    const staff::Deed deed{what, recordedWords(options)};
    desk::StockDesk desk(deskParts(books, deed));
    const auto proven = proveBadges(books, what, options.people);
    const Result<std::string> done = proven ? doIt(desk, books) : fail(proven.error());
    if (!done) {
        const auto written = staff::recordAlone(
            books.database(),
            staff::refusedLineOf(deed, options.people, books.now(), done.error()));
        if (!written) say(written.error());
        return say(done.error());
    }
    std::printf("%s\n", done->c_str());
    return 0;
}

// What is missing is said before anything is shown, and where the rest can be had.
inline void warnOfDamage(storage::Database& database, const StockOptions& options) {
    const auto log = storage::checkLog(databaseIn(options.data));
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
int lookAtBooks(const StockOptions& options, Look look) {
    auto database = openForReading(options.data);
    if (!database) return say(database.error());
    warnOfDamage(**database, options);
    const Result<void> done = look(**database);
    return done ? 0 : say(done.error());
}

}  // namespace liqu::program
