#include "firmware/province/adapters/card_service/inner_string.hpp"

#include <doctest/doctest.h>

namespace liqu::province::card_service {
namespace {

bool isRefused(std::string_view text, EndTags endTags = EndTags::lenient) {
    const auto reply = readInner(text, endTags);
    return !reply && reply.error().code == ErrorCode::provinceReplyMalformed;
}

std::string value(const InnerReply& reply, std::string_view name) {
    const PersonalText* found = reply.field(name);
    return found == nullptr ? "(none)" : found->reveal();
}

TEST_CASE("a request that a public client sends reads as its six fields") {
    const std::string request =
        "<操作*>即制卡标注</操作*><用户名*>u1</用户名*><密码*>p1</密码*><城市代码*>410100</"
        "城市代码*>"
        "<社会保障号码*>999999199003070012</社会保障号码*><姓名*>阿卜杜拉·买买提</姓名*>";
    CHECK(request.size() == 222);
    CHECK(lengthInGbk(request) == 172);
    const auto read = readInner(request, EndTags::strict);
    REQUIRE(read);
    CHECK(read->fields.size() == 6);
    CHECK(read->fields[0].name == "操作");
    CHECK(value(*read, "姓名*") == "阿卜杜拉·买买提");
    CHECK(value(*read, "城市代码") == "410100");
}

TEST_CASE("names with stars and brackets of both kinds are kept") {
    const auto read = readInner(
        "<ERR>00</ERR><所在社区(村)编号>1</所在社区(村)编号><姓名*>王</姓名*>", EndTags::strict);
    REQUIRE(read);
    CHECK(value(*read, "ERR") == "00");
    CHECK(value(*read, "所在社区（村）编号") == "1");
    CHECK(value(*read, "姓名") == "王");
}

TEST_CASE("a bare word, trimmed of what servers leave around it") {
    for (const std::string& text : {std::string("00"), std::string("\r\n00 \r\n"),
                                    std::string("\xE3\x80\x80"
                                                "00\0",
                                                6)}) {
        const auto read = readInner(text, EndTags::strict);
        REQUIRE(read);
        CHECK(read->word.reveal() == "00");
        CHECK(read->fields.empty());
    }
    CHECK(plainText("０２ 银行（社保）") == "02 银行(社保)");
}

TEST_CASE("a table behind the tags, after any kind of line break but CR alone") {
    const auto read = readInner("\r<ERR>00</ERR>\r\n序号,姓名\r\n1,王\r\n", EndTags::strict);
    REQUIRE(read);
    REQUIRE(read->rows.size() == 1);
    CHECK(read->cell(0, "姓名")->reveal() == "王");
    CHECK(read->cell(0, "年龄") == nullptr);
    CHECK(read->cell(1, "姓名") == nullptr);
    CHECK(isRefused("<ERR>00</ERR>\r序号,姓名\r1,王"));
    CHECK(isRefused("<ERR>00</ERR>\n序号,姓名\n1"));
    CHECK(isRefused("<ERR>00</ERR>\n序号,姓名\n1,\"王\""));
    CHECK(isRefused("<ERR>00</ERR>\n序号,序号\n1,2"));
    CHECK(isRefused("<ERR>00</ERR>\n序号,姓名\n1,王,二"));
}

TEST_CASE("an end tag in another spelling only where the province is known for it") {
    const std::string_view odd = "<城市代码>410100</城市代码*>";
    CHECK(isRefused(odd, EndTags::strict));
    const auto read = readInner(odd, EndTags::lenient);
    REQUIRE(read);
    CHECK(value(*read, "城市代码") == "410100");
    CHECK(readInner("<社区(村)名称>a</社区（村）名称>", EndTags::lenient));
    CHECK(isRefused("<a>1</b>"));
}

TEST_CASE("nothing is guessed: what is cut, doubled, nested, empty or mixed is refused") {
    CHECK(isRefused("<ERR>00</ERR><ERR>01</ERR>"));
    CHECK(isRefused("<ERR>00</ERR><ERR*>01</ERR*>"));
    CHECK(isRefused("<ERR>00"));
    CHECK(isRefused("<ERR"));
    CHECK(isRefused("<>x</>"));
    CHECK(isRefused("<*>x</*>"));
    CHECK(isRefused("<a><b>1</b></a>"));
    CHECK(isRefused("<ERR>00</ERR>02"));
    CHECK(isRefused("00<ERR>00</ERR>"));
    CHECK(isRefused("\xEF\xBB\xBF<ERR>00</ERR>"));
    CHECK(isRefused(""));
    CHECK(isRefused("  \r\n"));
    CHECK(isRefused("null"));
    CHECK(isRefused("<a>x\x01</a>"));
}

TEST_CASE("limits") {
    CHECK(isRefused("<a>" + std::string(longestValue + 1, 'x') + "</a>"));
    CHECK(isRefused(std::string(longestInner + 1, 'x')));
    std::string many;
    for (std::size_t i = 0; i <= mostFields; ++i) {
        const std::string name = "a" + std::to_string(i);
        many += "<" + name + ">1</" + name + ">";
    }
    CHECK(isRefused(many));
}

TEST_CASE("what the server would misread is never sent") {
    InnerWriter writer;
    CHECK(writer.field("姓名*", "买买提·阿不都"));
    for (const char* bad : {"a<b", "a>b", "a&b", "a\nb", "a\rb"}) {
        CAPTURE(bad);
        const auto refused = writer.field("姓名*", bad);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::provinceNeedsStaff);
    }
    // 䶮 has a code in GB 18030 and none in GBK; 𫖯 none of two bytes; the bullet none.
    for (const char* rare : {"王䶮", "𫖯", "买买提•阿不都"})
        CHECK_FALSE(writer.field("姓名*", rare));
    CHECK(writer.row({PersonalText("序号"), PersonalText("姓名")}));
    CHECK_FALSE(writer.row({PersonalText("1"), PersonalText("王,二")}));
    CHECK(writer.take().reveal() == "<姓名*>买买提·阿不都</姓名*>\r\n序号,姓名\r\n");
    CHECK(writer.take().reveal().empty());
}

TEST_CASE("a reason is cut between two characters, never inside one") {
    const std::string han = "失败失败失败失败失败失败失败失败失败失败失败失败失败";  // 26, 52 bytes
    CHECK(lengthInGbk(cutToGbk(han, 50)) == 50);
    CHECK(lengthInGbk(cutToGbk("a" + han, 50)) == 49);
    CHECK(cutToGbk("王䶮", 50) == "王?");
}

}  // namespace
}  // namespace liqu::province::card_service
