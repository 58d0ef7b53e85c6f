// What the branch did after the visit: the card it was about, who it was given to, what the ledger
// of hand-overs, the list of wrong cards, the province and the report of the day say of it.
#include <algorithm>

#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

const CsvRow* onlyLineOf(const std::vector<CsvRow>& rows, const std::string& card) {
    const auto isOfCard = [&](const CsvRow& row) { return row.at("card_number") == card; };
    if (std::ranges::count_if(rows, isOfCard) != 1) return nullptr;
    return &*std::ranges::find_if(rows, isOfCard);
}

bool reportHas(const Bench& bench, const std::string& line) {
    return ("\n" + bench.evidence.report).find("\n" + line + "\r\n") != std::string::npos;
}

void expectReported(Bench& bench, const std::string& line) {
    bench.expect(reportHas(bench, line), "the report of the day says: " + line);
}

// The hand-overs of this card that the province took in, in their order.
std::vector<std::string> handoversTold(const Bench& bench, const std::string& card) {
    std::vector<std::string> outcomes;
    for (const Json& one : bench.evidence.province.value("carriedOut", Json::array())) {
        if (textAt(one, "msgType") != "ISSUE.HANDOVER" || textAt(one, "request/cardNo") != card)
            continue;
        outcomes.push_back(textAt(one, "request/outcome"));
    }
    return outcomes;
}

void checkTwo(Bench& bench, const CsvRow& line) {
    const Json people = bench.evidence.world.at("counter").at("people");
    bench.expectEqual(line.at("operator"), people.at(0).get<std::string>(),
                      "the first of the two is in the books");
    bench.expectEqual(line.at("second"), people.at(1).get<std::string>(),
                      "and the second one, who is another");
    bench.expect(people.at(0) != people.at(1), "no one stands by themselves");
}

void checkGiven(Bench& bench, const Json& order, const std::string& card) {
    const Json& counter = bench.evidence.world.at("counter");
    const bool toAgent = textAt(counter, "act") == "giveToAgent";
    bench.expectEqual(textAt(bench.evidence.world, "takenCard"), card,
                      "the card that was given out is the one that waited");
    const CsvRow* line = onlyLineOf(bench.evidence.handovers, card);
    bench.expect(line != nullptr, "the ledger of hand-overs has one line of the card");
    if (line == nullptr) return;
    bench.expectEqual(line->at("order_id"), textAt(order, "orderId"), "it is of the order");
    bench.expectEqual(line->at("way"), toAgent ? "agent" : "counter", "it says to whom");
    bench.expectEqual(line->at("signature"), textAt(counter, "papers/signed"),
                      "it has the number of the signed paper");
    bench.expectEqual(line->at("copy_paper"), textAt(counter, "papers/copy"),
                      "and of the copy of an agent's document, where one came");
    bench.expect(!line->at("document").empty(), "and the kind of the document that was shown");
    bench.expect(line->at("proof").empty() != toAgent, "and by which proof an agent came");
    checkTwo(bench, *line);
    const auto told = handoversTold(bench, card);
    bench.expect(
        told.size() == 2 && told[0].starts_with("RETAINED") && told[1] == "STAFF_DELIVERED",
        "the province was told that it waits, and then that staff gave it out");
    expectReported(bench, "机内等式,,窗口发放,1");
    expectReported(bench, std::string("窗口业务,发放台账,") +
                              (toAgent ? "窗口发给代领人" : "窗口发给本人") + ",1");
    expectReported(bench, "窗口业务,发放台账,省里未收到,0");
}

std::ptrdiff_t toldOf(const Bench& bench, const char* type, const std::string& card) {
    return std::ranges::count_if(
        bench.evidence.province.value("carriedOut", Json::array()), [&](const Json& one) {
            return textAt(one, "msgType") == type && textAt(one, "request/cardNo") == card;
        });
}

void checkTakenBack(Bench& bench, const Json& order, const std::string& card) {
    const Json& counter = bench.evidence.world.at("counter");
    const CsvRow* line = onlyLineOf(bench.evidence.wrongCards, card);
    bench.expect(line != nullptr, "the list of wrong cards has one line of the card");
    if (line == nullptr) return;
    bench.expectEqual(line->at("order_id"), textAt(order, "orderId"), "it is of the order");
    bench.expectEqual(line->at("wrong_items"), "PHOTO", "it says what is wrong");
    bench.expectEqual(line->at("right_items"), "NAME NUMBER CHIP",
                      "and what was compared and is right");
    bench.expectEqual(line->at("evidence"), textAt(counter, "papers/signed"),
                      "it has the number of the signed paper");
    bench.expectEqual(line->at("confirmation"), textAt(counter, "papers/confirmation"),
                      "and of the confirmation");
    checkTwo(bench, *line);
    const std::string& third = line->at("confirmed_by");
    bench.expectEqual(third, counter.at("people").at(2).get<std::string>(), "a third confirmed it");
    bench.expect(third != line->at("operator") && third != line->at("second"),
                 "whoever took it back does not confirm it");
    bench.expect(toldOf(bench, "WRONGCARD.REGISTER", card) == 1,
                 "the province was told once that it is wrong");
    const Json* known = bench.provinces("cards", "cardNo", card);
    const bool confirmed = toldOf(bench, "WRONGCARD.CONFIRM", card) == 1;
    bench.expect(known != nullptr && (textAt(*known, "state") == "CANCELLED") == confirmed,
                 "it is cancelled where the province was told of the confirmation");
    expectReported(bench, "信息错误人员清单," + card + ",照片 / 姓名、号码、芯片,登记信息");
    expectReported(bench, "信息错误," + card + ",已确认," + textAt(counter, "papers/signed"));
    expectReported(bench, "机内等式,,收回错卡,1");
}

}  // namespace

void checkCounter(Bench& bench) {
    const Json& world = bench.evidence.world;
    if (!world.contains("counter")) return;
    const std::string card = textAt(world, "counter/cardNumber");
    const Json* order = bench.lastOrder();
    bench.expect(order != nullptr && textAt(*order, "cardNumber") == card,
                 "the counter's card is the one that was made", card);
    if (order == nullptr) return;
    if (textAt(world, "counter/act") == "takeBackWrong") return checkTakenBack(bench, *order, card);
    checkGiven(bench, *order, card);
}

}  // namespace liqu::judge
