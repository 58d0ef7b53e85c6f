#include "tests/audit/audit_proof.hpp"

#include "firmware/base/assert.hpp"

namespace liqu::proof {
namespace {

using witness::FirstKey;
using witness::Verdict;

// Tamperings of one record, before the next is made.
constexpr std::int64_t perRecord = 250;

class Proof {
  public:
    Proof(const AuditPlan& plan, const std::function<void(const AuditFigures&)>& tell)
        : plan_(plan), tell_(tell), random_(plan.seed) {}

    AuditFigures run() {
        while (figures_.tamperings < plan_.tamperings) {
            const Recorded honest = makeRecord();
            for (std::int64_t i = 0; i < perRecord && figures_.tamperings < plan_.tamperings; ++i)
                attack(honest);
            if (tell_) tell_(figures_);
        }
        return figures_;
    }

  private:
    // 20 to 120 lines, a checkpoint about every eighth, and some lines after the last.
    Recorded makeRecord() {
        Recorder recorder(random_.next(), plan_.weakness);
        const int parts = 3 + static_cast<int>(random_.below(12));
        for (int i = 0; i < parts; ++i) {
            recorder.write(1 + static_cast<int>(random_.below(16)));
            recorder.checkpoint();
            lookAtHonest(recorder.recorded());
        }
        recorder.write(3 + static_cast<int>(random_.below(6)));
        Recorded recorded = recorder.recorded();
        lookAtHonest(recorded);
        return recorded;
    }

    Verdict judge(const witness::Record& record, std::vector<staff::Checkpoint> checkpoints,
                  std::vector<FirstKey> keys) {
        if (plan_.blindness == Blindness::hasNoCheckpoints) checkpoints.clear();
        if (plan_.blindness == Blindness::comparesNoMac) keys.clear();
        auto verdict = witness::verify(record, std::move(checkpoints), std::move(keys));
        LIQU_ASSERT(verdict.has_value());
        return *verdict;
    }

    void lookAtHonest(const Recorded& honest) {
        std::vector<staff::Checkpoint> some;
        for (const staff::Checkpoint& one : honest.checkpoints)
            if (random_.below(2) == 0) some.push_back(one);
        for (const auto& keys : {std::vector<FirstKey>{honest.firstKey}, {}}) {
            for (const auto& kept : {honest.checkpoints, some, {}}) {
                ++figures_.honest;
                const Verdict verdict = judge(honest.record, kept, keys);
                if (verdict.wrong) ++figures_.accused;
            }
        }
    }

    void attack(const Recorded& honest) {
        const auto kinds = wordTable<Attack>.values();
        const Attack kind = kinds[random_.below(kinds.size())];
        const Tampered tampered = tamper(honest, kind, random_);
        const Verdict with = judge(tampered.record, honest.checkpoints, {honest.firstKey});
        const Verdict without = judge(tampered.record, honest.checkpoints, {});
        if (tampered.touched > honest.checkpoints.back().lines) {
            ++figures_.later;
            if (with.wrong) ++figures_.laterFound;
            return;
        }
        ++figures_.tamperings;
        // With the key of an old copy its macs are right: what shows it is a checkpoint.
        const bool exact = kind != Attack::continueOldCopy;
        const bool found =
            names(with, tampered.touched, exact) && names(without, tampered.touched, false);
        if (found) {
            ++figures_.found;
        } else if (figures_.firstMissed.empty()) {
            figures_.firstMissed = std::string(nameOf(kind)) + " at line " +
                                   std::to_string(tampered.touched) + " of " +
                                   std::to_string(honest.record.lines.size());
        }
    }

    static bool names(const Verdict& verdict, std::int64_t touched, bool exact) {
        if (!verdict.wrong) return false;
        if (exact) return verdict.wrong->line == touched;
        return verdict.wrong->notBefore <= touched && touched <= verdict.wrong->line;
    }

    const AuditPlan& plan_;
    const std::function<void(const AuditFigures&)>& tell_;
    SeededRandom random_;
    AuditFigures figures_;
};

}  // namespace

AuditFigures proveAudit(const AuditPlan& plan,
                        const std::function<void(const AuditFigures&)>& tell) {
    return Proof(plan, tell).run();
}

}  // namespace liqu::proof
