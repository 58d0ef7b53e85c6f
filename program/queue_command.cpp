// `liqu queue`: what the province does not know yet, and what was set aside. `liqu making`: why no
// card is made, and that the machine was looked at. `liqu branch`: what an older system of a
// province has no place for, and what it said that nobody knows.
#include "firmware/issuance/reading_streak.hpp"
#include "firmware/issuance/streak.hpp"
#include "firmware/province/adapters/card_service/book.hpp"
#include "firmware/province/branch_list.hpp"
#include "program/books_access.hpp"

namespace liqu::program {
namespace {

using custody::Mandate;
using desk::StockDesk;
using storage::Transaction;

std::string messageName(std::int64_t fact) {
    return "message " + std::to_string(fact);
}

}  // namespace

int runQueueList(const StockOptions& options) {
    return lookAtBooks(options, [&](storage::Database& database) -> Result<void> {
        for (const province::FactLine& line : TRY(province::undelivered(database, options.most))) {
            std::printf("%lld  %s  %s  %s  %s, %d tries  %s\n", static_cast<long long>(line.fact),
                        formatChinaTime(line.happenedAt).c_str(), line.messageType.c_str(),
                        line.bizId.c_str(),
                        line.status.state == province::FactState::parked ? "set aside" : "waits",
                        line.status.attempts, line.status.outcome.c_str());
        }
        const province::OutboxDepth depth = TRY(province::depthOf(database));
        std::printf("%lld wait(s), %lld set aside\n", static_cast<long long>(depth.queued),
                    static_cast<long long>(depth.parked));
        if (const auto listed = TRY(province::branchListLength(database)); listed > 0)
            std::printf("%lld on the branch's own list: liqu branch list\n",
                        static_cast<long long>(listed));
        return {};
    });
}

int runQueueResend(const StockOptions& options) {
    const auto resend = [&](StockDesk& desk, Books&) -> Result<std::string> {
        const auto requeue = [&](Transaction& transaction, const Mandate&) {
            return province::requeueParked(transaction, options.fact);
        };
        TRY(desk::carryOut(desk.parts(), options.people, "", requeue));
        return messageName(options.fact) + " is sent again";
    };
    return actOnBooks(options, staff::Act::resendFact, resend);
}

int runQueueClose(const StockOptions& options) {
    const auto close = [&](StockDesk& desk, Books&) -> Result<std::string> {
        const auto change = [&](Transaction& transaction, const Mandate& mandate) {
            return province::closeParked(transaction, options.fact,
                                         {.reason = mandate.reason,
                                          .evidence = options.evidence,
                                          .operatorId = mandate.people.operatorId,
                                          .secondOperatorId = mandate.people.secondOperatorId,
                                          .at = mandate.at});
        };
        TRY(desk::carryOut(desk.parts(), options.people, options.reason, change));
        return messageName(options.fact) + " is closed; what waited behind it is sent";
    };
    return actOnBooks(options, staff::Act::closeFact, close);
}

int runBranchList(const StockOptions& options) {
    return lookAtBooks(options, [&](storage::Database& database) -> Result<void> {
        for (const province::BranchLine& line : TRY(province::branchList(database, options.most))) {
            std::printf("%lld  %s  %s  %s  fact %lld\n", static_cast<long long>(line.line),
                        formatChinaTime(line.happenedAt).c_str(), line.messageType.c_str(),
                        line.bizId.c_str(), static_cast<long long>(line.terminalSeq));
        }
        std::printf(
            "%lld for the branch to tell, %lld text(s) nobody knows so far\n",
            static_cast<long long>(TRY(province::branchListLength(database))),
            static_cast<long long>(TRY(province::card_service::countUnknownTexts(database))));
        return {};
    });
}

int runBranchShow(const StockOptions& options) {
    const auto show = [&](StockDesk&, Books& books) -> Result<std::string> {
        return TRY(province::branchFact(books.database(), books.sealer(), options.fact)).reveal();
    };
    return actOnBooks(options, staff::Act::viewQueue, show);
}

int runBranchSettle(const StockOptions& options) {
    const auto settle = [&](StockDesk& desk, Books&) -> Result<std::string> {
        const auto change = [&](Transaction& transaction, const Mandate& mandate) {
            return province::settleBranchLine(transaction, options.fact,
                                              {.reason = mandate.reason,
                                               .evidence = options.evidence,
                                               .operatorId = mandate.people.operatorId,
                                               .secondOperatorId = mandate.people.secondOperatorId,
                                               .at = mandate.at});
        };
        TRY(desk::carryOut(desk.parts(), options.people, options.reason, change));
        return "line " + std::to_string(options.fact) + " of the branch's list is settled";
    };
    return actOnBooks(options, staff::Act::closeFact, settle);
}

int runBranchTexts(const StockOptions& options) {
    const auto show = [&](StockDesk&, Books& books) -> Result<std::string> {
        std::string lines;
        for (const auto& one : TRY(province::card_service::unknownTexts(
                 books.database(), books.sealer(), options.most))) {
            lines += formatChinaTime(one.at) + "  " + one.call + "  " + one.text.reveal() + "\n";
        }
        return lines + "end of the texts nobody knows";
    };
    return actOnBooks(options, staff::Act::viewQueue, show);
}

int runMakingShow(const StockOptions& options) {
    return lookAtBooks(options, [&](storage::Database& database) -> Result<void> {
        const auto cards = TRY(issuance::currentStreak(database));
        const auto readings = TRY(issuance::readingStreak(database));
        if (cards) {
            std::printf("%d card(s) in a row since %s, the last: %u %s\n", cards->cards,
                        formatChinaTime(cards->since).c_str(), numberOf(cards->cause),
                        std::string(nameOf(cards->cause)).c_str());
        }
        if (readings) {
            std::printf("%d visit(s) in a row: %u %s\n", readings->visits,
                        numberOf(readings->cause), std::string(nameOf(readings->cause)).c_str());
        }
        if (!cards && !readings) std::printf("nothing repeats\n");
        return {};
    });
}

int runMakingResume(const StockOptions& options) {
    const auto resume = [&](StockDesk& desk, Books&) -> Result<std::string> {
        const auto end = [](Transaction& transaction, const Mandate&) -> Result<void> {
            TRY(issuance::endReadingStreak(transaction));
            return issuance::endStreak(transaction);
        };
        TRY(desk::carryOut(desk.parts(), options.people, "", end));
        return std::string("the cards so far count no more; the next one is tried");
    };
    return actOnBooks(options, staff::Act::resumeMaking, resume);
}

}  // namespace liqu::program
