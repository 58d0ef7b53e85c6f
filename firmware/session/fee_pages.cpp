#include "firmware/session/fee_pages.hpp"

namespace liqu::session {

using namespace screen;

PersonPage feeQuotePage(const province::FeeQuote& quote, const std::string& collector) {
    PersonPage page{.name = "fee-agree", .stage = VisitStage::confirm};
    page.question = {"fee.question", {{"amount", quote.amount.yuan()}}};
    page.picture = Picture::replacedCard;
    page.parts = {Paragraph{{"fee.basis", {{"basis", quote.basis}}}},
                  Paragraph{{"fee.collector", {{"collector", collector}}}},
                  Notice{{"fee.stays"}, Tone::info}};
    page.buttons = {{ActionKind::confirm, {"fee.pay-now"}, true},
                    {ActionKind::decline, {"fee.not-now"}}};
    return page;
}

PersonPage feeFreePage(const province::FeeQuote& quote) {
    PersonPage page{.name = "fee-free-agree", .stage = VisitStage::confirm};
    page.question = {"fee.free"};
    page.picture = Picture::replacedCard;
    page.parts = {Paragraph{{"fee.free-basis", {{"basis", quote.basis}}}}};
    page.buttons = {{ActionKind::confirm, {"fee.go-on"}, true}};
    return page;
}

PersonPage feeCodePage(const issuance::FeeToPay& fee) {
    PersonPage page{.name = "fee-code", .stage = VisitStage::confirm};
    page.question = {"fee.scan", {{"amount", fee.amount.yuan()}}};
    page.parts = {Paragraph{{"fee.apps"}}, Paragraph{{"fee.by-itself"}},
                  Paragraph{{"fee.order-number", {{"order", fee.orderNo}}}, TextSize::small, true}};
    page.beside = {QrCode{fee.qrText}};
    page.buttons = {{ActionKind::decline, {"fee.not-now"}}};
    return page;
}

PersonPage feeArrivedPage(Money amount) {
    PersonPage page{.name = "fee-arrived", .stage = VisitStage::confirm};
    page.question = {"fee.paid", {{"amount", amount.yuan()}}};
    page.picture = Picture::replacedCard;
    page.parts = {Paragraph{{"fee.goes-on"}, TextSize::large}};
    return page;
}

}  // namespace liqu::session
