#include "tests/outbox/drain_proof.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "firmware/province/adapters/kips/envelope.hpp"
#include "firmware/province/outbox_row.hpp"
#include "firmware/province/sender.hpp"
#include "tests/outbox/bare_line.hpp"
#include "tests/outbox/sure.hpp"
#include "tests/outbox/wire.hpp"
#include "tests/outbox/written_facts.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::proof {
namespace {

using province::Fact;
using province::Outgoing;

constexpr int inATurn = 50;
constexpr int writtenAtOnce = 40;

class Drain {
  public:
    explicit Drain(const DrainPlan& plan) : plan_(plan), random_(plan.seed) {
        while (writer_.written() < plan_.facts) {
            const auto left = plan_.facts - static_cast<int>(writer_.written());
            std::ranges::move(writer_.write(*books_, std::min(writtenAtOnce, left)),
                              std::back_inserter(facts_));
        }
        const std::string columns(province::factRowColumns);
        for (const storage::Row& row :
             sure(books_->query("SELECT " + columns + " FROM outbox ORDER BY fact"))) {
            rows_.push_back(province::factRowOf(row, 0));
        }
    }

    DrainFigures run(const std::function<void(int)>& told) {
        constexpr std::size_t toldEach = 1'000;
        std::size_t tried = 0;
        for (std::size_t done = 0; done < facts_.size();) {
            const std::size_t end = std::min(done + inATurn, facts_.size());
            bare_ += timeOf([&] {
                for (std::size_t i = done; i < end; ++i) sendBare(i);
            });
            sent_ += timeOf([&] {
                while (tried < end) tried += sendSome();
            });
            done = end;
            if (done % toldEach == 0) told(static_cast<int>(done));
        }
        DrainFigures figures;
        compareBooks(*books_, province_.front().copyOfBooks(), writer_.written(), figures.outbox);
        OutboxFigures bare;
        compareBooks(*books_, other_.front().copyOfBooks(), writer_.written(), bare);
        LIQU_ASSERT(bare.holds());
        figures.outbox.facts = writer_.written();
        figures.bareEachSecond = eachSecond(bare_);
        figures.sentEachSecond = eachSecond(sent_);
        return figures;
    }

  private:
    Duration timeOf(auto&& act) {
        const Instant begin = kiosk_.clock.now();
        act();
        return kiosk_.clock.now() - begin;
    }
    double eachSecond(Duration took) const {
        return static_cast<double>(facts_.size()) / std::chrono::duration<double>(took).count();
    }

    std::size_t sendSome() {
        const province::SendStep step = sure(sender_.burst());
        // Nothing refuses here, and nothing is busy: there is always one to send.
        LIQU_ASSERT(step.tries > 0);
        return static_cast<std::size_t>(step.tries);
    }

    void sendBare(std::size_t number) {
        const Fact& fact = facts_[number];
        const province::FactRow& row = rows_[number];
        Outgoing message;
        message.type = fact.type;
        message.messageId = randomId(kiosk_.random);
        message.idempotencyKey = row.idempotencyKey;
        message.place = province::FactPlace{row.epoch, row.terminalSeq, row.chain};
        message.business = fact.business;
        message.policyId = proofTerminal().policyId;
        message.happenedAt = row.happenedAt;
        message.sentAt = kiosk_.clock.wallTime();
        message.body = fact.body.reveal();
        const PersonalText envelope =
            sure(province::buildEnvelope(proofTerminal(), message, *kiosk_.signer));
        const std::string answer =
            bareLine_.post(province::pathOf(message.type), envelope.reveal());
        const auto reply = sure(province::parseReply(answer, message, *kiosk_.signer));
        LIQU_ASSERT(succeeded(reply));
    }

    DrainPlan plan_;
    SeededRandom random_;
    test::Scratch scratch_;
    bool made_ = (makeFolder(scratch_.folder()), true);
    WiredProvince province_{scratch_.folder(), Duration{}};
    WiredProvince other_{scratch_.folder(), Duration{}};
    WiredKiosk kiosk_{scratch_.folder()};
    province::Outbox outbox_{kiosk_.sealer, proofTerminal()};
    FactWriter writer_{outbox_, kiosk_.clock, random_, 0};
    std::unique_ptr<storage::Database> books_ = openBooks(scratch_.folder());
    std::unique_ptr<storage::Database> own_ = openBooks(scratch_.folder());
    std::vector<Fact> facts_;
    std::vector<province::FactRow> rows_;
    // Die before the servers, which wait for open connections.
    std::unique_ptr<drivers::HttpsLink> line_ =
        sure(drivers::HttpsLink::create(lineTo(scratch_.folder(), province_.url())));
    BareLine bareLine_{lineTo(scratch_.folder(), other_.url())};
    province::KipsAdapter adapter_{*line_,        *kiosk_.signer,  kiosk_.clock,
                                   kiosk_.random, proofTerminal(), ports::LinePatience{}};
    province::Sender sender_{*own_, kiosk_.sealer, adapter_, plan_.lines};
    Duration bare_{};
    Duration sent_{};
};

}  // namespace

DrainFigures proveDrain(const DrainPlan& plan, const std::function<void(int)>& told) {
    return Drain(plan).run(told);
}

}  // namespace liqu::proof
