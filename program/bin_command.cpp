// `liqu stock`: the bins, and cards that are missing.
#include "firmware/desk/bin_exits.hpp"
#include "program/books_access.hpp"

namespace liqu::program {
namespace {

using desk::StockDesk;

std::string cardText(const std::string& number) {
    return number.empty() ? "a card without a number" : number;
}

}  // namespace

int runStockEmptyBin(const StockOptions& options) {
    const bool oldCards = options.place == custody::Place::oldCardBin().name();
    return actOnBooks(options, oldCards ? staff::Act::emptyOldCardBin : staff::Act::emptyRejectBin,
                      [&](StockDesk& desk, Books&) -> Result<std::string> {
                          const auto emptied =
                              TRY(desk.emptyBin(custody::Place::named(options.place), options.count,
                                                options.reason, options.people));
                          std::string words = std::to_string(emptied.cards()) + " cards of the " +
                                              options.place + " go to the bank";
                          for (const std::string& number : emptied.numbers) words += "\n" + number;
                          return words;
                      });
}

int runStockMissing(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::correctBooks, [&](StockDesk& desk, Books&) -> Result<std::string> {
            TRY(desk.bookMissing(options.number, custody::Place::named(options.place),
                                 options.reason, options.people));
            return cardText(options.number) + " is booked as missing from " + options.place;
        });
}

int runStockFound(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::correctBooks, [&](StockDesk& desk, Books&) -> Result<std::string> {
            TRY(desk.bookFound(options.number, custody::Place::named(options.place), options.reason,
                               options.people));
            return cardText(options.number) + " is booked at " + options.place + " again";
        });
}

int runStockName(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::correctBooks, [&](StockDesk& desk, Books&) -> Result<std::string> {
            TRY(desk.nameCard(options.number, custody::Place::named(options.place), options.reason,
                              options.people));
            return "the card without a number at " + options.place + " is " + options.number;
        });
}

int runStockHandOver(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::deliverCard, [&](StockDesk& desk, Books&) -> Result<std::string> {
            const desk::HandOver handOver{.pickupCode = options.pickupCode,
                                          .identityChecked = options.identityChecked,
                                          .signatureEvidence = options.signature,
                                          .oldCardNumber = options.oldCard};
            TRY(desk::handOverFromHold(desk.parts(), options.order, handOver, options.people));
            std::string done = "the card of " + options.order + " was handed over";
            if (TRY(desk::bankLinkMissing(desk.parts().database, options.order))) {
                done +=
                    "\nits bank account is not linked: tell the holder to take the card and "
                    "the ID card to the bank's counter";
            }
            return done;
        });
}

int runStockToCabinet(const StockOptions& options) {
    return actOnBooks(options, staff::Act::keepInCabinet,
                      [&](StockDesk& desk, Books&) -> Result<std::string> {
                          TRY(desk::moveToCabinet(desk.parts(), options.numbers, options.people));
                          return std::to_string(options.numbers.size()) +
                                 " cards are booked in the outlet's cabinet";
                      });
}

int runStockToBank(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::returnHeld, [&](StockDesk& desk, Books&) -> Result<std::string> {
            const auto cause = named<desk::ReturnCause>(options.cause);
            if (!cause) return fail(ErrorCode::configBadValue, "there is no such cause");
            TRY(desk::returnToBank(desk.parts(), {options.numbers, *cause, options.evidence},
                                   options.people));
            return std::to_string(options.numbers.size()) +
                   " cards go to the bank; their orders are over";
        });
}

}  // namespace liqu::program
