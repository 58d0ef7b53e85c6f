// `liqu books renew`: the one way on for books that are not the newest.
#include "firmware/desk/books_renewal.hpp"
#include "program/books_access.hpp"
#include "program/machine.hpp"

namespace liqu::program {
namespace {

Result<std::string> renew(Machine& machine, const StockOptions& options, const staff::Deed& deed) {
    const desk::DeskParts desk = machine.desk(deed);
    SystemRandom random;
    staff::Accounts accounts(desk.database, random);
    const AskPin askPin = [](const std::string& badge) { return askSecret("PIN of " + badge); };
    auto done = [&]() -> Result<std::string> {
        TRY(proveBadges(accounts, deed.act, options.people, askPin, desk.clock.wallTime()));
        return desk::renewBooks({.desk = desk,
                                 .province = machine.province(),
                                 .random = random,
                                 .firmwareVersion = LIQU_VERSION},
                                options.people, options.reason);
    }();
    if (!done) {
        TRY(staff::recordAlone(
            desk.database,
            staff::refusedLineOf(deed, options.people, desk.clock.wallTime(), done.error())));
    }
    return done;
}

}  // namespace

int runBooksRenew(const StockOptions& options) {
    const auto lock = enter(options.data);
    if (!lock) return say(lock.error());
    auto machine = Machine::assemble(options);
    if (!machine) return say(machine.error());
    const auto epoch = renew(**machine, options, {staff::Act::renewBooks, recordedWords(options)});
    if (!epoch) return say(epoch.error());
    std::printf(
        "these books go on in epoch %s\n"
        "what was done since they were copied is not in them: count every place now "
        "(liqu day freeze, count, close) and book what differs\n",
        epoch->c_str());
    return 0;
}

}  // namespace liqu::program
