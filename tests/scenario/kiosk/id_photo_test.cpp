// 个人相片: where the province holds none, the ID card's may be printed with its holder's yes,
// where the region says so; else there is no card, and what to bring is told.
// Rules: A-14.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/issuance/visit_record.hpp"
#include "firmware/ports/photo_decoder.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/photo_decoder.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/support/shown_words.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using Habit = FakePhotoDecoder::Habit;
using screen::ActionKind;

constexpr const char* page = "id-photo-agree";

// The province holds no portrait of them; their ID card has one.
world::Document withoutPortrait() {
    world::Document document = world::documents::resident();
    document.name = "样例无照";
    document.number = "440000199010100084";
    document.sex = "2";
    document.birth = "19901010";
    document.photoNamesHolder = true;
    return document;
}

struct Outlet {
    explicit Outlet(Habit habit = Habit::good, bool fromIdCard = true,
                    std::vector<std::string> faults = {})
        : decoder(habit), kiosk([&] {
              KioskSettings settings = shippedSettings(std::move(faults));
              settings.region.photoFromIdCard = fromIdCard;
              settings.photoDecoder = &decoder;
              return settings;
          }()) {
        decoder.world = &kiosk.outside();
    }
    void serve(const world::Document& document = withoutPortrait()) {
        kiosk.serve(document);
        kiosk.settle();
    }
    std::size_t asked() { return screensNamed(kiosk.citizen(), page).size(); }
    Names reasons() {
        const auto problems = problemsTold(kiosk.citizen());
        return problems.empty() ? Names{} : Names{std::string(nameOf(problems.front().reason))};
    }
    bool says(const std::string& key) {
        return std::ranges::any_of(kiosk.citizen().seen, [&key](const screen::Screen& screen) {
            const auto words = test::shownWords(screen);
            return std::ranges::any_of(words,
                                       [&key](const auto& one) { return one.phrase.key == key; });
        });
    }
    std::int64_t count(const std::string& what) {
        return kiosk.database().number("SELECT count(*) FROM " + what).value();
    }
    void checkNothingBegan() {
        CHECK(kiosk.outside().province().messages["APPLY.CREATE"] == 0);
        CHECK(ordersOf(kiosk) == "-");
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK(disagreements(kiosk) == Names{});
        CHECK(kiosk.truth().lies() == Names{});
    }

    FakePhotoDecoder decoder;
    SimulatedKiosk kiosk;
};

std::string clausesSent(SimulatedKiosk& kiosk) {
    std::string text;
    for (const std::string& clause :
         kiosk.outside().province().applications.begin()->second.consents)
        text += clause + " ";
    return text;
}

TEST_CASE("with a yes the ID card's portrait is on the card, and the order says so") {
    Outlet outlet;
    outlet.serve();
    CHECK(outlet.asked() == 1);
    CHECK(outlet.says("id-photo-agree.why"));
    CHECK(cardsInBooks(outlet.kiosk) == "holder 1");
    // The guard compared the face at the mouth with how this person looks.
    CHECK(disagreements(outlet.kiosk) == Names{});
    CHECK(outlet.kiosk.truth().lies() == Names{});
    CHECK(outlet.decoder.asked == 1);
    // A yes of its own, with time and words, kept with the order and sent with the application.
    CHECK(outlet.count("consents WHERE clause = 'consent.id-photo' AND answer = 'yes' AND order_id "
                       "<> '' AND words_digest <> '' AND answered_at > shown_at") == 1);
    CHECK(outlet.count("checks WHERE what = 'id-photo' AND result = 0 AND order_id <> ''") == 1);
    CHECK(outlet.count("journal WHERE step = 'personalise' AND detail = 'portrait=id-card'") == 1);
    CHECK(clausesSent(outlet.kiosk).find("consent.id-photo") != std::string::npos);
}

TEST_CASE("who has a portrait at the province is not asked, and the order says whose it is") {
    Outlet outlet;
    outlet.serve(world::documents::resident());
    CHECK(outlet.asked() == 0);
    CHECK(outlet.decoder.asked == 0);
    CHECK(cardsInBooks(outlet.kiosk) == "holder 1");
    CHECK(outlet.count("journal WHERE step = 'personalise' AND detail = 'portrait=province'") == 1);
    CHECK(clausesSent(outlet.kiosk).find("id-photo") == std::string::npos);
}

TEST_CASE("without the rule, or without a decoder, nobody is asked and no card is made") {
    for (const auto& [habit, fromIdCard] :
         {std::pair(Habit::good, false), std::pair(Habit::absent, true)}) {
        Outlet outlet(habit, fromIdCard);
        outlet.serve();
        CHECK(outlet.asked() == 0);
        CHECK(outlet.decoder.asked == 0);
        CHECK(outlet.reasons() == Names{"photoMissing"});
        CHECK(outlet.says("error.40217.next"));
        outlet.checkNothingBegan();
    }
    // A residence permit is no ID card of the second generation.
    Outlet permit;
    world::Document document = world::documents::permit();
    document.photoNamesHolder = true;
    permit.kiosk.outside().province().persons.at(document.number).photo = false;
    permit.serve(document);
    CHECK(permit.asked() == 0);
    CHECK(permit.reasons() == Names{"photoMissing"});
}

TEST_CASE("a no is no card, and nothing is decoded for it") {
    Outlet outlet;
    outlet.kiosk.citizen().touchesFirst[page] = {ActionKind::decline};
    outlet.serve();
    CHECK(outlet.decoder.asked == 0);
    CHECK(outlet.reasons() == Names{"photoMissing"});
    CHECK(outlet.says("error.40217.next"));
    CHECK(outlet.count("consents WHERE clause = 'consent.id-photo' AND answer = 'no'") == 1);
    outlet.checkNothingBegan();
}

TEST_CASE("a photo that gives no picture is no card without a portrait") {
    for (const Habit habit : {Habit::broken, Habit::cutShort, Habit::blank}) {
        Outlet outlet(habit);
        outlet.kiosk.truth().breaks(&truth::Truth::idPhotoUnread);
        outlet.serve();
        CHECK(outlet.decoder.asked == 1);
        CHECK(outlet.reasons() == Names{"photoMissing"});
        CHECK(outlet.says("error.10301.what"));
        CHECK(outlet.count("checks WHERE what = 'id-photo' AND result = 10301") == 1);
        outlet.checkNothingBegan();
    }
}

TEST_CASE("back, the way home and the clock leave nothing behind") {
    Outlet back;
    back.kiosk.citizen().touchesFirst[page] = {ActionKind::back};
    back.kiosk.citizen().onTouch = [&](ActionKind touched) {
        if (touched != ActionKind::back) return;
        back.kiosk.citizen().touchesFirst.clear();
        back.kiosk.citizen().touchesFirst["choose-service"] = {ActionKind::home};
    };
    back.serve();
    CHECK(back.asked() == 1);
    CHECK(back.decoder.asked == 0);
    back.checkNothingBegan();
    for (const char* fault :
         {"holder.cancels@id-photo-agree", "holder.walks-away@id-photo-agree"}) {
        CAPTURE(std::string(fault));
        Outlet left(Habit::good, true, {fault});
        left.serve();
        CHECK(left.asked() >= 1);
        CHECK(left.decoder.asked == 0);
        left.checkNothingBegan();
    }
}

TEST_CASE("the portrait that was agreed to survives a stop in the making") {
    int finished = 0;
    for (int seconds = 22; seconds < 62; seconds += 4) {
        CAPTURE(seconds);
        Outlet outlet;
        outlet.kiosk.cutPowerAt(outlet.kiosk.outside().clock.now() + std::chrono::seconds(seconds));
        if (!outlet.kiosk.serveUntilPowerCut(withoutPortrait())) continue;
        outlet.kiosk.restart();
        outlet.kiosk.settle();
        CHECK(disagreements(outlet.kiosk) == Names{});
        // Whoever comes back is asked again where nothing was permitted yet.
        outlet.serve();
        CHECK(disagreements(outlet.kiosk) == Names{});
        finished += outlet.count("cards WHERE condition = 'finished'") == 1 ? 1 : 0;
    }
    CHECK(finished > 4);
}

// The guard at the mouth looks at the face; the books at whose portrait came when.
TEST_CASE("another person's portrait out of the decoder is found at the mouth") {
    Outlet outlet;
    outlet.decoder.draws = "110000198503120015";
    outlet.serve();
    const Names found = disagreements(outlet.kiosk);
    REQUIRE(found.size() == 1);
    CHECK(found.front().ends_with("with another person's face"));
}

TEST_CASE("a portrait the province comes to hold meanwhile goes before the ID card's") {
    Outlet outlet;
    bool given = false;
    outlet.kiosk.citizen().onScreen = [&](std::string_view name) {
        if (name != "consent" || given) return;
        given = true;
        outlet.kiosk.outside().province().persons.at(withoutPortrait().number).photo = true;
    };
    outlet.serve();
    CHECK(cardsInBooks(outlet.kiosk) == "holder 1");
    CHECK(outlet.count("journal WHERE step = 'personalise' AND detail = 'portrait=province'") == 1);
    CHECK(disagreements(outlet.kiosk) == Names{});
}

}  // namespace
}  // namespace liqu::scenario
