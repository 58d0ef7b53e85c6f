// What can be asked about a person, as the system answers it: in neutral values, each compared with
// whom it was asked about. Nothing here changes anything there.
#pragma once

#include "firmware/province/adapters/card_service/caller.hpp"

namespace liqu::province::card_service {

struct PersonKey {
    PersonalText socialNumber;
    PersonalText name;
};

// With the number of its account, which some calls ask for.
struct HeldCard : HolderCard {
    PersonalText account{};
};

// 办卡进度 of one application, as far as it is told.
struct LegacyProgress {
    PersonalText socialNumber;  // empty: the answer does not say whose it is
    ApplicationState state = ApplicationState::created;
    std::string kind;  // by the province's own code; empty: not told
    std::string bankCode;
    std::string batch;
    std::string cardNumber;
    std::optional<WallTime> applied;  // to the second; none: not told so exactly
    std::string appliedDay;           // yyyymmdd
    bool failed = false;
    PersonalText remarks;
    bool cardIsMade = false;
};

// The answer of a question: what it says, and when by the system's clock.
template <typename Value>
struct Timed {
    Value value;
    std::string serverTime;
};

class Questions {
  public:
    Questions(Caller& caller, Book& book, Clock& clock, const Terminal& terminal)
        : caller_(caller), book_(book), clock_(clock), terminal_(terminal) {}

    // A text that is no answer comes back as what it stands for (replyOf).
    struct Refused {
        Reply reply;
    };
    template <typename Value>
    using Answer = std::variant<Timed<Value>, Refused>;

    // noPerson is an answer here: none.
    Result<Answer<std::optional<Person>>> person(const PersonKey& who);
    Result<Answer<PersonalBytes>> photo(const PersonKey& who);
    // The cards the system knows of that person: one, or none.
    Result<Answer<std::vector<HeldCard>>> cards(const PersonKey& who);
    Result<Answer<CardState>> stateOf(const PersonKey& who, const std::string& cardNumber);
    // 卡识别码 of that card, as its report was filed; empty: not told.
    Result<Answer<std::string>> chipOf(const PersonKey& who, const std::string& cardNumber);
    Result<Answer<std::optional<LegacyProgress>>> progress(const PersonKey& who);
    Result<Answer<bool>> isMarked(const PersonKey& who);

    // With the name that was seen last, or that the card's data tell; provinceNeedsStaff without.
    Result<PersonKey> keyOf(const PersonalText& socialNumber);
    Values valuesOf(const PersonKey& who) const;
    // What a text means for the kiosk; one that nobody knows is kept for staff.
    Result<Reply> replyOf(Call call, const Said& said);

    Caller& caller() { return caller_; }
    const RegionTable& table() const { return caller_.table(); }
    Clock& clock() { return clock_; }

  private:
    Result<Answer<std::vector<HeldCard>>> cardOf(const PersonKey& who, const Said& data,
                                                 const Said& bank);

    Caller& caller_;
    Book& book_;
    Clock& clock_;
    const Terminal& terminal_;
};

// "20240601", and nothing that only looks like it.
Result<std::string> dayIn(const PersonalText& text, std::string_view what);
// A moment to the second, of 14 digits with or without signs between them; nothing of less.
std::optional<WallTime> momentIn(std::string_view text);

}  // namespace liqu::province::card_service
