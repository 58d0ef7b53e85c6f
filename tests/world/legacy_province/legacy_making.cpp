// From the wish for a card to the data it is made from.
#include <algorithm>

#include "firmware/base/bytes.hpp"
#include "tests/world/legacy_province/legacy_desk.hpp"

namespace liqu::world {
namespace {

constexpr std::chrono::hours lockTime{2};
constexpr std::chrono::years validity{10};

std::string padded(int number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

LegacyReply withFields(std::vector<InnerField> fields) {
    LegacyReply reply;
    reply.word = "00";
    reply.fields = std::move(fields);
    return reply;
}

std::string yearsLater(WallTime time) {
    Date date = chinaDate(time) + validity;
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    return formatDate(date);
}

bool isPaidFor(const LegacyBooks& books, const std::string& person) {
    const auto fee = books.fees.find(person);
    return fee != books.fees.end() && fee->second.valid;
}

}  // namespace

LegacyReply LegacyDesk::apply(const LegacyFields& fields) {
    const std::string person = fields.value("证件号码|社会保障号");
    const Whom whom{person, fields.value("姓名"), fields.value("城市代码|所属城市")};
    if (const auto wrong = stop(whom)) return refused(*wrong);
    const std::string kind = fields.value("办卡类型|申请类别");
    const auto picture = fromBase64(fields.value("相片"));
    const bool sound = (kind == "1" || kind == "5") && isLegacyDate(fields.value("出生日期")) &&
                       picture.has_value() && !picture->empty();
    if (!sound) {
        books_.wrongs.push_back(place_ + ": a value that is none");
        return refused(profile_.texts.badText);
    }
    if (books_.openApplicationOf(person) != nullptr) {
        return said(profile_.texts.applied, LegacyDeed::already);
    }
    const LegacyCard* const old = books_.newestCardOf(person);
    const bool living = old != nullptr && old->isLiving();
    if (kind == "1" && living) return refused(profile_.texts.hasCard);
    if (kind == "5") {
        if (!living || old->state != LegacyCardState::formallyLost) {
            return refused(profile_.texts.notLost);
        }
        if (!isPaidFor(books_, person)) return refused(profile_.texts.feeMissing);
    }
    LegacyApplication application;
    application.person = person;
    application.kind = kind;
    application.bank = fields.value("服务银行");
    application.city = whom.city;
    application.agency = fields.value("经办机构");
    application.reason = fields.value("补换原因");
    application.source = fields.value("数据来源");
    application.oldCard = living ? old->number : "";
    application.applied = now_;
    books_.applications.push_back(std::move(application));
    return said("00", LegacyDeed::done);
}

LegacyReply LegacyDesk::mark(const LegacyFields& fields) {
    const Whom whom{fields.value("社会保障号码"), fields.value("姓名"),
                    fields.value("城市代码|所属城市|城市")};
    if (const auto wrong = stop(whom)) return refused(*wrong);
    LegacyApplication* const application = books_.openApplicationOf(whom.number);
    if (application == nullptr) return refused(profile_.texts.notApplied);
    if (application->marked) return said(profile_.texts.making, LegacyDeed::already);
    if (application->kind == "5" && !isPaidFor(books_, whom.number)) {
        return refused(profile_.texts.feeMissing);
    }
    application->marked = now_;
    return said("00", LegacyDeed::done);
}

LegacyReply LegacyDesk::unmark(const LegacyFields& fields) {
    const Whom whom{fields.value("社会保障号码"), fields.value("姓名"),
                    fields.value("城市代码|所属城市|城市")};
    if (const auto wrong = stop(whom)) return refused(*wrong);
    LegacyApplication* const application = books_.openApplicationOf(whom.number);
    if (application == nullptr || !application->marked) return refused(profile_.texts.notMarked);
    if (!application->batch.empty()) return refused(profile_.texts.inBatch);
    application->marked.reset();
    return said("00", LegacyDeed::done);
}

std::vector<const LegacyApplication*> LegacyDesk::marked(const LegacyFields& fields) const {
    const std::string bank = fields.value("服务银行");
    const std::string person = fields.value("社会保障号码");
    const std::string kind = fields.value("申请类型");
    std::vector<const LegacyApplication*> found;
    for (const LegacyApplication& one : books_.applications) {
        const bool listed = one.open && one.marked && one.batch.empty() &&
                            one.city == fields.value("城市代码|所属城市");
        if (listed && (bank.empty() || bank == one.bank) &&
            (person.empty() || person == one.person) && (kind.empty() || kind == one.kind)) {
            found.push_back(&one);
        }
    }
    return found;
}

LegacyReply LegacyDesk::countMarked(const LegacyFields& fields) {
    return withFields({{"人数", std::to_string(marked(fields).size())}});
}

LegacyReply LegacyDesk::listMarked(const LegacyFields& fields) {
    const auto found = marked(fields);
    LegacyReply reply = withFields({{"人数", std::to_string(found.size())}});
    reply.lineEnd = "\r\n";
    reply.rows.push_back({"序号", "社会保障号码", "姓名", "服务银行", "申请类型"});
    for (const LegacyApplication* const one : found) {
        reply.rows.push_back({std::to_string(reply.rows.size()), one->person,
                              books_.person(one->person)->name, one->bank, one->kind});
    }
    return reply;
}

// Whoever asks twice has two, and one of them is never used.
LegacyReply LegacyDesk::takeBatchNumber(const LegacyFields& fields) {
    LegacyBatch batch;
    batch.number = "B" + legacyDate(now_) + padded(++books_.lastBatch, 4);
    batch.district = fields.value("所属区县");
    books_.batches[batch.number] = batch;
    LegacyReply reply = withFields({{"批次号", batch.number}});
    reply.deed = LegacyDeed::done;
    return reply;
}

std::optional<std::string> LegacyDesk::wrongRow(const LegacyFields& fields, const TableRow& row) {
    if (row.size() != 3) return profile_.texts.wrongTable;
    if (const auto wrong = stop({row[1], row[2], fields.value("城市代码|所属城市")})) return wrong;
    const LegacyApplication* const application = books_.openApplicationOf(row[1]);
    if (application == nullptr) return profile_.texts.notApplied;
    if (!application->marked) return profile_.texts.notMarked;
    if (application->bank != fields.value("服务银行")) return profile_.texts.otherBank;
    return std::nullopt;
}

const LegacyCard& LegacyDesk::assignNumber(LegacyApplication& application,
                                           const std::string& batch) {
    const LegacyBlank blank = books_.nextBlank();
    LegacyCard card;
    card.number = blank.number;
    card.account = blank.account;
    card.person = application.person;
    card.bank = application.bank;
    card.city = application.city;
    card.batch = batch;
    application.batch = batch;
    application.card = card.number;
    application.validTag = 1;
    application.remarks.clear();
    for (LegacyTime* const time :
         {&application.batched, &application.numbered, &application.accountOpened}) {
        *time = now_;
    }
    books_.batches[batch].used = true;
    return books_.cards[card.number] = card;
}

LegacyReply LegacyDesk::makeBatch(const LegacyFields& fields) {
    const auto& rows = fields.rows();
    const std::string number = fields.value("批次号");
    if (rows.size() < 2 || fields.value("人数") != std::to_string(rows.size() - 1)) {
        return refused(profile_.texts.wrongCount);
    }
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (const auto wrong = wrongRow(fields, rows[i])) return refused(*wrong);
    }
    const auto locked = std::ranges::any_of(books_.batches, [&](const auto& entry) {
        return entry.second.lockedUntil && *entry.second.lockedUntil > now_;
    });
    LegacyReply lock = refused(profile_.texts.batchLocked);
    lock.halfDone = true;
    if (locked) return lock;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (!books_.openApplicationOf(rows[i][1])->batch.empty()) {
            return said(profile_.texts.inBatch, LegacyDeed::already);
        }
    }
    const auto batch = books_.batches.find(number);
    if (batch == books_.batches.end()) return refused(profile_.texts.noBatch);
    if (batch->second.used) return refused(profile_.texts.batchUsed);
    const bool half = faults_.placeOf(LegacyFault::batchLocked) == "half";
    if (faults_.strikes(LegacyFault::batchLocked, half ? "half" : place_)) {
        batch->second.lockedUntil = now_ + lockTime;
        if (half) {
            batch->second.waiting = rows[1][1];
            LegacyApplication* const application = books_.openApplicationOf(rows[1][1]);
            application->batch = number;
            application->batched = now_;
        }
        return lock;
    }
    LegacyReply reply = withFields({{"批次号", number}, {"人数", std::to_string(rows.size() - 1)}});
    reply.deed = LegacyDeed::done;
    reply.rows.push_back({"序号", "社保卡号", "社会保障号码", "姓名"});
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const LegacyCard& card = assignNumber(*books_.openApplicationOf(rows[i][1]), number);
        reply.rows.push_back(
            {std::to_string(i), card.number, card.person, books_.person(card.person)->name});
    }
    return reply;
}

LegacyReply LegacyDesk::findBatch(const LegacyFields& fields) {
    const LegacyCard* const card = books_.card(fields.value("社保卡号"));
    const std::string person = card != nullptr ? card->person : fields.value("社会保障号码");
    const LegacyApplication* const application = books_.newestApplicationOf(person);
    if (application == nullptr || application->batch.empty()) {
        return said(profile_.texts.noPerson, LegacyDeed::query);
    }
    return withFields({{"AAZ500", application->numbered ? application->card : ""},
                       {"batchno", application->batch}});
}

LegacyReply LegacyDesk::giveData(const LegacyFields& fields) {
    const std::string number = fields.value("社保卡号");
    const std::string person = fields.value("社会保障号码");
    LegacyCard* const card = books_.card(number);
    const auto batch = books_.batches.find(fields.value("批次号"));
    if (batch == books_.batches.end()) return said(profile_.texts.noBatch, LegacyDeed::query);
    const bool theirs =
        card != nullptr && card->person == person && card->batch == batch->second.number;
    if (!theirs) return said(profile_.texts.noCard, LegacyDeed::query);
    LegacyApplication& application = *books_.newestApplicationOf(person);
    const LegacyPerson& whose = *books_.person(person);
    if (!application.toMaker) application.toMaker = now_;
    if (card->issueDate.empty()) {
        card->issueDate = legacyDate(now_);
        card->expiryDate = yearsLater(now_);
    }
    return withFields({{"社保卡号", number},
                       {"国籍", "CHN"},
                       {"证件类型", "1"},
                       {"社会保障号码", person},
                       {"姓名", whose.name},
                       {"性别", whose.sex},
                       {"民族", whose.ethnicity},
                       {"出生日期", whose.birthDate},
                       {"户口地址", whose.address},
                       {"通讯地址", whose.address},
                       {"邮政编码", ""},
                       {"所在社区(村)编号", "1"},
                       {"申请类型", application.kind},
                       {"补换原因", application.reason},
                       {profile_.issueField, card->issueDate},
                       {profile_.expiryField, card->expiryDate},
                       {"个人账户", ""},
                       {"银行卡号", card->account},
                       {"相片", legacyPortrait(whose)}});
}

}  // namespace liqu::world
