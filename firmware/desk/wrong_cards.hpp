// A card whose data are not its holder's (Shangluo Art.13, Guangdong Art.5(5)): taken back by two
// in front of the holder, who is told why, and never given back "for now". It goes into the reject
// bin; with the move go its line in the list of wrong cards and WRONGCARD.REGISTER. Later the card
// body confirms it (Shangluo Art.14): WRONGCARD.CONFIRM from a machine in an outlet of theirs; in
// another one only the books say that they did. Somebody else's data on a card stop the making.
#pragma once

#include "firmware/desk/stock_desk.hpp"

namespace liqu::desk {

struct WrongTake {
    std::string number;
    std::vector<province::FaceItem> wrong;  // the others were compared too, and are right
    province::WrongCause cause = province::WrongCause::registerData;
    std::string evidence;  // number of the paper the holder signed
};
// From hold bin, cabinet or holder. moveNotPossible where the card is none of these, or nothing is
// wrong with it; handoverNotProven without a paper.
Result<void> takeWrongCard(const DeskParts& parts, const WrongTake& wanted,
                           const TwoPeople& people);

struct WrongConfirmation {
    std::string number;
    std::string evidence;  // of the confirmation in the province's system
};
// By somebody who did not take the card back. Told to the province only where the region lets this
// kind of site confirm. moveNotPossible where it waits for none.
Result<void> confirmWrongCard(const DeskParts& parts, const WrongConfirmation& wanted,
                              const TwoPeople& people);
// Numbers that wait for their confirmation, oldest first.
Result<std::vector<std::string>> wrongToConfirm(storage::Database& database);

}  // namespace liqu::desk
