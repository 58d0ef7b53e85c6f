// `liqu slip`: a slip as a PDF, with the made-up values of nobody.
#include <cstdio>

#include "firmware/base/whole_file.hpp"
#include "program/commands.hpp"
#include "program/console.hpp"
#include "ui/paper/slip_renderer.hpp"

namespace liqu::program {
namespace {

using ports::SlipField;

ports::SlipFields sampleFields() {
    const auto same = [](const char* text) { return ports::SlipText{PersonalText(text), {}}; };
    return {{SlipField::number, same("T-000017-20240601-S0042")},
            {SlipField::time, same("2024-06-01 10:22")},
            {SlipField::outlet, same("O-0001")},
            {SlipField::machine, same("T-000017")},
            {SlipField::name, same("李*品")},
            {SlipField::socialNumber, same("440101********1234")},
            {SlipField::cardTail, same("67X")},
            {SlipField::bank, same("示范银行")},
            {SlipField::reference, same("T-000017-20240601-000042")},
            {SlipField::application, same("A00000042")},
            {SlipField::since, same("2024-06-01 10:22")},
            {SlipField::until, same("2024-06-08 10:22")},
            {SlipField::pickupCode, same("482913")},
            {SlipField::amount, same("20.00 元")},
            {SlipField::hotline, same("12333")},
            {SlipField::bankHotline, same("95500")},
            {SlipField::oldCardTaken, same("049")},
            {SlipField::oldCardOut, same("049")},
            {SlipField::bankApart, same("1")},
            {SlipField::service, same("首次申领")},
            {SlipField::reasons, same("1. 社保系统里没有您的相片。请先到柜台补相片。\n"
                                      "2. 身份证已经过期。请先换新身份证。")},
            {SlipField::papers, same("身份证原件，相片")},
            {SlipField::promise, same("当场办结")},
            {SlipField::how, same("到柜台办理")}};
}

Result<void> draw(const SlipOptions& options) {
    auto forms = TRY(ui::readSlipForms(options.forms, options.region));
    ports::Slip slip;
    const auto form = named<ports::SlipForm>(options.form);
    if (!form) return fail(ErrorCode::configBadValue, "there is no form " + options.form);
    slip.form = *form;
    slip.language = ports::SlipLanguage::withEnglish;
    slip.fields = sampleFields();
    const auto fonts =
        options.fonts.empty() ? options.forms / ".." / "fonts" / "fonts.conf" : options.fonts;
    const auto pdf = TRY(ui::makeSlipRenderer(fonts, std::move(forms))->pdf(slip));
    TRY(writeWholeFile(options.out, pdf.reveal()));
    std::printf("%s\n", options.out.c_str());
    return {};
}

}  // namespace

int runSlip(const SlipOptions& options) {
    const auto drawn = draw(options);
    return drawn ? 0 : say(drawn.error());
}

}  // namespace liqu::program
