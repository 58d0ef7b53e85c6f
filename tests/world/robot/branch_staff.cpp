#include "tests/world/robot/branch_staff.hpp"

#include <initializer_list>

namespace liqu::world {

Result<void> BranchStaff::comeToMenu(const std::string& number) {
    TRY(clerk_.comeAndSignIn(number, branch_.pin));
    return clerk_.touch("staff-today", "menu");
}

// Whoever stands by signs in for this act alone.
Result<void> BranchStaff::bySecond() {
    TRY(clerk_.signIn(branch_.second, branch_.pin));
    return clerk_.touch("staff-done", "understood");
}

Result<void> BranchStaff::toWaiting(const WaitingCard& card, const char* way) {
    TRY(comeToMenu(branch_.first));
    TRY(clerk_.touch("staff-menu", "held"));
    TRY(clerk_.touch("staff-held", "card-" + card.number));
    return clerk_.touch("staff-held-card", way);
}

Result<void> BranchStaff::giveToHolder(const WaitingCard& card, const Document& holder,
                                       ReaderEngine& reader) {
    TRY(toWaiting(card, "deliver"));
    TRY(clerk_.waitFor("staff-identity"));
    reader.layDown(holder);
    TRY(clerk_.fill("staff-deliver", {{"pickup-code", card.pickupCode}, {"paper", signedPaper}}));
    TRY(bySecond());
    reader.lift();
    return clerk_.touch("staff-held", "home");
}

Result<void> BranchStaff::giveToAgent(const WaitingCard& card, const Document& holder,
                                      const Document& agent, ReaderEngine& reader) {
    TRY(toWaiting(card, "agent"));
    TRY(clerk_.waitFor("staff-agent-holder"));
    reader.layDown(holder);
    TRY(clerk_.waitFor("staff-agent-document"));
    reader.lift();
    reader.layDown(agent);
    // The first paper that this region takes.
    const SeenScreen proof = TRY(clerk_.waitFor("staff-agent-proof"));
    for (const char* paper : {"both-documents", "kinship"}) {
        if (!proof.offers(paper)) continue;
        TRY(clerk_.touch("staff-agent-proof", paper));
        break;
    }
    const SeenScreen form = TRY(clerk_.waitFor("staff-agent"));
    std::map<std::string, std::string> values = {
        {"pickup-code", card.pickupCode}, {"paper", signedPaper}, {"copy", copyPaper}};
    if (form.offers("field-proof")) values["proof"] = proofPaper;
    TRY(clerk_.fill("staff-agent", values));
    TRY(bySecond());
    reader.lift();
    return clerk_.touch("staff-held", "home");
}

Result<void> BranchStaff::takeBackWrong(const std::string& card) {
    TRY(comeToMenu(branch_.first));
    TRY(clerk_.touch("staff-menu", "bins"));
    TRY(clerk_.touch("staff-bins", "wrong"));
    TRY(clerk_.touch("staff-wrong", "take"));
    TRY(clerk_.fill("staff-wrong-number", {{"number", card}}));
    // Name, number, photo, chip.
    for (const char* answer : {"right", "right", "wrong", "right"}) {
        TRY(clerk_.touch("staff-wrong-item", answer));
    }
    TRY(clerk_.touch("staff-wrong-cause", "REGISTER"));
    TRY(clerk_.fill("staff-wrong-paper", {{"evidence", wrongPaper}}));
    TRY(bySecond());
    return clerk_.touch("staff-wrong", "home");
}

Result<void> BranchStaff::confirmWrong(const std::string& card) {
    TRY(comeToMenu(branch_.supervisor));
    TRY(clerk_.touch("staff-menu", "bins"));
    TRY(clerk_.touch("staff-bins", "wrong"));
    TRY(clerk_.touch("staff-wrong", "card-" + card));
    TRY(clerk_.fill("staff-wrong-confirm", {{"evidence", confirmation}}));
    return clerk_.touch("staff-wrong", "home");
}

Result<void> BranchStaff::receiveAndOpen(const BlankBox& box) {
    TRY(clerk_.touch("staff-menu", "boxes"));
    TRY(clerk_.touch("staff-boxes", "receive"));
    TRY(clerk_.touch("staff-choose-bank", box.bank));
    TRY(clerk_.touch("staff-choose-version", box.version));
    TRY(clerk_.fill("staff-box-label", {{"box", box.label},
                                        {"seal", box.seal},
                                        {"first", box.numbers.front()},
                                        {"last", box.numbers.back()},
                                        {"count", std::to_string(box.numbers.size())},
                                        {"region", box.region}}));
    TRY(clerk_.signIn(branch_.second, branch_.pin));
    TRY(clerk_.touch("staff-boxes", "box-" + box.label));
    TRY(clerk_.touch("staff-box", "open-box"));
    TRY(clerk_.fill("staff-box-open", {{"seal", box.seal}}));
    TRY(clerk_.signIn(branch_.second, branch_.pin));
    return clerk_.touch("staff-boxes", "back");
}

Result<void> BranchStaff::load(const BlankBox& box, const std::function<void()>& putIn) {
    TRY(clerk_.touch("staff-menu", "lanes"));
    TRY(clerk_.touch("staff-lanes", "lane-1"));
    TRY(clerk_.touch("staff-lane", "load"));
    TRY(clerk_.touch("staff-choose-box", "box-" + box.label));
    TRY(clerk_.fill("staff-load-range",
                    {{"first", box.numbers.front()}, {"last", box.numbers.back()}}));
    TRY(clerk_.signIn(branch_.second, branch_.pin));
    putIn();
    TRY(clerk_.touch("staff-load-steps", "moved"));
    TRY(clerk_.fill("staff-exchange-count", {{"count", std::to_string(box.numbers.size())}}));
    // The fields say which cards are to be read; their numbers stand on the cards.
    const SeenScreen check = TRY(clerk_.waitFor("staff-lane-check"));
    std::map<std::string, std::string> numbers;
    for (std::size_t i = 0; i < box.numbers.size(); ++i) {
        const std::string id = "card-" + std::to_string(i + 1);
        if (check.offers("field-" + id)) numbers[id] = box.numbers[i];
    }
    TRY(clerk_.fill("staff-lane-check", numbers));
    TRY(clerk_.touch("staff-lane-bank", box.bank));
    return clerk_.touch("staff-lanes", "back");
}

Result<void> BranchStaff::restock(const BlankBox& box, const std::function<void()>& putIn) {
    TRY(comeToMenu(branch_.first));
    TRY(receiveAndOpen(box));
    TRY(load(box, putIn));
    return clerk_.touch("staff-menu", "home");
}

Result<void> BranchStaff::countDay(const std::map<std::string, std::string>& counts) {
    TRY(comeToMenu(branch_.first));
    TRY(clerk_.touch("staff-menu", "day"));
    TRY(clerk_.touch("staff-day", "freeze"));
    TRY(clerk_.signIn(branch_.second, branch_.pin));
    TRY(clerk_.touch("staff-day-typing", "type-counts"));
    TRY(clerk_.fill("staff-count", counts));
    TRY(clerk_.touch("staff-day-typing", "home"));
    TRY(comeToMenu(branch_.second));
    TRY(clerk_.touch("staff-menu", "day"));
    TRY(clerk_.touch("staff-day-typing", "type-counts"));
    TRY(clerk_.fill("staff-count", counts));
    return clerk_.touch("staff-day-equal", "home");
}

Result<void> BranchStaff::closeDay() {
    TRY(comeToMenu(branch_.supervisor));
    TRY(clerk_.touch("staff-menu", "day"));
    TRY(clerk_.touch("staff-day-equal", "close"));
    TRY(clerk_.signIn(branch_.first, branch_.pin));
    TRY(clerk_.waitFor("staff-report"));
    return {};
}

}  // namespace liqu::world
