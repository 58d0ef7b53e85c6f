#include "ui/paper/readiness_paper.hpp"

#include "firmware/base/csv.hpp"

namespace liqu::ui {
namespace {

using ports::ReadinessLine;
using ports::ReadinessReport;

constexpr std::size_t digestGroup = 8;

std::string timeText(WallTime at) {
    return formatChinaTime(at).substr(0, 16).replace(10, 1, " ");
}

// yyyymmddhhmm: which of several of one day.
std::string stampText(WallTime at) {
    const std::string time = formatChinaTime(at);
    return formatDate(chinaDate(at)) + time.substr(11, 2) + time.substr(14, 2);
}

std::string verdictOf(const ReadinessReport& report) {
    if (report.failed() == 0 && report.undone() == 0) return "结论：各部件测试都已通过。";
    if (report.failed() == 0) {
        return "结论：做过的测试都已通过，" + std::to_string(report.undone()) +
               " 项没有做过，见第一部分。";
    }
    return "结论：" + std::to_string(report.failed()) + " 项测试没有通过，见第一部分。";
}

void addTable(Sheet& sheet, const std::string& heading, const std::vector<ReadinessLine>& lines) {
    sheet.heading(heading);
    std::vector<std::vector<std::string>> rows;
    std::vector<bool> marked;
    for (const ReadinessLine& line : lines) {
        rows.push_back({line.what, line.state, line.readAt});
        marked.push_back(!line.good || !line.done);
    }
    sheet.table({{"项目", 1.2}, {"状态", 3}, {"时间", 1}}, rows, marked);
}

void addSignatures(Sheet& sheet, const ReadinessReport& report, const PaperDigest& digest) {
    const std::string hex = digest.of(bytesOf(readinessTable(report)));
    std::string groups;
    for (std::size_t at = 0; at < hex.size(); at += digestGroup) {
        groups += (at == 0 ? "" : " ") + hex.substr(at, digestGroup);
    }
    sheet.space(4);
    sheet.signatures({"检查人\n" + report.by, "网点主管", "日期"});
    sheet.code("LIQU-READY " + report.terminal + " " + stampText(report.at) + " " + digest.name +
                   " " + hex,
               {"就绪报告数据表的 " + digest.name + " 摘要，二维码内容相同：", groups,
                "签字即确认这份报告；数据表改动后摘要不同。"});
}

void addRows(std::string& text, const std::string& section,
             const std::vector<ReadinessLine>& lines) {
    for (const ReadinessLine& line : lines) {
        text += csvText(section) + "," + csvText(line.what) + "," + csvText(line.state) + "," +
                csvText(line.readAt) + "\r\n";
    }
}

}  // namespace

Result<Bytes> readinessPdf(const PaperFonts& fonts, const ReadinessReport& report,
                           const PaperNames& names, const PaperDigest& digest) {
    SheetLabels labels;
    labels.title = "就绪报告 " + report.terminal + " " + stampText(report.at);
    labels.running = "就绪报告　终端 " + report.terminal + "　" + timeText(report.at);
    labels.created = formatChinaTime(report.at).substr(0, 19) + "+08:00";
    labels.left = "生成时间 " + timeText(report.at);
    return makePdf(fonts, labels, [&](Sheet& sheet) {
        sheet.words("就绪报告", {.size = 16, .bold = true, .align = PaperAlign::centre});
        sheet.words("终端 " + report.terminal + "　网点 " + names.outlet + "　地区 " +
                        report.region + "　检查时间 " + timeText(report.at),
                    {.size = 9});
        sheet.words(verdictOf(report), {.size = 10.5, .bold = true});
        addSignatures(sheet, report, digest);
        addTable(sheet, "一、各部件测试", report.tests);
        addTable(sheet, "二、卡片通道传感器", report.sensors);
        addTable(sheet, "三、版本、规则、密钥与时钟", report.versions);
    });
}

std::string readinessTable(const ReadinessReport& report) {
    std::string text = "\xEF\xBB\xBF部分,项目,状态,时间\r\n";
    addRows(text, "抬头",
            {{"终端", report.terminal},
             {"地区", report.region},
             {"检查人", report.by},
             {"检查时间", formatChinaTime(report.at)}});
    addRows(text, "测试", report.tests);
    addRows(text, "传感器", report.sensors);
    addRows(text, "版本", report.versions);
    return text;
}

}  // namespace liqu::ui
