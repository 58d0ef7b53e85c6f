// The figures of the day for a spreadsheet: one row for each figure, so that it can be filtered.
// section, place or bank, name, value
#include <array>

#include "firmware/base/csv.hpp"
#include "ui/paper/counters_paper.hpp"
#include "ui/paper/day_paper.hpp"

namespace liqu::ui {
namespace {

using ports::DayReport;

class Table {
  public:
    // The mark by which spreadsheets in China know UTF-8.
    Table() : text_("\xEF\xBB\xBF") {}

    // Of texts; a figure is the one cell that is a number.
    void row(const std::array<std::string, 4>& texts) {
        line({csvText(texts[0]), csvText(texts[1]), csvText(texts[2]), csvText(texts[3])});
    }
    void figure(const std::string& section, const std::string& of, const std::string& name,
                std::int64_t value) {
        line({csvText(section), csvText(of), csvText(name), std::to_string(value)});
    }
    std::string take() { return std::move(text_); }

  private:
    void line(const std::array<std::string, 4>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) text_ += (i == 0 ? "" : ",") + cells[i];
        text_ += "\r\n";
    }
    std::string text_;
};

void addHead(Table& table, const DayReport& report) {
    table.row({"部分", "对象", "项目", "数值"});
    table.row({"抬头", "", "终端", report.terminal});
    table.row({"抬头", "", "网点", report.outlet});
    table.row({"抬头", "", "地区", report.region});
    table.row({"抬头", "", "业务日", report.day});
    table.row({"抬头", "", "日结", report.closed ? "是" : "否"});
    table.row({"抬头", "", "开始时间", formatChinaTime(report.openedAt)});
    if (report.closedAt) table.row({"抬头", "", "日结时间", formatChinaTime(*report.closedAt)});
    table.figure("抬头", "", "自然日数", report.calendarDays);
}

void addPlaces(Table& table, const DayReport& report) {
    for (const ports::PlaceFigures& place : report.places) {
        const std::string name = placeName(place.place);
        table.figure("位置", name, "期初", place.opening);
        table.figure("位置", name, "转入", place.in);
        table.figure("位置", name, "转出", place.out);
        table.figure("位置", name, "账面", place.closing);
        if (!place.counted) continue;
        table.figure("位置", name, "实点", *place.counted);
        table.figure("位置", name, "差额", place.difference);
    }
}

void addEquations(Table& table, const DayReport& report) {
    const ports::KioskEquation& kiosk = report.kiosk;
    const std::pair<const char*, std::int64_t> inKiosk[] = {{"期初", kiosk.opening},
                                                            {"装入", kiosk.loaded},
                                                            {"取出", kiosk.unloaded},
                                                            {"取走", kiosk.taken},
                                                            {"窗口发放", kiosk.staffDelivered},
                                                            {"退回银行", kiosk.returned},
                                                            {"入柜", kiosk.toCabinet},
                                                            {"收回错卡", kiosk.takenBack},
                                                            {"登记不明", kiosk.missing},
                                                            {"找回", kiosk.found},
                                                            {"应有", kiosk.expected},
                                                            {"差额", kiosk.difference}};
    for (const auto& [name, value] : inKiosk) table.figure("机内等式", "", name, value);
    const ports::VaultEquation& vault = report.vault;
    const std::pair<const char*, std::int64_t> inVault[] = {{"期初", vault.opening},
                                                            {"收入", vault.received},
                                                            {"装入机器", vault.sentToKiosk},
                                                            {"机器取出", vault.fromKiosk},
                                                            {"退回银行", vault.returnedToBank},
                                                            {"销毁", vault.destroyed},
                                                            {"登记不明", vault.missing},
                                                            {"找回", vault.found},
                                                            {"应有", vault.expected},
                                                            {"差额", vault.difference}};
    for (const auto& [name, value] : inVault) table.figure("保险柜等式", "", name, value);
}

const char* wordOf(ports::ConsumedAs as) {
    return as == ports::ConsumedAs::taken  ? "取走"
           : as == ports::ConsumedAs::held ? "待领"
                                           : "废卡";
}

void addCards(Table& table, const DayReport& report) {
    for (const ports::BankConsumption& bank : report.consumption) {
        table.figure("耗用", bank.bank, "耗用", bank.consumed);
        table.figure("耗用", bank.bank, "取走", bank.taken);
        table.figure("耗用", bank.bank, "待领", bank.held);
        table.figure("耗用", bank.bank, "废卡", bank.spoiled);
        table.figure("耗用", bank.bank, "不合格", bank.refused);
        table.figure("耗用", bank.bank, "未办结", bank.undecided);
    }
    for (const ports::ConsumedCard& card : report.consumed) {
        table.row({"耗用卡号", card.cardNumber, card.orderId, wordOf(card.as)});
    }
}

void addCases(Table& table, const DayReport& report) {
    for (const ports::DayCase& one : report.cases) {
        const std::string id = std::to_string(one.id);
        table.row({"差异", id, "位置", placeName(one.place)});
        table.figure("差异", id, "账面", one.booked);
        table.figure("差异", id, "实点", one.counted);
        for (const std::string& number : one.numbers) {
            table.row({"差异", id, one.certain ? "去向不明卡号" : "可能的卡号", number});
        }
    }
    for (const ports::DayDifference& one : report.differences) {
        const std::string kind(nameOf(one.kind));
        table.row({"省中心核对", one.cardNumber, kind, one.here + " / " + one.there});
    }
    for (const ports::DaySignature& one : report.signatures) {
        const std::string place = one.place.empty() ? "日结" : placeName(one.place);
        if (one.counted) {
            table.figure("盘点人", place, one.operatorId, *one.counted);
        } else {
            table.row({"盘点人", place, one.operatorId, ""});
        }
    }
    for (const ports::GivenUpCount& one : report.givenUp) {
        table.row({"中途停止的盘点", placeName(one.place), one.operatorId,
                   std::to_string(one.counted) + " / " + std::to_string(one.booked)});
    }
}

void addCounts(Table& table, const char* of, const std::vector<ports::NamedCount>& counts) {
    for (const ports::NamedCount& one : counts)
        table.figure("窗口业务", of, counterWord(one.name), one.count);
}

void addCounters(Table& table, const DayReport& report) {
    const ports::CounterFigures& figures = report.counters;
    for (const ports::WaitingCard& card : figures.waiting) {
        table.row({"待领卡", card.cardNumber, "领取期限", card.lastDay});
        table.figure("待领卡", card.cardNumber, "通知次数", card.told);
        if (card.reminded) table.row({"待领卡", card.cardNumber, "回收期限", card.recoverBy});
    }
    for (const ports::RecoveredCard& card : figures.recovered) {
        table.row({"滞留卡回收", card.cardNumber, counterWord(card.cause), card.evidence});
    }
    addCounts(table, "滞留原因统计表（本月）", figures.recoveredInMonth);
    for (const ports::OldCardLine& card : figures.oldCards) {
        table.row(
            {"收回旧卡", card.cardNumber, counterWord(card.reason), card.time + " " + card.people});
    }
    addCounts(table, "本月收回旧卡", figures.oldCardsInMonth);
    table.figure("窗口业务", "收回旧卡", "还没有收回", figures.oldCardsOut);
    for (const ports::WrongCardLine& card : figures.wrong) {
        table.row({"信息错误人员清单", card.cardNumber,
                   itemsText(card.wrongItems) + " / " + itemsText(card.rightItems),
                   counterWord(card.cause)});
        table.row(
            {"信息错误", card.cardNumber, card.confirmed ? "已确认" : "未确认", card.evidence});
    }
    addCounts(table, "发放台账", figures.handovers);
    addCounts(table, "签收方式", figures.handoversConfirmed);
    table.figure("窗口业务", "发放台账", "账面发出", figures.movedToHolders);
    table.figure("窗口业务", "发放台账", "省里未收到", figures.handoversNotTold);
    addCounts(table, "通知与提醒", figures.notices);
    addCounts(table, "引导员核对", figures.attended);
    addCounts(table, "办结情况", figures.ended);
    addCounts(table, "没有办成，按原因代码", figures.visitEnds);
}

}  // namespace

std::string dayTable(const DayReport& report) {
    Table table;
    addHead(table, report);
    addPlaces(table, report);
    addEquations(table, report);
    addCards(table, report);
    addCases(table, report);
    addCounters(table, report);
    return table.take();
}

}  // namespace liqu::ui
