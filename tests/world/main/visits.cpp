#include "tests/world/main/visits.hpp"

#include <array>
#include <vector>

namespace liqu::world {

Document residentNamed(std::string name, std::string number, std::string sex) {
    Document document = documents::resident();
    document.name = std::move(name);
    document.birth = number.substr(6, 8);
    document.number = std::move(number);
    document.sex = std::move(sex);
    return document;
}

namespace {

Document lostCard() {
    return residentNamed("样例挂失", "440000197906050033");
}
Document feeDue() {
    return residentNamed("样例欠费", "44000019790605005X");
}
Document lossByTelephone() {
    return residentNamed("样例口头", "440000197906050076");
}
Document hasCard() {
    return residentNamed("样例已有", "440000197906050092");
}
Document minor() {
    return residentNamed("样例小童", "440000201809010020", "2");
}
Document bankNotLinked() {
    return residentNamed("样例银行", "440000198808080065", "2");
}

constexpr std::array<VisitPlan, 20> plans = {{
    {"prc", "first card, resident identity card", documents::resident},
    {"prc-200", "first card, resident identity card, card of version 2.00", documents::resident,
     "first-card", "2.00"},
    {"rare", "first card, but the chip cannot hold the name: no card", documents::residentRareName},
    {"j", "first card, residence permit of Hong Kong, Macao and Taiwan", documents::permit},
    {"j-200", "the same, card of version 2.00", documents::permit, "first-card", "2.00"},
    {"i", "first card, foreigner's permanent residence card of 2017", documents::foreigner2017},
    {"i-200", "the same, card of version 2.00", documents::foreigner2017, "first-card", "2.00"},
    {"y", "first card, foreigner's permanent residence card of 2023", documents::foreigner2023},
    {"y-200", "the same, card of version 2.00", documents::foreigner2023, "first-card", "2.00"},
    {"replacement", "replacement of a lost card, fee paid", lostCard, "replacement"},
    {"replacement-200", "the same, card of version 2.00", lostCard, "replacement", "2.00"},
    {"fee-due", "replacement, but a fee is due: no card", feeDue, "replacement"},
    {"loss-by-telephone", "replacement, but the loss is not yet formal: no card", lossByTelephone,
     "replacement"},
    {"has-card", "asks for a first card, but has one: no card", hasCard},
    {"minor", "a child: no card", minor},
    {"progress", "asks how far an application has come: no card", documents::resident, "progress"},
    {"card-state", "asks for the state of a card: no card", hasCard, "card-state"},
    {"loss", "reports a lost card: no card", hasCard, "loss-temporary"},
    {"loss-again", "reports one that is reported lost already: no card", lossByTelephone,
     "loss-temporary"},
    {"bank-not-linked", "first card, the bank side must be done at the counter", bankNotLinked},
}};

}  // namespace

std::vector<const VisitPlan*> visitPlans() {
    std::vector<const VisitPlan*> all;
    for (const VisitPlan& plan : plans) all.push_back(&plan);
    for (const VisitPlan& plan : serviceVisits()) all.push_back(&plan);
    return all;
}

const VisitPlan* visitNamed(std::string_view name) {
    for (const VisitPlan* plan : visitPlans()) {
        if (plan->name == name) return plan;
    }
    return nullptr;
}

}  // namespace liqu::world
