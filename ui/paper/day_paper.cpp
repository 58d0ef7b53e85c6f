#include "ui/paper/day_paper.hpp"

#include <algorithm>

#include "firmware/base/whole_file.hpp"
#include "ui/paper/counters_paper.hpp"
#include "ui/paper/day_slip.hpp"
#include "ui/paper/readiness_paper.hpp"
#include "ui/paper/sheet.hpp"

namespace liqu::ui {
namespace {

using ports::DayReport;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t digestGroup = 8;

std::string text(std::int64_t number) {
    return std::to_string(number);
}
std::string text(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : "—";
}
// Differences carry their sign.
std::string signedText(std::int64_t number) {
    return number > 0 ? "+" + std::to_string(number) : std::to_string(number);
}
std::string dayText(const std::string& day) {
    if (day.size() != 8) return day;
    return day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2);
}
std::string timeText(WallTime at) {
    return formatChinaTime(at).substr(0, 16).replace(10, 1, " ");
}

// One report, part by part.
class DayPaper {
  public:
    DayPaper(Sheet& sheet, const DayReport& report, const PaperNames& names,
             const PaperDigest& digest)
        : sheet_(sheet), report_(report), names_(names), digest_(digest) {}

    void fill() {
        drawTop();
        drawSignatures();
        drawPlaces();
        drawKiosk();
        drawVault();
        drawConsumption();
        drawCases();
        drawProvince();
        drawCounters();
        drawGivenUp();
        drawCounterFigures(sheet_, report_.counters);
    }

  private:
    static std::string named(const std::map<std::string, std::string>& names,
                             const std::string& code) {
        const auto name = names.find(code);
        return name == names.end() ? code : code + " " + name->second;
    }
    std::string bankText(const std::string& code) const { return named(names_.banks, code); }
    std::string outletText() const {
        return names_.outlet.empty() ? report_.outlet : report_.outlet + " " + names_.outlet;
    }

    void drawTop() {
        sheet_.words("社会保障卡即时制卡　空白卡日结报告", {17, true, PaperAlign::centre}, 6);
        sheet_.words("业务日 " + dayText(report_.day), {12, true, PaperAlign::centre}, 10);
        sheet_.table({{"终端", 1}, {"网点", 1}, {"地区", 1}, {"开始", 1.4}, {"日结", 1.4}},
                     {{report_.terminal, outletText(), report_.region, timeText(report_.openedAt),
                       report_.closedAt ? timeText(*report_.closedAt) : "未日结"}});
        std::string verdict = "结论：账实相符，没有差异。";
        if (!report_.cases.empty()) {
            verdict = "结论：账实不符，登记差异 " +
                      text(static_cast<std::int64_t>(report_.cases.size())) + " 件，见第五部分。";
        }
        if (!report_.closed) verdict = "本日尚未日结，以下数字仅供查看。";
        sheet_.words(verdict, {10.5, true});
        if (report_.calendarDays > 1) {
            sheet_.words("注意：本业务日跨 " + text(std::int64_t{report_.calendarDays}) +
                             " 个自然日，没有按时日结。",
                         {9.5, true});
        }
    }

    void drawPlaces() {
        sheet_.heading("一、各位置的账与实");
        Rows rows;
        std::vector<bool> marked;
        for (const ports::PlaceFigures& place : report_.places) {
            const std::string owner = place.bank.empty() ? ""
                                                         : bankText(place.bank) + " / " +
                                                               named(names_.makers, place.vendor);
            rows.push_back({placeName(place.place), owner, text(place.opening), text(place.in),
                            text(place.out), text(place.closing), text(place.counted),
                            place.counted ? signedText(place.difference) : "—"});
            marked.push_back(place.difference != 0);
        }
        sheet_.table({{"位置", 1.5},
                      {"银行 / 卡商", 2.2},
                      {"期初", 0.8, true},
                      {"转入", 0.8, true},
                      {"转出", 0.8, true},
                      {"账面", 0.8, true},
                      {"实点", 0.8, true},
                      {"差额", 0.8, true}},
                     rows, marked);
        sheet_.words("账面 = 期初 + 转入 − 转出；差额 = 实点 − 账面。",
                     {8, false, PaperAlign::left, 0.3});
    }

    void drawKiosk() {
        const ports::KioskEquation& kiosk = report_.kiosk;
        sheet_.heading("二、机内等式");
        sheet_.table(
            {{"期初", 1, true},
             {"＋装入", 1, true},
             {"－取出", 1, true},
             {"－取走", 1, true},
             {"－发放", 1.2, true},
             {"－退回", 1, true},
             {"－入柜", 1, true},
             {"＋收回", 1, true},
             {"－不明", 1, true},
             {"＋找回", 1, true},
             {"＝应有", 1, true},
             {"实点", 1, true},
             {"差额", 1, true}},
            {{text(kiosk.opening), text(kiosk.loaded), text(kiosk.unloaded), text(kiosk.taken),
              text(kiosk.staffDelivered), text(kiosk.returned), text(kiosk.toCabinet),
              text(kiosk.takenBack), text(kiosk.missing), text(kiosk.found), text(kiosk.expected),
              text(kiosk.counted), signedText(kiosk.difference)}},
            {kiosk.difference != 0});
    }

    void drawVault() {
        const ports::VaultEquation& vault = report_.vault;
        sheet_.heading("三、保险柜等式");
        sheet_.table({{"期初", 1, true},
                      {"＋收入", 1, true},
                      {"－装机", 1.2, true},
                      {"＋退机", 1.2, true},
                      {"－退回", 1.2, true},
                      {"－销毁", 1, true},
                      {"－不明", 1.2, true},
                      {"＋找回", 1, true},
                      {"＝应有", 1, true},
                      {"实点", 1, true},
                      {"差额", 1, true}},
                     {{text(vault.opening), text(vault.received), text(vault.sentToKiosk),
                       text(vault.fromKiosk), text(vault.returnedToBank), text(vault.destroyed),
                       text(vault.missing), text(vault.found), text(vault.expected),
                       text(vault.counted), signedText(vault.difference)}},
                     {vault.difference != 0});
    }

    static std::string wordOf(ports::ConsumedAs as) {
        return as == ports::ConsumedAs::taken  ? "取走"
               : as == ports::ConsumedAs::held ? "待领"
                                               : "废卡";
    }

    void drawConsumption() {
        sheet_.heading("四、当日耗用（按卡号）");
        Rows rows;
        for (const ports::BankConsumption& bank : report_.consumption) {
            rows.push_back({bankText(bank.bank), text(bank.consumed), text(bank.taken),
                            text(bank.held), text(bank.spoiled), text(bank.refused),
                            text(bank.undecided)});
        }
        sheet_.table({{"银行", 2},
                      {"耗用", 1, true},
                      {"取走", 1, true},
                      {"待领", 1, true},
                      {"废卡", 1, true},
                      {"不合格（未耗用）", 1.6, true},
                      {"未办结", 1, true}},
                     rows);
        std::vector<std::string> cards;
        for (const ports::ConsumedCard& card : report_.consumed) {
            cards.push_back(card.cardNumber + " " + wordOf(card.as));
        }
        if (cards.empty()) {
            sheet_.words("当日没有耗用卡片。", {9});
        } else {
            sheet_.grid(cards, 5);
        }
    }

    // Reasons that were touched on the screen; others stand as they were given.
    static std::string reasonWord(const std::string& reason) {
        static const std::map<std::string, std::string> words = {
            {"found-elsewhere", "在别处找到"},
            {"counted-wrong", "当时数错"},
            {"double-feed", "机器走重张"},
            {"stolen-reported", "已按丢失报案"},
            {"bank-informed", "已报银行处理"}};
        const auto found = words.find(reason);
        return found == words.end() ? reason : found->second;
    }

    void drawCases() {
        sheet_.heading("五、差异登记");
        if (report_.cases.empty()) sheet_.words("没有。", {9});
        for (const ports::DayCase& one : report_.cases) {
            sheet_.keep(60);
            sheet_.words("第 " + text(one.id) + " 件　" + placeName(one.place) + "　账面 " +
                             text(one.booked) + "，实点 " + text(one.counted) + "，差 " +
                             signedText(one.counted - one.booked) +
                             (one.laneLocked ? "　卡槽已停用" : ""),
                         {9.5, true}, 2);
            const std::string state =
                one.releasedBy.empty()
                    ? "未办结。"
                    : "已了结：" + reasonWord(one.releaseReason) + "，经办 " + one.releasedBy;
            sheet_.words(state, {9}, 2);
            if (!one.numbers.empty()) {
                sheet_.words(one.certain ? "去向不明的卡号：" : "去向不明的卡在下列卡号之中：", {9},
                             2);
                sheet_.grid(one.numbers, 6);
            }
        }
    }

    static std::string wordOf(ports::DifferenceKind kind) {
        return kind == ports::DifferenceKind::onlyLocal    ? "仅本机有 ONLY_LOCAL"
               : kind == ports::DifferenceKind::onlyRemote ? "仅省中心有 ONLY_REMOTE"
                                                           : "状态不同 STATE_DIFF";
    }

    // As both sides name it.
    static std::string stateWord(const std::string& state) {
        static const std::map<std::string, std::string> words = {
            {"", "—"},           {"taken", "取走"}, {"held", "待领"},
            {"spoiled", "废卡"}, {"OK", "制成"},    {"FAILED", "制卡失败"}};
        const auto found = words.find(state);
        return found == words.end() ? state : found->second;
    }

    void drawProvince() {
        sheet_.heading("六、与省中心核对");
        if (!report_.comparedAt) {
            sheet_.words("尚未核对。", {9});
            return;
        }
        sheet_.words("核对时间 " + timeText(*report_.comparedAt) +
                         (report_.differences.empty() ? "，逐号一致。" : "，以下卡号不一致："),
                     {9});
        if (report_.differences.empty()) return;
        Rows rows;
        for (const ports::DayDifference& one : report_.differences) {
            rows.push_back(
                {one.cardNumber, wordOf(one.kind), stateWord(one.here), stateWord(one.there)});
        }
        sheet_.table({{"卡号", 1}, {"差异", 1.6}, {"本机", 1}, {"省中心", 1}}, rows);
    }

    // One row for each place and round, both people in it.
    void drawCounters() {
        sheet_.heading("七、盘点人");
        Rows rows;
        std::string last;
        for (const ports::DaySignature& one : report_.signatures) {
            const std::string key = one.place + " " + std::to_string(one.round);
            const bool second = !rows.empty() && key == last && rows.back()[4].empty();
            if (second) {
                rows.back()[4] = one.operatorId;
                rows.back()[5] = one.counted ? text(*one.counted) : "";
                rows.back()[6] = timeText(one.at);
                continue;
            }
            last = key;
            rows.push_back({one.place.empty() ? "日结" : placeName(one.place),
                            one.place.empty() ? "" : text(std::int64_t{one.round}), one.operatorId,
                            one.counted ? text(*one.counted) : "", "", "", timeText(one.at)});
        }
        sheet_.table({{"位置", 1.4},
                      {"轮次", 0.6, true},
                      {"第一人工号", 1},
                      {"点得", 0.7, true},
                      {"第二人工号", 1},
                      {"点得", 0.7, true},
                      {"时间", 1.4}},
                     rows);
    }

    // A count that was stopped leaves its figures: nobody makes a difference disappear that way.
    void drawGivenUp() {
        if (report_.givenUp.empty()) return;
        sheet_.heading("八、中途停止的盘点");
        Rows rows;
        std::vector<bool> marked;
        for (const ports::GivenUpCount& one : report_.givenUp) {
            rows.push_back({text(std::int64_t{one.attempt}), placeName(one.place),
                            text(std::int64_t{one.round}), one.operatorId, text(one.counted),
                            text(one.booked), timeText(one.at)});
            marked.push_back(one.counted != one.booked);
        }
        sheet_.table({{"第几次", 0.7, true},
                      {"位置", 1.4},
                      {"轮次", 0.6, true},
                      {"工号", 1},
                      {"点得", 0.7, true},
                      {"当时账面", 0.9, true},
                      {"时间", 1.4}},
                     rows, marked);
    }

    // "1001 王样例"; the number alone of who has no account any more.
    std::string personText(const std::string& number) const {
        const auto name = report_.names.find(number);
        return name == report_.names.end() ? number : number + " " + name->second;
    }

    // Who counted, in the order in which they typed, and who closed the day.
    std::vector<std::string> signers() const {
        std::vector<std::string> counted;
        std::string closed;
        for (const ports::DaySignature& one : report_.signatures) {
            const bool known =
                std::find(counted.begin(), counted.end(), one.operatorId) != counted.end();
            if (one.place.empty()) {
                closed = one.operatorId;
            } else if (!known) {
                counted.push_back(one.operatorId);
            }
        }
        const auto line = [this](const std::string& role, const std::string& number) {
            return number.empty() ? role : role + "\n" + personText(number);
        };
        counted.resize(std::max<std::size_t>(counted.size(), 2));
        return {line("盘点人（一）", counted[0]), line("盘点人（二）", counted[1]),
                line("网点主管", closed), "日期"};
    }

    // Under the verdict, on the page that bears it: a page of signatures alone could be put behind
    // other figures. The code names the table they belong to.
    void drawSignatures() {
        const std::string digest = digest_.of(bytesOf(dayTable(report_)));
        std::string groups;
        for (std::size_t at = 0; at < digest.size(); at += digestGroup) {
            groups += (at == 0 ? "" : " ") + digest.substr(at, digestGroup);
        }
        sheet_.space(4);
        sheet_.signatures(signers());
        sheet_.code(
            "LIQU-DAY " + report_.terminal + " " + report_.day + " " + digest_.name + " " + digest,
            {"日结表文件（" + report_.terminal + "-" + report_.day + ".csv）的 " + digest_.name +
                 " 摘要，二维码内容相同：",
             groups, "签字即对这份日结表的数字负责；文件改动后摘要不同。"});
        drawWitness();
    }

    // What the branch keeps of the audit record, outside of the machine.
    void drawWitness() {
        if (report_.auditCheckpoint.empty()) return;
        constexpr double side = 110;  // it holds more, and a telephone reads it
        sheet_.code(
            report_.auditCheckpoint,
            {"操作记录见证：日结时共 " + std::to_string(report_.auditLines) + " 行，核对字母：",
             report_.auditLetters,
             "请网点主管用手机或网点电脑扫描二维码，把内容存到本机以外的地方；以后用 "
             "liqu-witness 核对，记录是否被改动、删减或替换。"},
            side);
    }

    Sheet& sheet_;
    const DayReport& report_;
    const PaperNames& names_;
    const PaperDigest& digest_;
};

class PaperPrinter final : public ports::DocumentPrinter {
  public:
    PaperPrinter(std::filesystem::path fonts, PaperNames names, PaperDigest digest)
        : fontsFile_(std::move(fonts)), names_(std::move(names)), digest_(std::move(digest)) {}

    Result<void> printDayReport(const DayReport& report,
                                const std::filesystem::path& pdf) override {
        if (!fonts_) fonts_ = TRY(PaperFonts::open(fontsFile_));
        SheetLabels labels;
        labels.title = "空白卡日结报告 " + report.terminal + " " + report.day;
        labels.running =
            "空白卡日结报告　终端 " + report.terminal + "　业务日 " + dayText(report.day);
        labels.created = formatChinaTime(report.generatedAt).substr(0, 19) + "+08:00";
        labels.left = "生成时间 " + timeText(report.generatedAt);
        const Bytes content = TRY(makePdf(*fonts_, labels, [&](Sheet& sheet) {
            DayPaper(sheet, report, names_, digest_).fill();
        }));
        return writeWholeFile(pdf, content);
    }

    Result<void> drawDaySlip(const DayReport& report, const std::filesystem::path& png) override {
        if (!fonts_) fonts_ = TRY(PaperFonts::open(fontsFile_));
        return writeWholeFile(png, TRY(ui::drawDaySlip(*fonts_, report)));
    }

    Result<void> writeDayTable(const DayReport& report, const std::filesystem::path& csv) override {
        return writeWholeFile(csv, bytesOf(dayTable(report)));
    }

    Result<void> printReadiness(const ports::ReadinessReport& report,
                                const std::filesystem::path& pdf) override {
        if (!fonts_) fonts_ = TRY(PaperFonts::open(fontsFile_));
        return writeWholeFile(pdf, TRY(readinessPdf(*fonts_, report, names_, digest_)));
    }

    Result<void> writeReadinessTable(const ports::ReadinessReport& report,
                                     const std::filesystem::path& csv) override {
        return writeWholeFile(csv, bytesOf(readinessTable(report)));
    }

  private:
    std::filesystem::path fontsFile_;
    PaperNames names_;
    PaperDigest digest_;
    std::unique_ptr<PaperFonts> fonts_;
};

}  // namespace

std::string placeName(const std::string& place) {
    static const std::map<std::string, std::string> names = {
        {"path", "机器通道"},       {"transport", "传送通道"}, {"chip-station", "写卡位"},
        {"mouth", "出卡口"},        {"hold-bin", "待领卡箱"},  {"reject-bin", "废卡箱"},
        {"old-card-bin", "旧卡箱"}, {"cabinet", "网点卡柜"},   {"vault", "保险柜"},
        {"missing", "去向不明"},    {"holder", "持卡人"},      {"bank", "银行"}};
    constexpr std::string_view hopper = "hopper-";
    if (place.starts_with(hopper)) return place.substr(hopper.size()) + " 号卡槽";
    const auto name = names.find(place);
    return name == names.end() ? place : name->second;
}

std::unique_ptr<ports::DocumentPrinter> makeDocumentPrinter(std::filesystem::path fonts,
                                                            PaperNames names, PaperDigest digest) {
    return std::make_unique<PaperPrinter>(std::move(fonts), std::move(names), std::move(digest));
}

}  // namespace liqu::ui
