// Lies planted in the machine's side: each is found by what the simulated server saw.
#include <doctest/doctest.h>

#include "firmware/province/bodies.hpp"
#include "tests/scenario/legacy_province/acts.hpp"

namespace liqu::scenario {
namespace {

using namespace province;
using world::LegacyFault;

// What it says reads otherwise on its way.
class SpoilingLine final : public ports::SoapLink {
  public:
    SpoilingLine(ports::SoapLink& real, std::string from, std::string to)
        : real_(real), from_(std::move(from)), to_(std::move(to)) {}

    Result<ports::SoapReply> post(const ports::SoapPost& post, Duration patience) override {
        std::string body(post.body);
        for (std::size_t at = body.find(from_); at != std::string::npos;
             at = body.find(from_, at + to_.size()))
            body.replace(at, from_.size(), to_);
        ports::SoapPost spoilt = post;
        spoilt.body = body;
        return real_.post(spoilt, patience);
    }
    Result<ports::SoapReply> look(const std::string& path, Duration patience) override {
        return real_.look(path, patience);
    }

  private:
    ports::SoapLink& real_;
    std::string from_, to_;
};

void forgetsWhatItSent(LegacyKiosk& kiosk) {
    auto transaction = storage::Transaction::begin(*kiosk.database).value();
    REQUIRE(transaction.run("DELETE FROM legacy_acts"));
    REQUIRE(transaction.commit());
}

TEST_CASE("a machine that sends again without a look is found") {
    for (const bool lies : {false, true}) {
        CAPTURE(lies);
        LegacyKiosk kiosk;
        kiosk.there().cards.at(holder.card).state = world::LegacyCardState::sealed;
        kiosk.faults.arm(LegacyFault::answerLost, "领卡启用");
        CHECK(kiosk.tell(MessageType::cardEnable, enablingOf(holder)) == "40102");
        if (lies) forgetsWhatItSent(kiosk);
        kiosk.tell(MessageType::cardEnable, enablingOf(holder));
        CHECK(kiosk.act("enable", holder.card).asked == (lies ? 2 : 1));
        CHECK(kiosk.complaints().empty() != lies);
    }
}

TEST_CASE("a report of another chip under our number is not taken for ours") {
    LegacyKiosk kiosk;
    Making making(kiosk);
    making.apply();
    making.mark();
    making.personalise();
    kiosk.faults.arm(LegacyFault::doneElsewhere, "即制卡回盘");
    const std::string said = making.report();
    CHECK(said == "NEEDS_STAFF/NOT_OURS");
    CHECK(kiosk.there().cards.at(making.card).cardIdCode != making.idCode);
}

TEST_CASE("the table of another province is found, call by call") {
    older::RegionTable jilin = shippedTable("jl");
    LegacyKiosk elsewhere("hn", jilin);
    PersonQuery asked;
    asked.documentNumber = PersonalText(holder.number);
    asked.name = PersonalText(holder.name);
    CHECK(elsewhere.tell(MessageType::personQuery, asked) == "40102");
    CHECK_FALSE(elsewhere.complaints().empty());
    // At the right door with the wrong words.
    older::RegionTable mixed = shippedTable("hn");
    for (const older::Call call : {older::Call::mark, older::Call::report, older::Call::enable})
        mixed.calls[call] = jilin.calls.at(call);
    LegacyKiosk kiosk("hn", mixed);
    kiosk.there().cards.at(holder.card).state = world::LegacyCardState::sealed;
    CHECK(kiosk.tell(MessageType::cardEnable, enablingOf(holder)) == "NEEDS_STAFF");
    CHECK(kiosk.stateThere(holder.card) == world::LegacyCardState::sealed);
    CHECK(kiosk.complaints().size() == 2);  // of the server, and a text nobody knows
}

TEST_CASE("a table whose CR is lost on the way in XML is refused there") {
    LegacyKiosk kiosk;
    SpoilingLine line(kiosk.link, "&#13;", "\r");
    kiosk.line = &line;
    kiosk.restart();
    Making making(kiosk);
    making.apply();
    CHECK(making.mark() != "OK");
    REQUIRE_FALSE(kiosk.there().wrongs.empty());
    CHECK(kiosk.there().wrongs.front().find("&#xd;") != std::string::npos);
    CHECK(making.card.empty());
}

TEST_CASE("a guessed success is found: a table that calls every text done") {
    older::RegionTable table = shippedTable("hn");
    table.texts.push_back(
        {"系统正在进行数据迁移,该业务暂停办理", older::Meaning::done, older::TextMatch::whole, {}});
    Before before("hn", table);
    const LegacyActCase& act = legacyActs().front();
    act.prepare(before);
    before.kiosk.faults.arm(LegacyFault::unmappedText, act.places.front());
    CHECK(isDone(sendUntilSettled(before, act)));
    CHECK_FALSE(act.isThere(before));
}

}  // namespace
}  // namespace liqu::scenario
