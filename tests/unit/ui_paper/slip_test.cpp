// Every form of a slip, as it is drawn: nothing stands outside the paper, nothing is lost, and
// nothing is on it that must not be.
// Rules: D-08.
#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"
#include "ui/paper/slip_renderer.hpp"

using namespace liqu;
using namespace liqu::ui;
using ports::Slip;
using ports::SlipField;
using ports::SlipForm;

namespace {

const std::filesystem::path config = std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config";

std::unique_ptr<ports::SlipRenderer> renderer() {
    auto forms = readSlipForms(config / "forms", config / "regions/guangdong");
    REQUIRE_MESSAGE(forms, describe(forms.error()));
    return makeSlipRenderer(config / "fonts/fonts.conf", std::move(*forms));
}

ports::SlipText same(const std::string& text) {
    return {PersonalText(text), PersonalText()};
}

Slip sampleOf(SlipForm form) {
    Slip slip;
    slip.form = form;
    slip.fields = {{SlipField::number, same("T-000017-20240601-0042")},
                   {SlipField::time, same("2024-06-01 10:22")},
                   {SlipField::outlet, same("O-0001")},
                   {SlipField::machine, same("T-000017")},
                   {SlipField::name, same("张*三")},
                   {SlipField::socialNumber, same("440101********0013")},
                   {SlipField::cardTail, same("67X")},
                   {SlipField::bank, same("模拟银行")},
                   {SlipField::reference, same("T-000017-20240601-000042")},
                   {SlipField::application, same("A00000042")},
                   {SlipField::since, same("2024-06-01 10:22")},
                   {SlipField::until, same("2024-06-08 10:22")},
                   {SlipField::pickupCode, same("482913")},
                   {SlipField::amount, same("20.00 元")},
                   {SlipField::counter, {PersonalText("3号社保窗口"), PersonalText("counter 3")}},
                   {SlipField::hotline, same("12333")},
                   {SlipField::bankHotline, same("95500")},
                   {SlipField::service, {PersonalText("首次申领"), PersonalText("First card")}},
                   {SlipField::reasons,
                    {PersonalText("1. 社保系统里没有您的相片。请先到网点柜台补相片。\n"
                                  "2. 您在省内其他市已经有社保卡。请带身份证和卡办清理。"),
                     PersonalText("1. No photo. Give one at the counter first.\n"
                                  "2. A card of another city. Have it cleared first.")}},
                   {SlipField::papers, {PersonalText("身份证"), PersonalText("ID card")}},
                   {SlipField::promise, {PersonalText("当场"), PersonalText("At once")}},
                   {SlipField::how, {PersonalText("到网点柜台"), PersonalText("At the counter")}}};
    return slip;
}

bool isBlack(const ports::SlipPicture& picture, int x, int y) {
    const auto at = static_cast<std::size_t>(y * picture.bytesPerRow() + x / 8);
    return (picture.dots.reveal()[at] & 0x80 >> x % 8) != 0;
}

int blackIn(const ports::SlipPicture& picture, int fromX, int toX) {
    int black = 0;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = fromX; x < toX; ++x) black += isBlack(picture, x, y) ? 1 : 0;
    }
    return black;
}

std::filesystem::path formsWith(const test::Scratch& scratch, const std::string& name,
                                const std::string& from, const std::string& to) {
    const auto folder = scratch.folder() / "forms";
    std::filesystem::copy(config / "forms", folder, std::filesystem::copy_options::recursive);
    std::string text = textOf(readWholeFile(folder / name).value());
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    REQUIRE(writeWholeFile(folder / name, bytesOf(text)));
    return folder;
}

}  // namespace

TEST_CASE("every form is drawn on every width of paper, with its margins white") {
    const auto paper = renderer();
    for (const SlipForm form : wordTable<SlipForm>.values()) {
        CAPTURE(nameOf(form));
        for (const int width : {384, 512, 576}) {
            const auto picture = paper->draw(sampleOf(form), width);
            REQUIRE(picture);
            CHECK(picture->width == width);
            CHECK(picture->height > 300);
            CHECK(picture->height < 4000);
            CHECK(picture->dots.reveal().size() ==
                  static_cast<std::size_t>(picture->bytesPerRow() * picture->height));
            CHECK(blackIn(*picture, 0, 4) == 0);
            CHECK(blackIn(*picture, width - 4, width) == 0);
            CHECK(blackIn(*picture, 0, width) > 3000);
            // The last line stands whole on it.
            for (int x = 0; x < width; ++x) CHECK_FALSE(isBlack(*picture, x, picture->height - 1));
        }
    }
}

TEST_CASE("equal slips are equal dots, a copy says so, English stands beneath") {
    const auto paper = renderer();
    Slip slip = sampleOf(SlipForm::lossTemporary);
    const auto once = paper->draw(slip, 576);
    CHECK(once->dots.reveal() == paper->draw(slip, 576)->dots.reveal());
    slip.issue = ports::SlipIssue::copy;
    const auto copy = paper->draw(slip, 576);
    CHECK(copy->height > once->height);
    slip.issue = ports::SlipIssue::original;
    slip.language = ports::SlipLanguage::withEnglish;
    CHECK(paper->draw(slip, 576)->height > once->height + 300);
}

TEST_CASE("what has no value is left out") {
    const auto paper = renderer();
    Slip slip = sampleOf(SlipForm::lossTemporary);
    const int whole = paper->draw(slip, 576)->height;
    slip.fields.erase(SlipField::until);
    const int endless = paper->draw(slip, 576)->height;
    CHECK(endless < whole);
    // Without the bank's duty its telephone is no reason to speak of it.
    slip.fields.erase(SlipField::bankHotline);
    CHECK(paper->draw(slip, 576)->height == endless);
    slip.fields[SlipField::bankApart] = same("1");
    CHECK(paper->draw(slip, 576)->height == endless);
    slip.fields[SlipField::bankHotline] = same("95500");
    CHECK(paper->draw(slip, 576)->height > endless);
}

TEST_CASE("a name with a rare character is drawn, not replaced") {
    const auto paper = renderer();
    Slip slip = sampleOf(SlipForm::collection);
    slip.fields[SlipField::name] = same("王*䶮");
    const auto rare = paper->draw(slip, 576);
    slip.fields[SlipField::name] = same("王* ");
    CHECK(rare->dots.reveal() != paper->draw(slip, 576)->dots.reveal());
}

TEST_CASE("the same slip as a PDF of one page") {
    const auto paper = renderer();
    const auto pdf = paper->pdf(sampleOf(SlipForm::pickup));
    REQUIRE(pdf);
    const auto& bytes = pdf->reveal();
    CHECK(std::string(bytes.begin(), bytes.begin() + 5) == "%PDF-");
    CHECK(bytes.size() > 2000);
}

TEST_CASE("a form that says what nobody knows is refused, with file and line") {
    const auto code = [](const std::string& name, const std::string& from, const std::string& to) {
        const test::Scratch scratch;
        const auto forms = readSlipForms(formsWith(scratch, name, from, to), {});
        REQUIRE_FALSE(forms);
        CHECK(forms.error().cause.find(name) != std::string::npos);
        return forms.error().code;
    };
    CHECK(code("fee.toml", "field = \"amount\"", "field = \"pin\"") == ErrorCode::configBadValue);
    CHECK(code("fee.toml", "请到{counter}。", "请到{window}。") == ErrorCode::configBadValue);
    CHECK(code("fee.toml", "please go to {counter}", "please go there") ==
          ErrorCode::configBadValue);
    CHECK(code("fee.toml", "请到{counter}。", "请到{counter。") == ErrorCode::configBadValue);
    CHECK(code("fee.toml", "kind = \"rule\"", "kind = \"picture\"") == ErrorCode::configBadValue);
    CHECK(code("fee.toml", "kind = \"rule\"", "kind = \"rule\"\nsize = \"large\"") ==
          ErrorCode::configUnknownKey);
    CHECK(code("every.toml", "copy =", "copies =") == ErrorCode::configMissingKey);
    CHECK(code("fee.toml", "工本费已经收到。", std::string(700, 'x')) == ErrorCode::configBadValue);
}

TEST_CASE("the forms of each shipped region are drawn, in the names its rules give them") {
    const auto titleIn = [](const char* region, SlipForm form) {
        auto forms = readSlipForms(config / "forms", config / "regions" / region);
        REQUIRE_MESSAGE(forms, describe(forms.error()));
        const std::string title = forms->forms.at(form).title.chinese;
        const auto paper = makeSlipRenderer(config / "fonts/fonts.conf", std::move(*forms));
        for (const SlipForm each : wordTable<SlipForm>.values())
            REQUIRE(paper->draw(sampleOf(each), 576).has_value() == paper->has(each));
        return title;
    };
    CHECK(titleIn("guangdong", SlipForm::acceptance) == "广东省社会保障卡业务受理回执");
    CHECK(titleIn("guangdong", SlipForm::lossFormal) == "社会保障卡业务办理回执单（正式挂失）");
    CHECK(titleIn("shaanxi-shangluo", SlipForm::fee) == "补换社会保障卡工本费缴费凭据");
    CHECK(titleIn("shaanxi-shangluo", SlipForm::collection) == "社会保障卡领卡签字单");
    CHECK(titleIn("guangdong", SlipForm::application) == "广东省社会保障卡个人业务申请表");
    CHECK(titleIn("shaanxi-shangluo", SlipForm::application) == "陕西省社会保障卡业务办理表");
    // Changji names no form.
    auto forms = readSlipForms(config / "forms", config / "regions/xinjiang-changji");
    REQUIRE(forms);
    const auto paper = makeSlipRenderer(config / "fonts/fonts.conf", std::move(*forms));
    CHECK_FALSE(paper->has(SlipForm::application));
    CHECK(paper->pdf(sampleOf(SlipForm::application)).error().code == ErrorCode::configBadValue);
    CHECK(titleIn("xinjiang-changji", SlipForm::done) == "社会保障卡业务办理凭条");
}

TEST_CASE("staff read each form by its name, in both languages") {
    for (const char* language : {"zh-CN", "en"}) {
        const auto file = config / "strings" / (std::string(language) + ".toml");
        const std::string text = textOf(readWholeFile(file).value());
        const std::string part = text.substr(text.find("\n[staff.slip-form]\n"));
        for (const SlipForm form : wordTable<SlipForm>.values()) {
            CAPTURE(nameOf(form));
            CHECK(
                part.substr(0, part.find("\n\n")).find("\n" + std::string(nameOf(form)) + " = ") !=
                std::string::npos);
        }
    }
}

TEST_CASE("a region's own form is laid over the common one") {
    const test::Scratch scratch;
    std::filesystem::create_directories(scratch.folder() / "forms");
    const auto own = scratch.folder() / "forms/fee.toml";
    REQUIRE(writeWholeFile(own, bytesOf("title = { zh-CN = \"缴费凭据\", en = \"Receipt\" }\n")));
    const auto forms = readSlipForms(config / "forms", scratch.folder());
    REQUIRE_MESSAGE(forms, describe(forms.error()));
    CHECK(forms->forms.at(SlipForm::fee).title.chinese == "缴费凭据");
    CHECK(forms->forms.at(SlipForm::fee).parts.size() > 3);
    CHECK(forms->forms.at(SlipForm::pickup).title.chinese != "缴费凭据");
    REQUIRE(writeWholeFile(own, bytesOf("titel = 1\n")));
    CHECK(readSlipForms(config / "forms", scratch.folder()).error().code ==
          ErrorCode::configUnknownKey);
}
