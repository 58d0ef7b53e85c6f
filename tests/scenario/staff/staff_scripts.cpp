#include "tests/scenario/staff/staff_scripts.hpp"

#include "firmware/card/social_card_number.hpp"

namespace liqu::scenario {

std::string numbered(const std::string& body) {
    return card::SocialCardNumber::withBody(body).value().text();
}

std::map<std::string, std::string> boxLabel() {
    return {{"box", "BX1"},
            {"seal", "S77"},
            {"first", numbered("C0000001")},
            {"last", numbered("C0000020")},
            {"count", "20"},
            {"region", "420100"}};
}

void toTheLabel(StaffHands& hands) {
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "boxes");
    hands.touch("staff-boxes", "receive");
    hands.touch("staff-choose-bank", "B01");
    hands.touch("staff-choose-version", "3.00");
}

void receiveAndOpen(StaffHands& hands) {
    toTheLabel(hands);
    hands.type("staff-box-label", boxLabel());
    hands.secondSignsIn("1002");
    hands.touch("staff-boxes", "box-BX1");
    hands.touch("staff-box", "open-box");
    hands.type("staff-box-open", {{"seal", "S77"}});
    hands.secondSignsIn("1002");
    hands.goBack("staff-boxes");
}

void beginLoading(StaffHands& hands) {
    hands.touch("staff-menu", "lanes");
    hands.touch("staff-lanes", "lane-1");
    hands.touch("staff-lane", "load");
    hands.touch("staff-choose-box", "box-BX1");
    const auto label = boxLabel();
    hands.type("staff-load-range", {{"first", label.at("first")}, {"last", label.at("last")}});
    hands.secondSignsIn("1002");
}

StaffHands::Answer cardsFrom(int firstBody) {
    return [firstBody](const std::string& field) {
        const std::string digits = std::to_string(firstBody + std::stoi(field.substr(5)) - 1);
        return numbered("C" + std::string(7 - digits.size(), '0') + digits);
    };
}

Counts rightCounts() {
    return {{"hopper-1", "8"},     {"path", "0"},    {"hold-bin", "0"}, {"reject-bin", "0"},
            {"old-card-bin", "0"}, {"cabinet", "0"}, {"vault", "0"}};
}

void freeze(StaffHands& hands) {
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "day");
    hands.touch("staff-day", "freeze");
    hands.secondSignsIn("1002");
}

void bothType(StaffHands& hands, const Counts& first, const Counts& second) {
    hands.touch("staff-day-typing", "type-counts");
    hands.type("staff-count", first);
    hands.signOut("staff-day-typing");
    hands.comeToTheCorner();
    hands.signIn("1002");
    hands.touch("staff-menu", "day");
    hands.touch("staff-day-typing", "type-counts");
    hands.type("staff-count", second);
}

void countAgain(StaffHands& hands, const std::string& from, const std::function<void()>& type) {
    hands.touch(from, "recount");
    hands.secondSignsIn("1001");
    hands.touch("staff-day-typing", "type-counts");
    type();
    hands.signOut("staff-day-typing");
    hands.comeToTheCorner();
    hands.signIn("1001");
    hands.touch("staff-menu", "day");
    hands.touch("staff-day-typing", "type-counts");
    type();
}

void supervisorCloses(StaffHands& hands, const std::string& page) {
    hands.signOut(page);
    hands.comeToTheCorner();
    hands.signIn("1003");
    hands.touch("staff-menu", "day");
    hands.touch(page, "close");
    hands.secondSignsIn("1001");
}

std::string standing(StaffedKiosk& branch) {
    branch.kiosk->turn();
    const screen::ScreenContent& shown = branch.hands.shown().content;
    if (std::holds_alternative<screen::WelcomeScreen>(shown)) return "welcome";
    const auto* closed = std::get_if<screen::OutOfServiceScreen>(&shown);
    return closed == nullptr ? "" : std::string(nameOf(closed->reason));
}

}  // namespace liqu::scenario
