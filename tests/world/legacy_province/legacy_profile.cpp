#include "tests/world/legacy_province/legacy_profile.hpp"

#include <sstream>

namespace liqu::world {
namespace {

std::vector<std::string> wordsIn(const std::string& text, char between) {
    std::vector<std::string> words;
    std::istringstream stream(text);
    for (std::string word; std::getline(stream, word, between);) {
        if (!word.empty()) words.push_back(word);
    }
    return words;
}

// "a* b|c*": names by a blank, others that will do by |; mandatory with a * at the end of the
// first.
LegacyOperation operation(const std::string& fields, const std::string& table = "") {
    LegacyOperation made;
    for (const std::string& one : wordsIn(fields, ' ')) {
        LegacyField field{wordsIn(one, '|'), false};
        field.mandatory = field.names.front().back() == '*';
        made.fields.push_back(std::move(field));
    }
    if (!table.empty()) made.table = cellsOf(table);
    return made;
}

LegacyMethod method(const std::string& parameters, std::size_t mayMiss = 0) {
    LegacyMethod made{wordsIn(parameters, ' '), 0};
    made.least = made.parameters.size() - mayMiss;
    return made;
}

const std::string fingerprints = "指纹一 指纹二 ";
const std::string applicationBegin =
    "经办机构* 人员类别* 服务银行* 国家地区*|国籍* 证件类型* 证件号码*|社会保障号* 证件有效期* "
    "姓名* "
    "性别* 民族* 出生日期* 人员状态 户口性质 户口地址 移动电话|联系手机* ";
const std::string applicationEnd =
    "通讯地址 邮政编码 电子邮箱 所在社区(村)编号 单位编号 单位名称 监护人姓名 监护人身份证号 "
    "监护人联系电话 办卡类型*|申请类别* 补换原因 社保卡号 相片* " +
    fingerprints +
    "个人编号 社区(村)名称 单位部门 学校所在系 班级名称 是否大学 是否邮寄 收卡地址 收卡联系人 "
    "收卡联系电话 物流公司 数据来源* 数据来源类型*";

const char* const batchTable = "序号,社会保障号码,姓名";
const char* const reportTableOfHn =
    "序号,社保卡号,社会保障号码,姓名,制卡日期,有效期至,卡识别码,卡复位码,个人帐户,银行卡号,"
    "金融帐户,装箱位置,失败环节,失败原因";
const char* const reportTableOfJl =
    "序号,社保卡号,社会保障号码,姓名,发卡日期,卡有效期,卡识别码,卡复位码,服务银行,银行卡号,"
    "个人帐户,装箱位置,失败环节,失败原因";

void addQueries(LegacyProfile& profile) {
    for (const char* name : {"getRysj", "getPhoto", "getZkjd", "getAZ03"}) {
        profile.methods[name] = method("user password aac002 aac003 aab301");
    }
}

void addCardMethods(LegacyProfile& profile) {
    for (const char* name : {"getCard", "getBank"}) {
        profile.methods[name] = method("user password aaz500 aac002 aac003 aab301", 1);
    }
    for (const char* name : {"setLoss", "setStart"}) {
        profile.methods[name] = method("user password aaz500 aac002 aac003 aab301");
    }
    profile.methods["setCard"] =
        method("user password operation aaz500 aac002 aac003 aae008 aae010 aab301");
}

// What both interfaces of allDsjk have; `city` and `card` are the province's names of them.
void addOperations(LegacyProfile& profile, const std::string& city, const std::string& card) {
    auto& operations = profile.operations;
    const std::string person = city + "|城市* 社会保障号码* 姓名*";
    const std::string list = city + " 所属区县 经办机构 服务银行 申请类型 社会保障号码";
    const std::string ofCard = city + " " + card + " 社会保障号码* 姓名*";
    operations["撤销标注"] = operation(person);
    operations["即制卡人数"] = operation(list);
    operations["即制卡人员"] = operation(list);
    operations["获取批次号"] = operation("所属区县*");
    operations["即制卡批次"] =
        operation(city + " 所属区县* 服务银行* 卡商* 批次号* 人数*", batchTable);
    operations["查询批次号"] = operation("社保卡号 社会保障号码 姓名");
    operations["即制卡数据"] = operation("批次号* 社保卡号* 社会保障号码*");
    operations["领卡启用"] = operation(ofCard);
    for (const char* name : {"正式挂失", "临时挂失", "解除挂失"}) {
        operations[name] = operation(ofCard + " 开户银行 银行卡号");
    }
    operations["查询交费登记状态"] = operation(person);
    operations["交费登记"] = operation(person + " 电子缴款码*|缴款码* 缴款时间");
    operations["撤销交费登记"] = operation(person);
    operations["撤销缴费登记"] = operation(person);
    operations["撤销补换卡"] = operation(person);
    profile.cardField = card;
}

LegacyProfile henan() {
    LegacyProfile profile;
    profile.province = "hn";
    profile.path = "/hnCardService/services/CardService";
    profile.city = "410100";
    addCardMethods(profile);
    addQueries(profile);
    for (const char* name : {"getAC01", "getData"}) {
        profile.methods[name] = method("user password aaz500 aac002 aac003", 1);
    }
    profile.methods["allDsjk"] = method("xml");
    addOperations(profile, "城市代码*", "社会保障卡卡号*");
    profile.operations["申请社保卡"] =
        operation("城市代码* " + applicationBegin + "固定电话* " + applicationEnd);
    profile.operations["即制卡标注"] = operation("城市代码*|城市* 社会保障号码* 姓名*");
    profile.operations["即制卡回盘"] = operation("批次号* 人数*", reportTableOfHn);
    profile.issueField = "制卡日期";
    profile.expiryField = "有效期至";
    return profile;
}

LegacyProfile hubei() {
    LegacyProfile profile;
    profile.province = "hb";
    profile.path = "/hbCardService/services/CardService";
    profile.answers = SoapStyle::encoded;
    profile.city = "420100";
    addCardMethods(profile);
    addQueries(profile);
    for (const char* name : {"getAC01", "getData"}) {
        profile.methods[name] = method("user password aaz500 aac002");
    }
    return profile;
}

LegacyProfile jilin() {
    LegacyProfile profile;
    profile.province = "jl";
    profile.path = "/jlCardService/services/CardService";
    profile.answers = SoapStyle::encoded;
    profile.city = "220100";
    addQueries(profile);
    for (const char* name : {"getAC01", "getData"}) {
        profile.methods[name] = method("user password idCard name city");
    }
    profile.methods["allDsjk"] = method("xml");
    addOperations(profile, "所属城市*", "社保卡号*");
    profile.operations["申请社保卡"] = operation("所属城市* 卡片类别* " + applicationBegin +
                                                 "固定电话|固定电话* 电话类型* 行业* "
                                                 "职业* " +
                                                 applicationEnd);
    profile.operations["即时制卡标注"] = operation("所属城市*|城市* 社会保障号码* 姓名*");
    profile.operations["即制卡回盘"] = operation("批次号* 人数*", reportTableOfJl);
    profile.issueField = "发卡日期";
    profile.expiryField = "卡有效期";
    profile.ordered = false;
    return profile;
}

}  // namespace

const LegacyProfile* legacyProfile(std::string_view province) {
    static const LegacyProfile profiles[] = {henan(), hubei(), jilin()};
    for (const LegacyProfile& profile : profiles) {
        if (profile.province == province) return &profile;
    }
    return nullptr;
}

}  // namespace liqu::world
