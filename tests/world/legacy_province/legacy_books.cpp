#include "tests/world/legacy_province/legacy_books.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "firmware/card/social_card_number.hpp"
#include "tests/world/legacy_province/gbk.hpp"

namespace liqu::world {
namespace {

std::string padded(int number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

LegacyCardState stateNamed(const std::string& word) {
    if (word == "TEMP_LOST") return LegacyCardState::temporarilyLost;
    if (word == "FORMAL_LOST") return LegacyCardState::formallyLost;
    return LegacyCardState::normal;
}

LegacyPerson personOf(const nlohmann::json& entry, const std::string& city) {
    LegacyPerson person;
    person.number = entry.at("socialNumber");
    person.name = asStoredInGbk(entry.at("name").get<std::string>());
    person.sex = entry.at("sex");
    person.ethnicity = entry.value("ethnicCode", "01");
    person.birthDate = entry.at("birthDate");
    person.city = city;
    person.portrait = entry.value("photo", true);
    person.bankLinked = entry.value("bankLinked", true);
    return person;
}

LegacyCard cardOf(const nlohmann::json& entry, const LegacyPerson& person) {
    LegacyCard card;
    card.number = entry.at("cardNo");
    card.person = person.number;
    card.bank = entry.at("bankCode");
    card.account = "6228000000" + card.number.substr(1);
    card.city = person.city;
    card.state = stateNamed(entry.at("state"));
    card.issueDate = entry.at("issueDate");
    card.expiryDate = entry.at("expiryDate");
    card.cardIdCode = "4101000000000000" + card.number.substr(1);
    return card;
}

}  // namespace

std::string_view nameOf(LegacyCardState state) {
    constexpr std::array<std::string_view, 6> names{
        "numbered", "sealed", "normal", "temporarily-lost", "formally-lost", "cancelled"};
    return names[static_cast<std::size_t>(state)];
}

LegacyPerson* LegacyBooks::person(const std::string& number) {
    const auto found = persons.find(number);
    return found == persons.end() ? nullptr : &found->second;
}

LegacyApplication* LegacyBooks::openApplicationOf(const std::string& person) {
    for (LegacyApplication& one : applications) {
        if (one.person == person && one.open) return &one;
    }
    return nullptr;
}

LegacyApplication* LegacyBooks::newestApplicationOf(const std::string& person) {
    for (auto one = applications.rbegin(); one != applications.rend(); ++one) {
        if (one->person == person) return &*one;
    }
    return nullptr;
}

LegacyCard* LegacyBooks::card(const std::string& number) {
    const auto found = cards.find(number);
    return found == cards.end() ? nullptr : &found->second;
}

// The one that lives, else any; a number under work is no card yet.
LegacyCard* LegacyBooks::newestCardOf(const std::string& person) {
    LegacyCard* any = nullptr;
    for (auto& [number, card] : cards) {
        if (card.person != person || card.state == LegacyCardState::numbered) continue;
        if (card.isLiving()) return &card;
        any = &card;
    }
    return any;
}

LegacyBlank LegacyBooks::nextBlank() {
    if (!blanks.empty()) {
        LegacyBlank next = blanks.front();
        blanks.pop_front();
        return next;
    }
    const std::string digits = padded(++lastCard, 7);
    const auto number = card::SocialCardNumber::withBody("L" + digits);
    return {number->text(), "622800000009" + digits};
}

const LegacyAct& LegacyBooks::act(const std::string& name, const std::string& key) const {
    static const LegacyAct none;
    const auto found = acts.find({name, key});
    return found == acts.end() ? none : found->second;
}

Result<void> loadLegacyPersons(LegacyBooks& books, std::string_view text, const std::string& city) {
    try {
        const auto json = nlohmann::json::parse(text);
        for (const auto& entry : json.at("persons")) {
            if (entry.at("documentType") != "RESIDENT_ID" || !entry.value("alive", true)) continue;
            const LegacyPerson person = personOf(entry, city);
            for (const auto& held : entry.value("cards", nlohmann::json::array())) {
                const LegacyCard card = cardOf(held, person);
                books.cards[card.number] = card;
            }
            if (entry.value("feePaid", false)) books.fees[person.number] = {"FEE-0001", "20240520"};
            books.persons[person.number] = person;
        }
        LegacyPerson namesake = personOf(json.at("persons").at(0), city);
        namesake.number = namesakeOfFirst;
        books.persons[namesake.number] = namesake;
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::configSyntax, std::string("persons: ") + error.what());
    }
    return {};
}

}  // namespace liqu::world
