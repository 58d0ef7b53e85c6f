#include "tests/unit/world/legacy_host.hpp"

namespace liqu::world {

std::string tagged(const std::string& text, const std::string& name) {
    const std::string open = "<" + name + ">";
    const std::size_t begin = text.find(open);
    if (begin == std::string::npos) return "(none)";
    const std::size_t from = begin + open.size();
    return text.substr(from, text.find("</" + name + ">", from) - from);
}

LegacyPairs LegacyHost::application(const std::string& person, const std::string& name,
                                    const std::string& kind) const {
    return {{"城市代码*", "410100"},
            {"经办机构*", "41010001"},
            {"人员类别*", "1"},
            {"服务银行*", "B01"},
            {"国家地区*", "CHN"},
            {"证件类型*", "1"},
            {"证件号码*", person},
            {"证件有效期*", "20400101"},
            {"姓名*", name},
            {"性别*", "1"},
            {"民族*", "01"},
            {"出生日期*", "19850312"},
            {"移动电话", "13800000000"},
            {"固定电话*", "0371000000"},
            {"所在社区(村)编号", "1"},
            {"办卡类型*", kind},
            {"补换原因", kind == "5" ? "51" : ""},
            {"相片*", "/9j/4AAQ"},
            {"数据来源*", "2"},
            {"数据来源类型*", "1"}};
}

std::string LegacyHost::batchNumber() {
    const std::string said = ask("获取批次号", {{"所属区县*", "410102"}});
    CHECK(tagged(said, "ERR") == "00");
    return tagged(said, "批次号");
}

std::string LegacyHost::batch(const std::string& number, const std::string& person,
                              const std::string& name) {
    return ask("即制卡批次",
               {{"城市代码*", "410100"},
                {"所属区县*", "410102"},
                {"服务银行*", "B01"},
                {"卡商*", "M01"},
                {"批次号*", number},
                {"人数*", "1"}},
               "序号,社会保障号码,姓名\r\n1," + person + "," + name + "\r\n");
}

void LegacyHost::marked(const std::string& person, const std::string& name,
                        const std::string& kind) {
    REQUIRE(ask("申请社保卡", application(person, name, kind)) == "00");
    REQUIRE(ask("即制卡标注", of(person, name)) == "00");
}

LegacyHost::Numbered LegacyHost::numbered(const std::string& person, const std::string& name,
                                          const std::string& kind) {
    marked(person, name, kind);
    Numbered card;
    card.batch = batchNumber();
    const std::string said = batch(card.batch, person, name);
    const std::string row = said.substr(said.rfind("\n1,") + 3);
    card.card = row.substr(0, row.find(','));
    const std::string data =
        ask("即制卡数据",
            {{"批次号*", card.batch}, {"社保卡号*", card.card}, {"社会保障号码*", person}});
    REQUIRE(tagged(data, "ERR") == "00");
    card.account = tagged(data, "银行卡号");
    card.issued = tagged(data, "制卡日期");
    card.expires = tagged(data, "有效期至");
    return card;
}

std::string LegacyHost::report(const Numbered& card, const std::string& person,
                               const std::string& name) {
    return ask("即制卡回盘", {{"批次号*", card.batch}, {"人数*", "1"}},
               std::string(reportHead) + "\r\n1," + card.card + "," + person + "," + name + "," +
                   card.issued + "," + card.expires + "," + legacyChip + "," + legacyAtr + ",," +
                   card.account + ",,,,\r\n");
}

std::string LegacyHost::reportFailed(const Numbered& card, const std::string& reason,
                                     const std::string& person, const std::string& name) {
    return ask("即制卡回盘", {{"批次号*", card.batch}, {"人数*", "1"}},
               std::string(reportHead) + "\r\n1," + card.card + "," + person + "," + name + "," +
                   card.issued + "," + card.expires + ",,,," + card.account + ",,,制卡," + reason +
                   "\r\n");
}

}  // namespace liqu::world
