#include "firmware/province/adapters/card_service/questions.hpp"

#include <algorithm>

#include "firmware/base/bytes.hpp"
#include "firmware/base/china_time.hpp"
#include "firmware/card/person_name.hpp"
#include "firmware/card/social_card_number.hpp"

namespace liqu::province::card_service {
namespace {

tl::unexpected<Error> unclear(std::string_view what) {
    return fail(ErrorCode::provinceReplyMalformed, "the answer's " + std::string(what));
}

// What names somebody else is used for nothing.
Result<void> isAbout(const PersonKey& who, const Said& said, const RegionTable& table) {
    const PersonalText number = TRY(said.item(table, Item::socialNumber));
    const PersonalText name = TRY(said.item(table, Item::name));
    const bool same = (number.empty() || number == who.socialNumber) &&
                      (name.empty() || card::sameName(name.reveal(), who.name.reveal()));
    if (same) return {};
    return fail(ErrorCode::answerForOtherPerson, "the answer is about somebody else");
}

Result<card::Sex> sexIn(const PersonalText& text) {
    if (text.empty()) return card::Sex::notStated;
    if (text.reveal() == "1") return card::Sex::male;
    if (text.reveal() == "2") return card::Sex::female;
    return unclear("sex");
}

Result<std::string> digitsIn(const PersonalText& text, std::size_t most, std::string_view what) {
    const std::string& digits = text.reveal();
    if (digits.size() > most ||
        !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return unclear(what);
    return digits;
}

bool isJpeg(const Bytes& bytes) {
    return bytes.size() > 4 && bytes[0] == 0xFF && bytes[1] == 0xD8;
}

bool isNobody(const Said& said) {
    return said.means == Meaning::noPerson;
}

// From the end of the way to its beginning: the first that is there.
Result<ApplicationState> stateIn(const Said& said, const RegionTable& table) {
    const PersonalText stage = TRY(said.item(table, Item::stage));
    if (!stage.empty()) {
        const auto found = table.stages.find(stage.reveal());
        if (found != table.stages.end()) return found->second;
        return ApplicationState::needsStaff;
    }
    struct Mark {
        Item item;
        ApplicationState state;
    };
    constexpr Mark marks[] = {{Item::collected, ApplicationState::handedOver},
                              {Item::received, ApplicationState::reportedOk},
                              {Item::makingDone, ApplicationState::reportedOk},
                              {Item::makingBegun, ApplicationState::dataReady},
                              {Item::bankDone, ApplicationState::dataReady},
                              {Item::bankSent, ApplicationState::dataReady},
                              {Item::batch, ApplicationState::marked}};
    for (const Mark& mark : marks) {
        if (!TRY(said.item(table, mark.item)).empty()) return mark.state;
    }
    return ApplicationState::created;
}

Result<LegacyProgress> progressIn(const Said& said, const RegionTable& table) {
    LegacyProgress found;
    found.socialNumber = TRY(said.item(table, Item::socialNumber));
    found.state = TRY(stateIn(said, table));
    found.kind = TRY(said.item(table, Item::kind)).reveal();
    found.bankCode = table.bankHere(TRY(said.item(table, Item::bank)).reveal());
    found.batch = TRY(said.item(table, Item::batch)).reveal();
    found.cardNumber = TRY(said.item(table, Item::cardNumber)).reveal();
    const PersonalText applied = TRY(said.item(table, Item::applied));
    found.applied = momentIn(applied.reveal());
    if (found.applied) {
        found.appliedDay = formatDate(chinaDate(*found.applied));
    } else if (!applied.empty()) {
        found.appliedDay = TRY(dayIn(applied, "day of the application"));
    }
    found.failed = TRY(said.item(table, Item::valid)).reveal().starts_with('-');
    found.remarks = TRY(said.item(table, Item::remarks));
    found.cardIsMade = !TRY(said.item(table, Item::makingDone)).empty() ||
                       found.state == ApplicationState::reportedOk ||
                       found.state == ApplicationState::handedOver;
    if (found.failed) found.state = ApplicationState::needsStaff;
    return found;
}

}  // namespace

Result<std::string> dayIn(const PersonalText& text, std::string_view what) {
    if (!parseDate(text.reveal())) return unclear(what);
    return text.reveal();
}

std::optional<WallTime> momentIn(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (std::string_view("-: T/.").find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    if (digits.size() != 14) return std::nullopt;
    return parseChinaTime(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" +
                          digits.substr(6, 2) + "T" + digits.substr(8, 2) + ":" +
                          digits.substr(10, 2) + ":" + digits.substr(12, 2) + ".000+08:00");
}

Values Questions::valuesOf(const PersonKey& who) const {
    Values values;
    values[Value::socialNumber] = who.socialNumber;
    values[Value::name] = card::wireName(who.name.reveal());
    values[Value::city] = PersonalText(terminal_.regionCode);
    values[Value::district] = PersonalText(terminal_.regionCode);
    values[Value::outlet] = PersonalText(terminal_.outletCode);
    return values;
}

Result<Reply> Questions::replyOf(Call call, const Said& said) {
    Reply reply;
    reply.detail = "NONE";
    reply.text = said.text.reveal();
    reply.serverTime = said.serverTime;
    const auto says = [&reply](ReplyCode code, const char* detail = "NONE") {
        reply.code = code;
        reply.detail = detail;
        return reply;
    };
    if (!said.means) {
        TRY(book_.noteText(liqu::nameOf(call), said.text, clock_.wallTime()));
        return says(ReplyCode::needsStaff);
    }
    switch (*said.means) {
        case Meaning::done:
            return says(ReplyCode::ok);
        case Meaning::already:
            return says(ReplyCode::already);
        case Meaning::partial:
            reply.next = NextHint::goBank;
            return says(ReplyCode::partial);
        case Meaning::later:
        case Meaning::numberTaken:
            return says(ReplyCode::retryLater, "BUSY");
        case Meaning::feeMissing:
            return says(ReplyCode::refused, "FEE_DUE");
        case Meaning::noPerson:
        case Meaning::noPersonOrCity:
            return says(ReplyCode::refused, "PERSON_UNKNOWN");
        case Meaning::staff:
            return says(ReplyCode::needsStaff);
        case Meaning::refused:
            break;
    }
    return says(ReplyCode::refused);
}

Result<Questions::Answer<std::optional<Person>>> Questions::person(const PersonKey& who) {
    const Said said = TRY(caller_.ask(Call::person, valuesOf(who)));
    if (isNobody(said)) return Timed<std::optional<Person>>{std::nullopt, said.serverTime};
    if (!said.isDone()) return Refused{TRY(replyOf(Call::person, said))};
    const RegionTable& table = caller_.table();
    Person person;
    person.socialNumber = TRY(said.item(table, Item::socialNumber));
    person.documentNumber = person.socialNumber;  // it knows no other number of a person
    person.name = card::wireName(TRY(said.item(table, Item::name)).reveal());
    if (person.socialNumber.empty() || person.name.empty()) return unclear("person");
    // What a face may show is not told apart; brackets of a rare character are never printed.
    person.printName = person.name;
    person.sex = TRY(sexIn(TRY(said.item(table, Item::sex))));
    person.ethnicCode = TRY(digitsIn(TRY(said.item(table, Item::ethnicity)), 2, "ethnicity"));
    person.birthDate =
        PersonalText(TRY(dayIn(TRY(said.item(table, Item::birthDate)), "birth date")));
    person.regionOfRecord = TRY(digitsIn(TRY(said.item(table, Item::city)), 6, "city"));
    if (person.regionOfRecord.size() != 6) person.regionOfRecord = terminal_.regionCode;
    if (person.socialNumber == who.socialNumber)
        TRY(book_.noteName(who.socialNumber, person.name, clock_.wallTime()));
    return Timed<std::optional<Person>>{std::move(person), said.serverTime};
}

Result<Questions::Answer<PersonalBytes>> Questions::photo(const PersonKey& who) {
    const Said said = TRY(caller_.ask(Call::photo, valuesOf(who)));
    const RegionTable& table = caller_.table();
    PersonalText text = TRY(said.item(table, Item::photo));
    // Some give the picture without a tag around it.
    if (said.inner.fields.empty()) text = said.inner.word;
    auto bytes = fromBase64(text.reveal());
    const bool isPicture = bytes && isJpeg(*bytes);
    if (isPicture) {
        TRY(isAbout(who, said, table));
        return Timed<PersonalBytes>{PersonalBytes(std::move(*bytes)), said.serverTime};
    }
    if (isNobody(said)) return Timed<PersonalBytes>{{}, said.serverTime};
    if (said.isDone() && text.empty()) return Timed<PersonalBytes>{{}, said.serverTime};
    if (said.isDone()) return unclear("picture");
    return Refused{TRY(replyOf(Call::photo, said))};
}

Result<PersonKey> Questions::keyOf(const PersonalText& socialNumber) {
    PersonKey who{socialNumber, TRY(book_.nameOf(socialNumber))};
    if (!who.name.empty()) return who;
    // Only where no name is asked for: an empty one is compared, and is somebody else's.
    const CallRow* row = caller_.table().call(Call::cardData);
    const bool asksNoName =
        row != nullptr && std::ranges::none_of(row->arguments, [](const Slot& slot) {
            return slot.value == Value::name;
        });
    if (asksNoName) {
        const Said said = TRY(caller_.ask(Call::cardData, valuesOf(who)));
        const PersonalText number = TRY(said.item(caller_.table(), Item::socialNumber));
        if (said.isDone() && number == socialNumber)
            who.name = TRY(said.item(caller_.table(), Item::name));
    }
    if (!who.name.empty()) return who;
    return fail(ErrorCode::provinceNeedsStaff, "the name of that person is not known here");
}

Result<Questions::Answer<CardState>> Questions::stateOf(const PersonKey& who,
                                                        const std::string& cardNumber) {
    Values values = valuesOf(who);
    values[Value::cardNumber] = PersonalText(cardNumber);
    const Said said = TRY(caller_.ask(Call::cardState, values));
    TRY(isAbout(who, said, caller_.table()));
    const auto& states = caller_.table().cardStates;
    const auto found = states.find(plainText(said.text.reveal()));
    if (found != states.end()) return Timed<CardState>{found->second, said.serverTime};
    if (isNobody(said)) return Timed<CardState>{CardState::none, said.serverTime};
    return Refused{TRY(replyOf(Call::cardState, said))};
}

Result<Questions::Answer<std::vector<HeldCard>>> Questions::cardOf(const PersonKey& who,
                                                                   const Said& data,
                                                                   const Said& bank) {
    const RegionTable& table = caller_.table();
    HeldCard card;
    card.cardNumber = TRY(data.item(table, Item::cardNumber)).reveal();
    if (!card::SocialCardNumber::parse(card.cardNumber)) return unclear("card number");
    const std::string there = TRY(bank.item(table, Item::cardNumber)).reveal();
    if (!there.empty() && there != card.cardNumber)
        return fail(ErrorCode::answerForOtherCard, "the bank's side is of another card");
    card.bankCode = table.bankHere(TRY(bank.item(table, Item::bank)).reveal());
    if (card.bankCode.empty()) return unclear("bank");
    card.account = TRY(bank.item(table, Item::bankCardNumber));
    card.bankLinked = !card.account.empty();
    card.issueDate = TRY(dayIn(TRY(data.item(table, Item::issueDate)), "day of issue"));
    card.expiryDate = TRY(dayIn(TRY(data.item(table, Item::expiryDate)), "last day"));
    auto state = TRY(stateOf(who, card.cardNumber));
    if (auto* refused = std::get_if<Refused>(&state)) return std::move(*refused);
    card.state = std::get<Timed<CardState>>(state).value;
    return Timed<std::vector<HeldCard>>{{std::move(card)}, data.serverTime};
}

Result<Questions::Answer<std::vector<HeldCard>>> Questions::cards(const PersonKey& who) {
    const Values values = valuesOf(who);
    const Said data = TRY(caller_.ask(Call::cardData, values));
    if (isNobody(data)) return Timed<std::vector<HeldCard>>{{}, data.serverTime};
    if (!data.isDone()) return Refused{TRY(replyOf(Call::cardData, data))};
    // Whose it is must be said here: a name alone is many people's.
    const PersonalText number = TRY(data.item(caller_.table(), Item::socialNumber));
    if (number.empty()) return unclear("person");
    TRY(isAbout(who, data, caller_.table()));
    const Said bank = TRY(caller_.ask(Call::cardBank, values));
    if (!bank.isDone()) return Refused{TRY(replyOf(Call::cardBank, bank))};
    TRY(isAbout(who, bank, caller_.table()));
    return cardOf(who, data, bank);
}

Result<Questions::Answer<std::string>> Questions::chipOf(const PersonKey& who,
                                                         const std::string& cardNumber) {
    const RegionTable& table = caller_.table();
    if (!table.has(Call::cardData)) return Timed<std::string>{};
    Values values = valuesOf(who);
    values[Value::cardNumber] = PersonalText(cardNumber);
    const Said said = TRY(caller_.ask(Call::cardData, values));
    if (isNobody(said)) return Timed<std::string>{"", said.serverTime};
    if (!said.isDone()) return Refused{TRY(replyOf(Call::cardData, said))};
    TRY(isAbout(who, said, table));
    if (TRY(said.item(table, Item::cardNumber)).reveal() != cardNumber)
        return Timed<std::string>{"", said.serverTime};
    return Timed<std::string>{TRY(said.item(table, Item::cardIdCode)).reveal(), said.serverTime};
}

Result<Questions::Answer<std::optional<LegacyProgress>>> Questions::progress(const PersonKey& who) {
    const Said said = TRY(caller_.ask(Call::progress, valuesOf(who)));
    using Found = Timed<std::optional<LegacyProgress>>;
    if (isNobody(said)) return Found{std::nullopt, said.serverTime};
    if (!said.isDone()) return Refused{TRY(replyOf(Call::progress, said))};
    TRY(isAbout(who, said, caller_.table()));
    return Found{TRY(progressIn(said, caller_.table())), said.serverTime};
}

Result<Questions::Answer<bool>> Questions::isMarked(const PersonKey& who) {
    const Said said = TRY(caller_.ask(Call::markedPersons, valuesOf(who)));
    if (isNobody(said)) return Timed<bool>{false, said.serverTime};
    if (!said.isDone()) return Refused{TRY(replyOf(Call::markedPersons, said))};
    const RegionTable& table = caller_.table();
    const auto names = table.items.find(Item::socialNumber);
    if (names == table.items.end()) return unclear("table of persons");
    bool hasColumn = false;
    bool isThere = false;
    for (const std::string& name : names->second) {
        for (std::size_t row = 0; row < said.inner.rows.size(); ++row) {
            const PersonalText* cell = said.inner.cell(row, name);
            hasColumn = hasColumn || cell != nullptr;
            isThere = isThere || (cell != nullptr && *cell == who.socialNumber);
        }
    }
    // Without its column "not in the list" would be a guess.
    if (!said.inner.rows.empty() && !hasColumn) return unclear("table of persons");
    return Timed<bool>{isThere, said.serverTime};
}

}  // namespace liqu::province::card_service
