// The figures of the day for a spreadsheet: one row for each figure, so that it can be filtered.
// section, place or bank, name, value
#include <array>

#include "firmware/base/csv.hpp"
#include "ui/paper/day_report.hpp"

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
        table.figure("耗用", bank.bank, "未了", bank.undecided);
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
            table.figure("清点人", place, one.operatorId, *one.counted);
        } else {
            table.row({"清点人", place, one.operatorId, ""});
        }
    }
    for (const ports::GivenUpCount& one : report.givenUp) {
        table.row({"中途停止的清点", placeName(one.place), one.operatorId,
                   std::to_string(one.counted) + " / " + std::to_string(one.booked)});
    }
}

}  // namespace

std::string dayTable(const DayReport& report) {
    Table table;
    addHead(table, report);
    addPlaces(table, report);
    addEquations(table, report);
    addCards(table, report);
    addCases(table, report);
    return table.take();
}

}  // namespace liqu::ui
