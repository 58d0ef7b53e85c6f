// What a card is made with: the batch that assigns its number, the blank that is compared with it,
// the items for chip and face, and the 回盘.
#include <algorithm>

#include "firmware/base/bytes.hpp"
#include "firmware/card/person_name.hpp"
#include "firmware/card/social_card_number.hpp"
#include "firmware/province/adapters/card_service/adapter.hpp"
#include "firmware/province/adapters/card_service/reply_with.hpp"
#include "firmware/province/shapes.hpp"

namespace liqu::province::card_service {
namespace {

// The system says of no permit how long it holds.
constexpr std::chrono::hours permitHolds{1};

bool isBatchNumber(const std::string& text) {
    return !text.empty() && text.size() <= 30 && std::ranges::all_of(text, [](char c) {
        return shapes::isTokenPart(static_cast<unsigned char>(c));
    });
}

tl::unexpected<Error> unclearItem(const std::string& what) {
    return fail(ErrorCode::provinceReplyMalformed, "the card's data: " + what);
}

}  // namespace

// Each call burns a number, which harms nobody; it is kept before it is used.
Result<std::optional<Reply>> CardServiceAdapter::takeBatch(KnownApplication& application) {
    const PersonKey who{application.socialNumber, application.name};
    const Said said = TRY(caller_.ask(Call::takeBatch, questions_.valuesOf(who)));
    if (!said.isDone()) return TRY(questions_.replyOf(Call::takeBatch, said));
    application.batch = TRY(said.item(table(), Item::batch)).reveal();
    if (!isBatchNumber(application.batch)) return unclearItem("the number of the batch");
    TRY(book_.put(application, now()));
    return std::nullopt;
}

// Of this batch and person, or of nobody: with another's number nothing is made.
Result<void> CardServiceAdapter::readBatch(KnownApplication& application, const Said& said) {
    if (said.inner.rows.size() != 1) return unclearItem("not one row");
    const PersonalText batch = TRY(said.item(table(), Item::batch));
    const PersonalText number = TRY(said.item(table(), Item::socialNumber));
    const PersonalText name = TRY(said.item(table(), Item::name));
    if (number != application.socialNumber || batch.reveal() != application.batch ||
        !card::sameName(name.reveal(), application.name.reveal()))
        return fail(ErrorCode::answerForOtherPerson, "the batch is of somebody else");
    const std::string card = TRY(said.item(table(), Item::cardNumber)).reveal();
    if (!card::SocialCardNumber::parse(card)) return unclearItem("the card number");
    application.cardNumber = card;
    return book_.put(application, now());
}

Result<std::optional<Reply>> CardServiceAdapter::makeBatch(KnownApplication& application) {
    Values values = questions_.valuesOf({application.socialNumber, application.name});
    values[Value::bank] = PersonalText(table().bankThere(application.bankCode));
    values[Value::batch] = PersonalText(application.batch);
    const auto maker = parts_.makers.find(application.bankCode);
    if (maker != parts_.makers.end()) values[Value::maker] = PersonalText(maker->second);
    const Said said = TRY(caller_.ask(Call::createBatch, values));
    if (said.isDone()) {
        TRY(readBatch(application, said));
        return std::nullopt;
    }
    Reply reply = TRY(questions_.replyOf(Call::createBatch, said));
    if (said.means == Meaning::numberTaken) {
        application.batch.clear();
        TRY(book_.put(application, now()));
        return reply;
    }
    // What is locked there may be half done: it keeps its number, and is asked for the next time.
    const bool isOpen = !said.means || said.means == Meaning::already;
    if (!isOpen) return reply;
    if (TRY(proofs_.batch(application)) == Happened::ours) {
        TRY(book_.put(application, now()));
        return std::nullopt;
    }
    reply.code = ReplyCode::needsStaff;
    return reply;
}

// An answer where it cannot be; none where the application has its number.
Result<std::optional<Reply>> CardServiceAdapter::ensureBatch(KnownApplication& application) {
    if (!application.cardNumber.empty()) return std::nullopt;
    if (application.batch.empty()) {
        if (auto refused = TRY(takeBatch(application))) return refused;
        return makeBatch(application);
    }
    // One was asked for with this number, and nobody knows what became of it.
    switch (TRY(proofs_.batch(application))) {
        case Happened::ours:
            TRY(book_.put(application, now()));
            return std::nullopt;
        case Happened::no:
            return makeBatch(application);
        case Happened::another:
        case Happened::unshown:
            break;
    }
    Reply reply;
    reply.code = ReplyCode::needsStaff;
    reply.detail = "NONE";
    return reply;
}

// It has no list of blanks: the number it has assigned is compared with the blank's (decision 41).
Result<Reply> CardServiceAdapter::reserveBlank(const Outgoing& message) {
    const auto asked = TRY(read<BlankReservation>(message.body));
    auto known = TRY(applicationNamed(asked.applicationNo));
    if (auto refused = TRY(ensureBatch(known))) return std::move(*refused);
    if (!asked.cardNumber.empty() && asked.cardNumber != known.cardNumber)
        return fail(ErrorCode::provinceNeedsStaff, "the number assigned is not this blank's");
    BlankAnswer answer;
    answer.applicationNo = asked.applicationNo;
    answer.blankId = asked.blankId;
    answer.version = table().chip->version;
    answer.numberMode = asked.cardNumber.empty() ? NumberMode::assigned : NumberMode::prewritten;
    return replyWith(ReplyCode::ok, answer, formatChinaTime(now()));
}

Result<Said> CardServiceAdapter::cardItems(const KnownApplication& application) {
    Values values = questions_.valuesOf({application.socialNumber, application.name});
    values[Value::batch] = PersonalText(application.batch);
    values[Value::cardNumber] = PersonalText(application.cardNumber);
    Said said = TRY(caller_.ask(Call::cardItems, values));
    if (!said.isDone()) return said;
    const bool same =
        TRY(said.item(table(), Item::socialNumber)) == application.socialNumber &&
        TRY(said.item(table(), Item::cardNumber)).reveal() == application.cardNumber &&
        card::sameName(TRY(said.item(table(), Item::name)).reveal(), application.name.reveal());
    if (!same) return fail(ErrorCode::answerForOtherPerson, "the card's data are another's");
    return said;
}

// All but its 卡识别码, which the blank itself shows.
Result<card::ChipItems> CardServiceAdapter::chipItemsOf(const Said& said,
                                                        const KnownApplication& known) {
    card::ChipItems chip;
    chip.cardClass = table().chip->cardClass;
    chip.version = table().chip->version;
    chip.issuerCode = table().chip->issuerCode;
    chip.issueDate = TRY(dayIn(TRY(said.item(table(), Item::issueDate)), "day of issue"));
    chip.expiryDate = TRY(dayIn(TRY(said.item(table(), Item::expiryDate)), "last day"));
    chip.cardNumber = known.cardNumber;
    chip.socialNumber = TRY(said.item(table(), Item::socialNumber));
    chip.name = card::wireName(TRY(said.item(table(), Item::name)).reveal());
    chip.sex = TRY(said.item(table(), Item::sex)).reveal();
    chip.ethnicCode = TRY(said.item(table(), Item::ethnicity)).reveal();
    chip.birthDate = PersonalText(TRY(dayIn(TRY(said.item(table(), Item::birthDate)), "birth")));
    return chip;
}

Result<Reply> CardServiceAdapter::personalise(const Outgoing& message) {
    const auto asked = TRY(read<PersonalisationRequest>(message.body));
    auto known = TRY(applicationNamed(asked.applicationNo));
    if (known.cardNumber.empty())
        return fail(ErrorCode::provinceNeedsStaff, "no number was assigned yet");
    const Said said = TRY(cardItems(known));
    if (!said.isDone()) return questions_.replyOf(Call::cardItems, said);
    const std::string bank = TRY(said.item(table(), Item::bank)).reveal();
    const PersonalText number = TRY(said.item(table(), Item::bankCardNumber));
    if (!asked.bankCardNumber.empty() && !number.empty() && number != asked.bankCardNumber)
        return fail(ErrorCode::answerForOtherCard, "the account is of another card body");
    Personalisation answer;
    answer.applicationNo = asked.applicationNo;
    answer.bankCode = bank.empty() ? known.bankCode : table().bankHere(bank);
    answer.permitId = known.batch + "-" + known.cardNumber;
    answer.permitExpires = formatChinaTime(now() + permitHolds);
    answer.blankId = asked.blankId;
    // What is called by another name than its number was blank before.
    const bool isPrewritten = asked.blankId == known.cardNumber;
    answer.numberMode = isPrewritten ? NumberMode::prewritten : NumberMode::assigned;
    answer.batchNo = known.batch;
    answer.chip = TRY(chipItemsOf(said, known));
    answer.chip.cardIdCode = asked.cardIdCode;
    const card::ChipItems& chip = answer.chip;
    answer.face.printName = chip.name;
    answer.face.socialNumber = chip.socialNumber;
    answer.face.cardNumber = chip.cardNumber;
    answer.face.issueDate = chip.issueDate;
    auto portrait = fromBase64(TRY(said.item(table(), Item::photo)).reveal());
    if (!portrait) return unclearItem("the portrait");
    answer.face.portraitJpeg = PersonalBytes(std::move(*portrait));
    known.state = ApplicationState::dataReady;
    TRY(book_.put(known, now()));
    return replyWith(ReplyCode::ok, answer, said.serverTime);
}

// 回盘. Its account number is asked once more: the machine keeps none.
Result<Values> CardServiceAdapter::reportValues(const MakeReport& report) {
    const auto known = TRY(applicationNamed(report.applicationNo));
    Values values = questions_.valuesOf({known.socialNumber, known.name});
    values[Value::batch] = PersonalText(known.batch);
    values[Value::cardNumber] = PersonalText(known.cardNumber);
    if (report.result == MakeResult::failed) {
        const bool atBank = report.stage == MakeStage::bank;
        values[Value::failedStage] =
            PersonalText(atBank ? table().failedAtBank : table().failedAtMaking);
        values[Value::failedReason] = PersonalText(failureText(report));
        return values;
    }
    if (!report.readBack || report.readBack->cardNumber != known.cardNumber)
        return fail(ErrorCode::provinceNeedsStaff, "the card that was made has another number");
    const Said items = TRY(cardItems(known));
    if (!items.isDone())
        return fail(ErrorCode::provinceBusy, "its data are not told now; nothing was sent");
    values[Value::bankCardNumber] = TRY(items.item(table(), Item::bankCardNumber));
    values[Value::issueDate] = PersonalText(report.readBack->issueDate);
    values[Value::expiryDate] = PersonalText(report.readBack->expiryDate);
    values[Value::cardIdCode] = PersonalText(report.readBack->cardIdCode);
    values[Value::atr] = PersonalText(toHex(report.readBack->atr));
    return values;
}

}  // namespace liqu::province::card_service
