#include "firmware/card/identity_document.hpp"

#include "firmware/base/encoding.hpp"

namespace liqu::card {

const PersonalText& displayName(const IdentityDocument& document) {
    return document.name.empty() ? document.nameLatin : document.name;
}

std::string ethnicName(std::string_view code) {
    static constexpr std::string_view names[] = {
        "汉",     "蒙古",   "回",       "藏",     "维吾尔",   "苗",   "彝",     "壮",
        "布依",   "朝鲜",   "满",       "侗",     "瑶",       "白",   "土家",   "哈尼",
        "哈萨克", "傣",     "黎",       "傈僳",   "佤",       "畲",   "高山",   "拉祜",
        "水",     "东乡",   "纳西",     "景颇",   "柯尔克孜", "土",   "达斡尔", "仫佬",
        "羌",     "布朗",   "撒拉",     "毛南",   "仡佬",     "锡伯", "阿昌",   "普米",
        "塔吉克", "怒",     "乌孜别克", "俄罗斯", "鄂温克",   "德昂", "保安",   "裕固",
        "京",     "塔塔尔", "独龙",     "鄂伦春", "赫哲",     "门巴", "珞巴",   "基诺"};
    if (code == "97") return "其他";
    if (code == "98") return "外国血统中国籍人士";
    const bool digits =
        code.size() == 2 && code[0] >= '0' && code[0] <= '9' && code[1] >= '0' && code[1] <= '9';
    const int number = digits ? (code[0] - '0') * 10 + (code[1] - '0') : 0;
    if (number < 1 || number > 56) return std::string(code);
    return std::string(names[number - 1]);
}

std::string maskedName(std::string_view name) {
    const std::u32string points = codePointsOf(name);
    if (points.empty()) return {};
    return utf8Of(points.front()) + std::string(std::min<std::size_t>(points.size() - 1, 3), '*');
}

}  // namespace liqu::card
