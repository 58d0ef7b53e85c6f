#include "tests/world/legacy_province/told_books.hpp"

namespace liqu::world {
namespace {

const char* stateOf(const LegacyCard& card) {
    switch (card.state) {
        case LegacyCardState::numbered:
        case LegacyCardState::sealed:
            return "NOT_ENABLED";
        case LegacyCardState::normal:
            return "NORMAL";
        case LegacyCardState::temporarilyLost:
            return "TEMP_LOST";
        case LegacyCardState::formallyLost:
            return "FORMAL_LOST";
        case LegacyCardState::cancelled:
            break;
    }
    return "CANCELLED";
}

const char* stateOf(const LegacyApplication& application) {
    if (application.validTag < 0) return "NEEDS_STAFF";
    if (application.collected) return "HANDED_OVER";
    if (application.made) return "REPORTED_OK";
    if (application.numbered) return "DATA_READY";
    return application.marked ? "MARKED" : "CREATED";
}

// Of the last change, the bank's side was blocked too.
bool isBankBlocked(const LegacyBooks& books, const LegacyCard& card) {
    const char* const act =
        card.state == LegacyCardState::formallyLost ? "loss-formal" : "loss-temporary";
    const bool isLost = card.state == LegacyCardState::formallyLost ||
                        card.state == LegacyCardState::temporarilyLost;
    return isLost && books.act(act, card.number).partly == 0;
}

// What became of a blank whose number was given to somebody.
void tellOfBlank(Books& books, const LegacyCard& card) {
    const auto blank = books.blanks.find(card.number);
    if (blank == books.blanks.end()) return;
    blank->second.state = !card.report.empty()        ? BlankState::used
                          : !card.failedStage.empty() ? BlankState::spoiled
                          : !card.issueDate.empty()   ? BlankState::permitted
                                                      : BlankState::reserved;
    // It tells no place of birth, so none is on the chip.
    const auto person = books.persons.find(card.person);
    if (person != books.persons.end()) person->second.birthPlace.clear();
}

}  // namespace

void tellIn(const LegacyBooks& own, Books& books) {
    for (const auto& [number, card] : own.cards) {
        tellOfBlank(books, card);
        if (card.state == LegacyCardState::numbered) continue;
        const auto person = books.persons.find(card.person);
        Card& told = books.cards[number];
        told.number = number;
        told.bankCode = card.bank;
        told.state = stateOf(card);
        told.issueDate = card.issueDate;
        told.expiryDate = card.expiryDate;
        told.socialNumber = card.person;
        if (person != books.persons.end()) told.regionCode = person->second.regionOfRecord;
        told.bankBlocked = isBankBlocked(own, card);
        const LegacyPerson& holder = own.persons.at(card.person);
        told.bankLinked = holder.bankLinked && own.act("enable", number).partly == 0;
    }
    books.applications.clear();
    for (const LegacyApplication& one : own.applications) {
        const std::string number = "OLDER-" + std::to_string(books.applications.size());
        Application& told = books.applications[number];
        told.number = number;
        told.socialNumber = one.person;
        told.terminalId = one.agency == "O-0001" ? "T-000017" : "ELSEWHERE";
        told.bankCode = one.bank;
        told.state = stateOf(one);
        told.cardNo = one.card;
    }
}

}  // namespace liqu::world
