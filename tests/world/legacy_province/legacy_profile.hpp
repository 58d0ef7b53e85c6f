// What differs between the provinces of this family, as tables: hn (both interfaces), hb
// (CardService alone), jl (both, in other words). Each value comes from public code or is marked in
// the README as this world's own choice.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/world/legacy_province/inner_text.hpp"
#include "tests/world/legacy_province/soap_door.hpp"

namespace liqu::world {

struct LegacyMethod {
    std::vector<std::string> parameters;  // in their order, user and password among them
    std::size_t least = 0;                // those at the end may be missing
};

struct LegacyField {
    std::vector<std::string> names;  // any of them
    bool mandatory = false;
};

struct LegacyOperation {
    std::vector<LegacyField> fields;  // behind 操作*, 用户名*, 密码*
    TableRow table;                   // the head of the table behind; empty: none
};

// What it says. Those of the first part stand in public code, the others are this world's.
struct LegacyTexts {
    std::string applied = "已提交过办卡申请";
    std::string making = "已经开始制卡";
    std::string inBatch = "已经有批次号";
    std::string batchUsed = "批次号已经被使用";
    std::string batchLocked = "批次确认加锁失败(保存失败)";
    std::string feeMissing = "未做交费登记或已撤销交费登记";
    std::string noPerson = "身份证号不存在";
    std::string noPersonOrCity = "身份证号不存在(或发卡城市不符)";
    std::string bankNumberEmpty = "02银行卡号为空";

    std::string wrongUser = "用户名或密码错误";
    std::string noOperation = "操作不存在";
    std::string badText = "报文格式错误";
    std::string missing = "不能为空";  // behind the field's name
    std::string otherName = "姓名不一致";
    std::string notApplied = "未提交办卡申请";
    std::string notMarked = "未做即制卡标注";
    std::string otherBank = "服务银行不一致";
    std::string hasCard = "已有社会保障卡";
    std::string notLost = "原卡未正式挂失";
    std::string noBatch = "批次号不存在";
    std::string wrongCount = "人数不一致";
    std::string wrongTable = "数据列不一致";
    std::string noCard = "卡号不存在";
    std::string reported = "该卡已回盘";
    std::string wrongReport = "回盘数据不正确";
    std::string reasonTooLong = "失败原因超长";
    std::string notMade = "卡未制作完成";
    std::string wrongState = "卡状态不允许此操作";
    std::string otherAccount = "银行卡号不一致";
    std::string feeRegistered = "已做交费登记";
    std::string noRight = "没有权限";
    std::string outsideGbk = "含有不能识别的字符";
    std::string unmapped = "系统正在进行数据迁移,该业务暂停办理";
};

struct LegacyProfile {
    std::string province;
    std::string path;
    std::string nameSpace = "http://server.wei.com";
    SoapStyle answers = SoapStyle::literal;
    std::string city;  // whose cards are made here
    std::string user = "kiosk";
    std::string password = "kiosk-pass";
    std::map<std::string, LegacyMethod> methods;
    std::map<std::string, LegacyOperation> operations;
    // Words that one province says so and another one so.
    std::string cardField;      // of the card's number in enabling and loss
    std::string issueField;     // of the day a card was made
    std::string expiryField;    // of its last day
    std::string normal = "OK";  // getCard of a card that is well
    LegacyTexts texts;
    InnerReading reading = InnerReading::strict;
    bool ordered = true;             // strict: fields come as the table has them
    bool refusesOutsideGbk = false;  // else they become "?"
    bool releasesFormalLoss = true;  // until another card is applied for
    bool sealedMayBeLost = false;    // else a sealed card is enabled first
};

// hn, hb or jl; null for any other.
const LegacyProfile* legacyProfile(std::string_view province);

}  // namespace liqu::world
