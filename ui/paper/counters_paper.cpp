#include "ui/paper/counters_paper.hpp"

#include <algorithm>
#include <map>

#include "ui/paper/day_paper.hpp"

namespace liqu::ui {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string dashed(const std::string& day) {
    if (day.size() != 8) return "—";
    return day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2);
}

std::string dueText(const ports::WaitingCard& card) {
    if (!card.reminded) return "未提醒";
    return card.recoverBy.empty() ? "无该年工作日表" : dashed(card.recoverBy);
}

std::string countsText(const std::vector<ports::NamedCount>& counts) {
    std::string text;
    for (const ports::NamedCount& one : counts) {
        text +=
            (text.empty() ? "" : "，") + counterWord(one.name) + " " + std::to_string(one.count);
    }
    return text.empty() ? "无" : text;
}

void drawWaiting(Sheet& sheet, const ports::CounterFigures& figures) {
    if (!figures.holdFullOn.empty()) {
        sheet.words("注意：照近四周的速度，待领卡箱约在 " + dashed(figures.holdFullOn) + " 满。",
                    {9.5, true});
    }
    sheet.words("待领卡及期限：", {9, true}, 2);
    if (figures.waiting.empty()) return sheet.words("没有。", {9});
    Rows rows;
    for (const ports::WaitingCard& card : figures.waiting) {
        rows.push_back({card.cardNumber, placeName(card.place), dashed(card.lastDay),
                        std::to_string(card.told), dueText(card)});
    }
    sheet.table({{"卡号", 1.2},
                 {"位置", 1.2},
                 {"领取期限", 1.2},
                 {"通知次数", 0.8, true},
                 {"回收期限", 1.2}},
                rows);
}

void drawRecovered(Sheet& sheet, const ports::CounterFigures& figures) {
    sheet.words("滞留原因统计表（滞留卡回收）：", {9, true}, 2);
    sheet.words("本月累计：" + countsText(figures.recoveredInMonth), {9}, 2);
    if (figures.recovered.empty()) return;
    Rows rows;
    for (const ports::RecoveredCard& card : figures.recovered) {
        rows.push_back({card.cardNumber, counterWord(card.cause), card.evidence, card.people});
    }
    sheet.table({{"卡号", 1}, {"原因", 1.4}, {"交接单", 1.2}, {"经办人", 1.2}}, rows);
}

void drawOldCards(Sheet& sheet, const ports::CounterFigures& figures) {
    sheet.words("换卡收回旧卡，本月累计：" + countsText(figures.oldCardsInMonth) +
                    "；还没有收回的 " + std::to_string(figures.oldCardsOut) + " 张。",
                {9, figures.oldCardsOut > 0}, 2);
    if (figures.oldCards.empty()) return;
    Rows rows;
    for (const ports::OldCardLine& card : figures.oldCards)
        rows.push_back({card.cardNumber, counterWord(card.reason), card.time, card.people});
    sheet.table({{"旧卡卡号", 1}, {"原因", 1.2}, {"时间", 0.8}, {"回收人", 1.2}}, rows);
}

void drawWrong(Sheet& sheet, const ports::CounterFigures& figures) {
    if (figures.wrong.empty()) return;
    sheet.words("信息错误人员清单（按卡号）：", {9, true}, 2);
    Rows rows;
    for (const ports::WrongCardLine& card : figures.wrong) {
        rows.push_back({card.cardNumber, itemsText(card.wrongItems), itemsText(card.rightItems),
                        counterWord(card.cause), card.evidence, card.confirmed ? "是" : "否"});
    }
    sheet.table(
        {{"卡号", 1.1}, {"有误", 1.3}, {"无误", 1.3}, {"原因", 1.1}, {"凭据", 1}, {"确认", 0.6}},
        rows);
}

}  // namespace

std::string counterWord(const std::string& word) {
    static const std::map<std::string, std::string> words = {{"unclaimed", "满期未领"},
                                                             {"reminded", "系统提醒"},
                                                             {"deceased", "持卡人死亡"},
                                                             {"disappeared", "持卡人失踪"},
                                                             {"emigrated", "出国定居"},
                                                             {"again-failed", "二次发放未成"},
                                                             {"refused-for-good", "省里不予登记"},
                                                             {"received-again", "二次发放收回"},
                                                             {"told-phone", "电话通知"},
                                                             {"told-message", "短信通知"},
                                                             {"told-visit", "上门通知"},
                                                             {"told-village", "村社区转告"},
                                                             {"told-employer", "单位转告"},
                                                             {"reminded-months", "提醒满期"},
                                                             {"reminded-death", "提醒死亡"},
                                                             {"NAME", "姓名"},
                                                             {"NUMBER", "号码"},
                                                             {"PHOTO", "照片"},
                                                             {"CHIP", "芯片"},
                                                             {"DAMAGED", "损坏"},
                                                             {"INFO", "信息变更"},
                                                             {"EXPIRED", "到期"},
                                                             {"OTHER", "其他原因"},
                                                             {"QUALITY", "质量问题"},
                                                             {"REGISTER", "登记信息"},
                                                             {"MACHINE", "制卡"},
                                                             {"ANOTHER_PERSON", "他人信息"},
                                                             {"machine", "机器出卡口"},
                                                             {"counter", "窗口发给本人"},
                                                             {"agent", "窗口发给代领人"},
                                                             {"paper", "纸面签字"},
                                                             {"touch", "屏幕签收"},
                                                             {"nothing", "没有签收"},
                                                             {"handedOver", "交给本人"},
                                                             {"held", "待领"},
                                                             {"carriedOut", "变更办成"},
                                                             {"withdrawn", "申请撤回"},
                                                             {"resumable", "未办完"},
                                                             {"failed", "制卡失败"},
                                                             {"missing", "去向不明"},
                                                             {"returned", "交回银行"},
                                                             {"takenBack", "错卡收回"}};
    const auto found = words.find(word);
    return found == words.end() ? word : found->second;
}

std::string itemsText(const std::string& items) {
    std::string text;
    for (std::size_t at = 0; at < items.size();) {
        const std::size_t end = std::min(items.find(',', at), items.size());
        text += (text.empty() ? "" : "、") + counterWord(items.substr(at, end - at));
        at = end + 1;
    }
    return text.empty() ? "—" : text;
}

void drawCounterFigures(Sheet& sheet, const ports::CounterFigures& figures) {
    sheet.heading("九、窗口业务");
    drawWaiting(sheet, figures);
    drawRecovered(sheet, figures);
    drawOldCards(sheet, figures);
    drawWrong(sheet, figures);
    std::int64_t lines = 0;
    for (const ports::NamedCount& way : figures.handovers) lines += way.count;
    sheet.words("发放台账：" + countsText(figures.handovers) + "；台账 " + std::to_string(lines) +
                    " 行，账面发出 " + std::to_string(figures.movedToHolders) +
                    " 张；省里还没有收到的 " + std::to_string(figures.handoversNotTold) + " 行。",
                {9, lines != figures.movedToHolders}, 2);
    sheet.words("签收方式：" + countsText(figures.handoversConfirmed) + "。", {9}, 2);
    sheet.words("通知与提醒：" + countsText(figures.notices), {9}, 2);
    sheet.words("引导员核对的业务：" + countsText(figures.attended), {9}, 2);
    sheet.words("办结情况：" + countsText(figures.ended), {9}, 2);
    sheet.words("没有办成的来访 " + std::to_string(figures.visits) + " 次，按原因代码：" +
                    countsText(figures.visitEnds),
                {9}, 2);
    sheet.words("满意度：机器不询问。", {9});
}

}  // namespace liqu::ui
