#include "tests/world/province/books.hpp"

#include <array>
#include <iterator>

#include "firmware/card/social_card_number.hpp"
#include "tests/world/province/keys.hpp"

namespace liqu::world {

std::vector<std::int64_t> Terminal::missingNumbers(std::size_t most) const {
    std::vector<std::int64_t> missing;
    std::int64_t expected = 1;
    for (const auto& [number, chain] : facts) {
        for (; expected < number && missing.size() < most; ++expected) missing.push_back(expected);
        expected = number + 1;
    }
    return missing;
}

bool Terminal::takeFact(std::int64_t number, const std::string& chain, std::string canonicalFact) {
    const auto follows = [](const std::string& before, const std::string& fact) {
        const Bytes digest = *fromHex(before);
        return sm3Hex(std::string(digest.begin(), digest.end()) + fact);
    };
    const auto known = facts.find(number);
    if (known != facts.end()) return known->second == chain;
    const auto before = facts.find(number - 1);
    const bool first = number == 1;
    if (first || before != facts.end()) {
        const std::string previous = first ? std::string(64, '0') : before->second;
        if (follows(previous, canonicalFact) != chain) return false;
    } else {
        unproven[number] = std::move(canonicalFact);
    }
    const auto behind = unproven.find(number + 1);
    if (behind != unproven.end()) {
        if (follows(chain, behind->second) != facts.at(number + 1)) return false;
        unproven.erase(behind);
    }
    facts[number] = chain;
    return true;
}

void Terminal::beginEpoch(const std::string& granted) {
    epoch = granted;
    newEpochAllowed = false;
    facts.clear();
    unproven.clear();
    auditStands.clear();
    auditBroken.clear();
}

bool AuditStand::continues(const AuditStand& before) const {
    if (lines == before.lines)
        return digest == before.digest && mac == before.mac && newestMove == before.newestMove;
    return lines > before.lines && newestMove >= before.newestMove;
}

bool Terminal::takeAudit(std::int64_t number, const AuditStand& stand) {
    const auto after = auditStands.upper_bound(number);
    const bool fits = (after == auditStands.end() || after->second.continues(stand)) &&
                      (after == auditStands.begin() || stand.continues(std::prev(after)->second));
    if (fits) {
        auditStands[number] = stand;
    } else if (auditBroken.empty()) {
        auditBroken = "the checkpoint at line " + std::to_string(stand.lines) +
                      " does not continue those before";
    }
    return fits;
}

Person* Books::personByDocument(std::string_view type, std::string_view number) {
    for (auto& [key, person] : persons) {
        if (person.documentType == type && person.documentNo == number) return &person;
    }
    return nullptr;
}

Application* Books::openApplicationOf(std::string_view socialNumber) {
    for (auto& [key, application] : applications) {
        if (application.socialNumber == socialNumber && application.open()) return &application;
    }
    return nullptr;
}

std::vector<const Application*> Books::applicationsOf(std::string_view socialNumber) const {
    std::vector<const Application*> found;
    for (const auto& [key, application] : applications) {
        if (application.socialNumber == socialNumber) found.push_back(&application);
    }
    return found;
}

std::vector<Card*> Books::cardsOf(std::string_view socialNumber) {
    std::vector<Card*> found;
    for (auto& [key, card] : cards) {
        if (card.socialNumber == socialNumber) found.push_back(&card);
    }
    return found;
}

Permit* Books::openPermitOf(std::string_view applicationNo) {
    for (auto& [key, permit] : permits) {
        if (permit.applicationNo == applicationNo && permit.state == PermitState::open) {
            return &permit;
        }
    }
    return nullptr;
}

std::string carriedOutKey(std::string_view terminalId, std::string_view idemKey) {
    return std::string(terminalId) + " " + std::string(idemKey);
}

std::string_view nameOf(BlankState state) {
    constexpr std::array<std::string_view, 5> names{"IN_STOCK", "RESERVED", "PERMITTED", "USED",
                                                    "SPOILED"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view nameOf(PermitState state) {
    constexpr std::array<std::string_view, 4> names{"OPEN", "EXPIRED", "REPORTED_OK",
                                                    "REPORTED_FAILED"};
    return names[static_cast<std::size_t>(state)];
}

Result<void> addLot(Books& books, const BlankLot& lot) {
    const auto first = TRY(card::SocialCardNumber::parse(lot.first));
    const auto last = TRY(card::SocialCardNumber::parse(lot.last));
    for (const auto& number : TRY(card::expandRange(first, last))) {
        Blank blank;
        blank.id = number.text();
        blank.bankCode = lot.bankCode;
        blank.version = lot.version;
        books.blanks.insert_or_assign(blank.id, blank);
    }
    return {};
}

void addAssignedBlank(Books& books, const std::string& bankCode, const std::string& cardIdCode,
                      const std::string& version) {
    Blank blank;
    blank.id = cardIdCode;
    blank.bankCode = bankCode;
    blank.version = version;
    blank.prewritten = false;
    books.blanks.insert_or_assign(blank.id, blank);
}

}  // namespace liqu::world
