// CardService and allDsjk, the SOAP calls that several provinces' card systems have, behind the
// seam (docs/legacy-province.md). The system knows no key of ours: every change is written down
// before its first byte leaves, and what has no answer is proven by what it would have brought
// about before anything is sent again. Facts that have no place there go to the branch's list.
#pragma once

#include "firmware/province/adapters/card_service/proofs.hpp"

namespace liqu::province::card_service {

struct Parts {
    ports::SoapLink& link;
    const RegionTable& table;
    Account account;
    // A connection of its own: two threads use it, one at a time.
    storage::Database& database;
    const security::Sealer& sealer;
    SecretBytes digestKey;
    ports::LinePatience patience{};
    std::map<std::string, std::string> makers{};  // 卡商 by bank, of the lanes
    // The encryption machine is another system; null: none is here, and no card can be made.
    Adapter* encryption = nullptr;
};

// How a message reaches anybody. dayPaper: the branch has it on the day's report and slip.
enum class Way : std::uint8_t { said, branchList, dayPaper, none };
constexpr auto wordsOf(Way) {
    return words<Way>({{Way::said, "said"},
                       {Way::branchList, "branch list"},
                       {Way::dayPaper, "day's paper"},
                       {Way::none, "no"}});
}
Way wayOf(const RegionTable& table, MessageType type, const Adapter* encryption);

class CardServiceAdapter final : public Adapter {
  public:
    CardServiceAdapter(Parts parts, Clock& clock, Random& random, Terminal terminal);

    bool can(MessageType type) const override;
    Result<Proof> proofOf(const Outgoing& message) override;
    // Of a batch that was made with the mark; empty: none yet.
    Result<std::string> numberAssigned(const std::string& applicationNo) override;

  private:
    Result<Reply> exchange(const Outgoing& message) override;
    Result<Reply> answerQuestion(const Outgoing& message);
    Result<Reply> signIn(const Outgoing& message);
    Result<Reply> askPerson(const Outgoing& message);
    Result<Reply> askPhoto(const Outgoing& message);
    Result<Reply> askCards(const Outgoing& message);
    Result<Reply> askProgress(const Outgoing& message);
    Result<Reply> askEligibility(const Outgoing& message);
    Result<Application> applicationOf(const PersonKey& who, const LegacyProgress& progress);

    // -- changes and facts (acts.cpp)
    Result<Reply> list(const Outgoing& fact);
    Result<Reply> tell(const Outgoing& fact);
    Result<Reply> carryOut(const Outgoing& message);
    Result<Reply> sendAct(const Outgoing& message, const Act& act);
    Result<Reply> judge(const Act& act, Call call, const Said& said);
    Result<Happened> proven(const Act& act);
    Result<Reply> settle(const Act& act, ReplyCode code, const std::string& serverTime);
    Result<Reply> refuse(const Act& act, Reply reply);
    Result<std::pair<Call, Values>> callOf(const Act& act);
    Result<Values> applicationValues(const ApplicationRequest& request);
    Result<PersonalText> portraitFor(const PersonKey& who);
    Result<void> openApplication(const Act& act);
    Result<PersonalText> answerOf(const Act& act, ReplyCode code, const std::string& serverTime);
    Result<KnownApplication> applicationNamed(const std::string& applicationNo);

    // -- the making (making.cpp)
    Result<Values> reportValues(const MakeReport& report);
    Result<std::optional<Reply>> takeBatch(KnownApplication& application);
    Result<std::optional<Reply>> makeBatch(KnownApplication& application);
    Result<void> readBatch(KnownApplication& application, const Said& said);
    Result<std::optional<Reply>> ensureBatch(KnownApplication& application);
    Result<Reply> reserveBlank(const Outgoing& message);
    Result<Reply> personalise(const Outgoing& message);
    Result<Said> cardItems(const KnownApplication& application);
    Result<card::ChipItems> chipItemsOf(const Said& said, const KnownApplication& known);

    WallTime now() { return clock().wallTime(); }
    const RegionTable& table() const { return parts_.table; }

    Parts parts_;
    Book book_;
    Caller caller_;
    Terminal place_;
    Questions questions_;
    Proofs proofs_;
};

}  // namespace liqu::province::card_service
