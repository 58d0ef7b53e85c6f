// 即制卡回盘: what became of a card. And what a call is about, told from its fields.
#include <array>

#include "tests/world/legacy_province/gbk.hpp"
#include "tests/world/legacy_province/legacy_desk.hpp"

namespace liqu::world {
namespace {

constexpr std::size_t longestReason = 50;

LegacyFields byHead(const TableRow& head, const TableRow& row) {
    InnerText cells;
    for (std::size_t i = 0; i < head.size(); ++i) cells.fields.push_back({head[i], row[i]});
    return LegacyFields(cells);
}

// The act of each operation that changes something, and which natural key it has.
enum class Key { person, card, firstRow, district };
struct Act {
    std::string_view operation, act;
    Key key;
};
constexpr Act acts[] = {{"申请社保卡", "apply", Key::person},
                        {"即制卡标注", "mark", Key::person},
                        {"即时制卡标注", "mark", Key::person},
                        {"撤销标注", "unmark", Key::person},
                        {"获取批次号", "batch-number", Key::district},
                        {"即制卡批次", "batch", Key::firstRow},
                        {"领卡启用", "enable", Key::card},
                        {"临时挂失", "loss-temporary", Key::card},
                        {"正式挂失", "loss-formal", Key::card},
                        {"解除挂失", "release", Key::card},
                        {"交费登记", "fee", Key::person},
                        {"撤销交费登记", "fee-revoked", Key::person},
                        {"撤销缴费登记", "fee-revoked", Key::person},
                        {"撤销补换卡", "withdraw", Key::person}};

std::string cellOf(const LegacyFields& fields, const std::string& name) {
    if (fields.rows().size() < 2) return {};
    const TableRow& head = fields.rows()[0];
    for (std::size_t i = 0; i < head.size() && i < fields.rows()[1].size(); ++i) {
        if (head[i] == name) return fields.rows()[1][i];
    }
    return {};
}

}  // namespace

LegacyReply LegacyDesk::report(const LegacyFields& fields) {
    const auto& rows = fields.rows();
    if (rows.size() < 2 || fields.value("人数") != std::to_string(rows.size() - 1)) {
        return refused(profile_.texts.wrongCount);
    }
    LegacyReply last;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        last = reportRow(fields, rows[0], rows[i]);
        if (last.deed == LegacyDeed::refused) break;
    }
    return last;
}

LegacyReply LegacyDesk::reportRow(const LegacyFields& fields, const TableRow& head,
                                  const TableRow& row) {
    if (row.size() != head.size()) return refused(profile_.texts.wrongTable);
    const LegacyFields cells = byHead(head, row);
    LegacyCard* const card = books_.card(cells.value("社保卡号"));
    if (card == nullptr || card->batch.empty()) return refused(profile_.texts.noCard);
    if (card->batch != fields.value("批次号")) return refused(profile_.texts.noBatch);
    if (card->person != cells.value("社会保障号码")) return refused(profile_.texts.noPerson);
    if (const auto wrong = stop({card->person, cells.value("姓名"), ""})) return refused(*wrong);
    const bool failed = !cells.value("失败环节").empty() || !cells.value("失败原因").empty();
    return failed ? reportFailed(*card, cells) : reportMade(*card, cells, row);
}

LegacyReply LegacyDesk::reportMade(LegacyCard& card, const LegacyFields& cells,
                                   const TableRow& row) {
    const std::string issued = cells.value(profile_.issueField);
    const std::string expires = cells.value(profile_.expiryField);
    const std::string bank = cells.value("服务银行");
    const bool sound =
        isLegacyDate(issued) && issued == card.issueDate && expires == card.expiryDate &&
        !cells.value("卡识别码").empty() && !cells.value("卡复位码").empty() &&
        cells.value("银行卡号") == card.account && (bank.empty() || bank == card.bank);
    if (!sound) {
        books_.wrongs.push_back(place_ + ": values that are not this card's");
        return refused(profile_.texts.wrongReport);
    }
    if (!card.failedStage.empty()) return refused(profile_.texts.reported);
    // 补登: the same row again is taken.
    if (!card.report.empty()) {
        return card.report == row ? said("00", LegacyDeed::repeated)
                                  : refused(profile_.texts.reported);
    }
    LegacyApplication& application = *books_.newestApplicationOf(card.person);
    if (LegacyCard* const old = books_.card(application.oldCard)) {
        old->state = LegacyCardState::cancelled;
    }
    card.report = row;
    card.cardIdCode = cells.value("卡识别码");
    card.atr = cells.value("卡复位码");
    card.state = LegacyCardState::sealed;
    application.made = now_;
    application.arrived = now_;
    application.open = false;
    return said("00", LegacyDeed::done);
}

LegacyReply LegacyDesk::reportFailed(LegacyCard& card, const LegacyFields& cells) {
    const std::string stage = cells.value("失败环节");
    const std::string reason = cells.value("失败原因");
    if (gbkLength(reason) > longestReason) {
        books_.wrongs.push_back(place_ + ": a reason of more than 50 bytes");
        return refused(profile_.texts.reasonTooLong);
    }
    const bool sound = (stage == "银行" || stage == "制卡") && !reason.empty() &&
                       cells.value("卡识别码").empty() && cells.value("卡复位码").empty();
    if (!sound) {
        books_.wrongs.push_back(place_ + ": a failure that is none");
        return refused(profile_.texts.wrongReport);
    }
    if (!card.report.empty()) return refused(profile_.texts.reported);
    if (!card.failedStage.empty()) {
        const bool same = card.failedStage == stage && card.failedReason == reason;
        return same ? said("00", LegacyDeed::repeated) : refused(profile_.texts.reported);
    }
    card.failedStage = stage;
    card.failedReason = reason;
    // The person stays marked, and may be in another batch; the number is dead.
    LegacyApplication& application = *books_.newestApplicationOf(card.person);
    application.validTag = -1;
    application.remarks = reason;
    application.batch.clear();
    for (LegacyTime* const time : {&application.batched, &application.toMaker}) time->reset();
    return said("00", LegacyDeed::done);
}

LegacyIntent intentOfOperation(const std::string& operation, const LegacyFields& fields) {
    LegacyIntent intent{operation, "", "", fields.value("社会保障号码|证件号码|社会保障号")};
    if (operation == "即制卡回盘") {
        const bool failed =
            !cellOf(fields, "失败环节").empty() || !cellOf(fields, "失败原因").empty();
        intent.act = failed ? "report-failed" : "report";
        intent.key = cellOf(fields, "社保卡号");
        intent.person = cellOf(fields, "社会保障号码");
        return intent;
    }
    for (const Act& one : acts) {
        if (one.operation != operation) continue;
        intent.act = one.act;
        if (one.key == Key::firstRow) intent.person = cellOf(fields, "社会保障号码");
        intent.key = one.key == Key::card       ? fields.value("社会保障卡卡号|社保卡号")
                     : one.key == Key::district ? fields.value("所属区县")
                                                : intent.person;
    }
    return intent;
}

// Each in another way than the one who asks would have done it: bank, agency, batch, chip and pay
// code are somebody else's.
void LegacyDesk::doElsewhere(const LegacyIntent& intent, WallTime now) {
    now_ = now;
    LegacyApplication* const application = books_.openApplicationOf(intent.person);
    LegacyCard* const card = books_.card(intent.key);
    if (intent.act == "apply" && application == nullptr) {
        LegacyApplication other;
        other.person = intent.person;
        other.kind = "1";
        other.bank = "B09";
        other.city = profile_.city;
        other.agency = "99000001";
        other.applied = now - std::chrono::seconds{30};
        books_.applications.push_back(std::move(other));
    } else if (intent.act == "mark" && application != nullptr) {
        application->marked = now;
    } else if (intent.act == "batch" && application != nullptr) {
        const std::string number = "B" + legacyDate(now) + "9999";
        books_.batches[number] = {number, "999999", true, std::nullopt, ""};
        assignNumber(*application, number);
    } else if (intent.act == "report" && card != nullptr) {
        card->report = {"1", card->number};
        card->cardIdCode = "41010000000000009999999999999999";
        card->atr = "3B00";
        card->state = LegacyCardState::sealed;
        if (application != nullptr) {
            application->made = now;
            application->open = false;
        }
    } else if (intent.act == "fee") {
        books_.fees[intent.person] = {"FEE-9999", legacyDate(now), true};
    } else if (card != nullptr) {
        if (intent.act == "enable") card->state = LegacyCardState::normal;
        if (intent.act == "loss-temporary") card->state = LegacyCardState::temporarilyLost;
        if (intent.act == "loss-formal") card->state = LegacyCardState::formallyLost;
        if (intent.act == "release") card->state = LegacyCardState::normal;
    }
}

LegacyReply LegacyDesk::sayAlready(const LegacyIntent& intent) const {
    const LegacyTexts& texts = profile_.texts;
    const std::string word = intent.act == "apply"   ? texts.applied
                             : intent.act == "mark"  ? texts.making
                             : intent.act == "batch" ? texts.inBatch
                                                     : "01";
    LegacyReply reply = said(word, LegacyDeed::refused);
    reply.bare = intent.act != "batch";
    return reply;
}

}  // namespace liqu::world
