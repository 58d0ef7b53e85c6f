#include "tests/scenario/kiosk/older_province.hpp"

#include "firmware/base/assert.hpp"
#include "firmware/base/china_time.hpp"
#include "firmware/province/bodies.hpp"
#include "tests/world/province/province_engine.hpp"

namespace liqu::scenario {
namespace {

using world::LegacyCardState;

std::unique_ptr<world::LegacyEngine> engineOf(const std::string& province,
                                              world::LegacyFaults& faults) {
    auto made = world::LegacyEngine::create(LIQU_SOURCE_DIR, province, faults);
    LIQU_ASSERT(made.has_value());
    return std::move(*made);
}

const char* stateOf(const world::LegacyCard& card) {
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

const char* stateOf(const world::LegacyApplication& application) {
    if (application.validTag < 0) return "NEEDS_STAFF";
    if (application.collected) return "HANDED_OVER";
    if (application.made) return "REPORTED_OK";
    if (application.numbered) return "DATA_READY";
    return application.marked ? "MARKED" : "CREATED";
}

// Of the last change, the bank's side was blocked too.
bool isBankBlocked(const world::LegacyBooks& books, const world::LegacyCard& card) {
    const char* const act =
        card.state == LegacyCardState::formallyLost ? "loss-formal" : "loss-temporary";
    const bool isLost = card.state == LegacyCardState::formallyLost ||
                        card.state == LegacyCardState::temporarilyLost;
    return isLost && books.act(act, card.number).partly == 0;
}

// What became of a blank whose number was given to somebody.
void tellOfBlank(world::Books& books, const world::LegacyCard& card) {
    const auto blank = books.blanks.find(card.number);
    if (blank == books.blanks.end()) return;
    blank->second.state = !card.report.empty()        ? world::BlankState::used
                          : !card.failedStage.empty() ? world::BlankState::spoiled
                          : !card.issueDate.empty()   ? world::BlankState::permitted
                                                      : world::BlankState::reserved;
    // It tells no place of birth, so none is on the chip.
    const auto person = books.persons.find(card.person);
    if (person != books.persons.end()) person->second.birthPlace.clear();
}

}  // namespace

OlderProvince::OlderProvince(const std::string& province, Clock& clock)
    : engine(engineOf(province, faults)), front_(*engine, clock), link(front_, clock) {}

void OlderProvince::tellIn(world::Books& books) const {
    const world::LegacyBooks& own = engine->books();
    for (const auto& [number, card] : own.cards) {
        tellOfBlank(books, card);
        if (card.state == LegacyCardState::numbered) continue;
        const auto person = books.persons.find(card.person);
        world::Card& told = books.cards[number];
        told.number = number;
        told.bankCode = card.bank;
        told.state = stateOf(card);
        told.issueDate = card.issueDate;
        told.expiryDate = card.expiryDate;
        told.socialNumber = card.person;
        if (person != books.persons.end()) told.regionCode = person->second.regionOfRecord;
        told.bankBlocked = isBankBlocked(own, card);
        const world::LegacyPerson& holder = own.persons.at(card.person);
        told.bankLinked = holder.bankLinked && own.act("enable", number).partly == 0;
    }
    books.applications.clear();
    for (const world::LegacyApplication& one : own.applications) {
        const std::string number = "OLDER-" + std::to_string(books.applications.size());
        world::Application& told = books.applications[number];
        told.number = number;
        told.socialNumber = one.person;
        told.terminalId = one.agency == "O-0001" ? "T-000017" : "ELSEWHERE";
        told.bankCode = one.bank;
        told.state = stateOf(one);
        told.cardNo = one.card;
    }
}

std::vector<std::string> OlderProvince::complaints() const {
    std::vector<std::string> all = world::violations(engine->books());
    const auto& wrongs = engine->books().wrongs;
    all.insert(all.end(), wrongs.begin(), wrongs.end());
    return all;
}

OlderEncryption::OlderEncryption(Clock& clock, Random& random, province::Terminal terminal)
    : Adapter(clock, random, std::move(terminal)), keys_(world::simulationHsm()) {}

bool OlderEncryption::can(province::MessageType type) const {
    return type == province::MessageType::cardAuthInternal ||
           type == province::MessageType::cardAuthExternal;
}

Result<province::Reply> OlderEncryption::exchange(const province::Outgoing& message) {
    const auto asked = TRY(province::read<province::CardAuthentication>(message.body));
    const auto made =
        asked.key
            ? keys_->externalAuthentication(asked.card, *asked.key, asked.factor, asked.original)
            : keys_->internalAuthentication(asked.card, asked.factor, asked.original);
    province::Reply reply;
    reply.code = made ? province::ReplyCode::ok : province::ReplyCode::security;
    reply.detail = "NONE";
    reply.serverTime = formatChinaTime(clock().wallTime());
    if (made) reply.body = TRY(province::bodyOf(province::Cryptogram{*made}));
    return reply;
}

}  // namespace liqu::scenario
