// The frame of the commands about blanks: acts take the machine's lock and write; looking reads
// beside a kiosk that runs.
#pragma once

#include <cstdio>

#include "firmware/issuance/stock_desk.hpp"
#include "program/badges.hpp"
#include "program/books.hpp"
#include "program/console.hpp"
#include "program/instance_lock.hpp"
#include "program/stock_options.hpp"

namespace liqu::program {

inline issuance::StockDeskParts deskParts(Books& books) {
    return {books.database(), books.orders(),      books.outbox(),
            books.clock(),    books.files().kiosk, books.files().region};
}

inline Result<void> proveBadges(Books& books, staff::Act what, const custody::TwoPeople& people) {
    SystemRandom random;
    staff::Accounts accounts(books.database(), random);
    const AskPin askPin = [](const std::string& badge) { return askSecret("PIN of " + badge); };
    return proveBadges(accounts, what, people, askPin, books.now());
}

// doIt: Result<std::string>(StockDesk&, Books&); the text is said where it is done. Badges are
// proven first, and whatever comes of it is a line of the record.
template <typename DoIt>
int act(const StockOptions& options, staff::Act what, DoIt doIt) {
    std::error_code ignored;
    std::filesystem::create_directories(options.data, ignored);
    const auto lock = InstanceLock::take(options.data);
    if (!lock) return say(lock.error());
    auto opened = Books::open(options);
    if (!opened) return say(opened.error());
    Books& books = **opened;
    const std::string object = recordedWords(options);
    issuance::StockDeskParts parts = deskParts(books);
    parts.alongside = [&](storage::Transaction& transaction) {
        return recordAct(transaction, what, options.people, object, books.now());
    };
    issuance::StockDesk desk(std::move(parts));
    const auto proven = proveBadges(books, what, options.people);
    const Result<std::string> done = proven ? doIt(desk, books) : fail(proven.error());
    if (!done) {
        const auto written = recordRefusal(books.database(), what, options.people, object,
                                           done.error(), books.now());
        if (!written) say(written.error());
        return say(done.error());
    }
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
