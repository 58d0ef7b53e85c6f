// What a judge reads of the legacy province.
#include <nlohmann/json.hpp>

#include "tests/world/legacy_province/legacy_books.hpp"

namespace liqu::world {
namespace {

using Json = nlohmann::ordered_json;

std::string timeText(const LegacyTime& time) {
    return time ? formatChinaTime(*time) : std::string();
}

Json jsonOf(const LegacyApplication& application) {
    return {{"person", application.person},
            {"kind", application.kind},
            {"bank", application.bank},
            {"agency", application.agency},
            {"open", application.open},
            {"validTag", application.validTag},
            {"remarks", application.remarks},
            {"batch", application.batch},
            {"card", application.card},
            {"oldCard", application.oldCard},
            {"applied", formatChinaTime(application.applied)},
            {"marked", timeText(application.marked)},
            {"made", timeText(application.made)},
            {"collected", timeText(application.collected)}};
}

Json jsonOf(const LegacyCard& card) {
    return {{"card", card.number},
            {"person", card.person},
            {"bank", card.bank},
            {"account", card.account},
            {"state", nameOf(card.state)},
            {"batch", card.batch},
            {"cardIdCode", card.cardIdCode},
            {"atr", card.atr},
            {"issueDate", card.issueDate},
            {"expiryDate", card.expiryDate},
            {"failedStage", card.failedStage},
            {"failedReason", card.failedReason},
            {"report", card.report}};
}

Json jsonOf(const std::pair<std::string, std::string>& name, const LegacyAct& act) {
    Json times = Json::array();
    for (const WallTime at : act.times) times.push_back(formatChinaTime(at));
    return {{"act", name.first},          {"key", name.second},       {"person", act.person},
            {"asked", act.asked},         {"done", act.done},         {"partly", act.partly},
            {"already", act.already},     {"repeated", act.repeated}, {"refused", act.refused},
            {"executedTwice", act.twice}, {"blind", act.blind},       {"times", times}};
}

Json jsonOf(const LegacyCall& call) {
    return {{"time", formatChinaTime(call.at)},
            {"call", call.call},
            {"key", call.key},
            {"deed", call.deed},
            {"answer", call.answer},
            {"spoiled", call.spoiled}};
}

void lookAtPersons(const LegacyBooks& books, std::vector<std::string>& wrong) {
    std::map<std::string, int> living;
    std::map<std::string, int> open;
    for (const auto& [number, card] : books.cards) living[card.person] += card.isLiving() ? 1 : 0;
    for (const LegacyApplication& one : books.applications) open[one.person] += one.open ? 1 : 0;
    for (const auto& [person, count] : living) {
        if (count > 1) wrong.push_back(person + " has " + std::to_string(count) + " cards");
    }
    for (const auto& [person, count] : open) {
        if (count > 1) wrong.push_back(person + " has " + std::to_string(count) + " applications");
    }
}

void lookAtCards(const LegacyBooks& books, std::vector<std::string>& wrong) {
    std::map<std::string, std::string> batches;
    for (const auto& [number, card] : books.cards) {
        const LegacyAct& made = books.act("report", number);
        const LegacyAct& failed = books.act("report-failed", number);
        if (made.done > 0 && failed.asked > 0) {
            wrong.push_back(number + " was reported as made and as failed");
        } else if (failed.done > 0 && made.asked > 0) {
            wrong.push_back(number + " was reported as failed and as made");
        }
        if (made.done > 1) wrong.push_back(number + " was reported as made with other values");
    }
}

}  // namespace

std::vector<std::string> violations(const LegacyBooks& books) {
    std::vector<std::string> wrong;
    lookAtPersons(books, wrong);
    lookAtCards(books, wrong);
    for (const auto& [name, act] : books.acts) {
        if (act.blind == 0) continue;
        wrong.push_back(name.first + " of " + name.second + " was asked for again " +
                        std::to_string(act.blind) + " times without a look");
    }
    return wrong;
}

std::string dump(const LegacyBooks& books) {
    Json json;
    json["violations"] = violations(books);
    json["wrongs"] = books.wrongs;
    for (const char* list : {"acts", "applications", "batches", "cards", "fees", "calls"}) {
        json[list] = Json::array();
    }
    for (const auto& [name, act] : books.acts) json["acts"].push_back(jsonOf(name, act));
    for (const auto& one : books.applications) json["applications"].push_back(jsonOf(one));
    for (const auto& [number, batch] : books.batches) {
        json["batches"].push_back({{"batch", number}, {"used", batch.used}});
    }
    for (const auto& [number, card] : books.cards) json["cards"].push_back(jsonOf(card));
    for (const auto& [person, fee] : books.fees) {
        json["fees"].push_back({{"person", person}, {"code", fee.code}, {"valid", fee.valid}});
    }
    for (const LegacyCall& call : books.calls) json["calls"].push_back(jsonOf(call));
    return json.dump(2) + "\n";
}

}  // namespace liqu::world
