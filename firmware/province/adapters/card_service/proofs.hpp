// Whether a change whose answer never came was carried out, asked by what it would have brought
// about: this system knows no keys of ours (hardware-notes/legacy-province.md, "Proofs"). A record
// proves only where it names this person or this card number; one that shares a name and a bank is
// never proof. What cannot be told is an error, and stays open.
#pragma once

#include "firmware/province/adapters/card_service/questions.hpp"

namespace liqu::province::card_service {

// unshown: nothing has shown it either way for so long that nothing will.
enum class Happened : std::uint8_t { no, ours, another, unshown };

class Proofs {
  public:
    Proofs(Questions& questions, Book& book) : questions_(questions), book_(book) {}

    // another: something of the kind is there, and it is not this act's. provinceNeedsStaff: the
    // system was heard, and nothing there shows it either way.
    Result<Happened> of(const Act& act);
    // The application that an act was to make: same person, bank, kind, and not older than it.
    Result<Happened> application(const KnownApplication& ours, WallTime sentAt);
    // The batch is there with a card number, which is put into `ours`.
    Result<Happened> batch(KnownApplication& ours);

  private:
    Result<std::optional<LegacyProgress>> progress(const PersonKey& who);
    Result<Happened> mark(const Act& act, Happened whenMarked);
    Result<Happened> cardIs(const PersonKey& who, const std::string& cardNumber,
                            std::initializer_list<CardState> after);
    Result<Happened> report(const Act& act);
    Result<Happened> made(const KnownApplication& ours, const MakeReport& report);
    Result<Happened> loss(const Act& act);
    // Asked twice, because the system's lists lag; the second answer counts.
    template <typename Ask>
    Result<Happened> twice(Ask ask, Duration pause);

    Questions& questions_;
    Book& book_;
};

// What stands in the report of a failed card, and is looked for again.
std::string failureText(const MakeReport& report);

}  // namespace liqu::province::card_service
