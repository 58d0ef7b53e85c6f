// The services as the shipped regions have them, at each kind of site: who carries them out, with
// whom, and what is not offered there.
// Rules, G-19, I-01, L-03, M-12, Q-02, R-01, R-02.
#include <algorithm>
#include <doctest/doctest.h>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/photo_decoder.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/support/shown_words.hpp"

namespace liqu::scenario {
namespace {

using Names = std::vector<std::string>;
using policy::SiteKind;

constexpr const char* guangdong = "guangdong";
constexpr const char* shangluo = "shaanxi-shangluo";
constexpr const char* changji = "xinjiang-changji";
constexpr const char* cardAtStake = "K00000049";

// The rules of the region as they are shipped; a machine writes its own city's code.
KioskSettings under(const std::string& name, SiteKind site,
                    ports::PhotoDecoder* decoder = nullptr) {
    KioskSettings settings = shippedSettings();
    settings.photoDecoder = decoder;
    const std::string city = settings.region.regionCode;
    settings.region =
        policy::loadRegionPolicy(LIQU_SOURCE_DIR "/kiosk-config/regions/" + name + ".toml",
                                 {.termsOf = services::termsOf, .site = site})
            .value();
    settings.region.regionCode = city;
    settings.site = site;
    return settings;
}

struct Outlet {
    Outlet(const std::string& region, SiteKind site, ports::PhotoDecoder* decoder = nullptr)
        : Outlet(under(region, site, decoder)) {
        // Only Guangdong links the bank's side (Guangdong Art.23).
        kiosk.outside().province().lossRule.linksBank = region == guangdong;
    }
    explicit Outlet(KioskSettings settings) : kiosk(std::move(settings)) {
        addAttendant(kiosk);
        kiosk.citizen().attendant = attendantTypes();
    }
    void serve(const world::Document& document, const char* service) {
        kiosk.serve(document, service);
        kiosk.settle();
    }
    // Who confirmed, inside the act; each is a line of the record.
    std::int64_t stoodBy() const { return linesOf("attend-service"); }
    std::int64_t vouched() const { return linesOf("vouch-for-holder"); }
    std::int64_t linesOf(const std::string& act) const {
        return const_cast<SimulatedKiosk&>(kiosk)
            .database()
            .number("SELECT count(*) FROM staff_audit WHERE act = '" + act + "'")
            .value();
    }
    std::int64_t count(const std::string& what) {
        return kiosk.database().number("SELECT count(*) FROM " + what).value();
    }
    // They look at what there is, and go.
    void look(const world::Document& document) {
        for (const char* page : {"choose-service", "choose-group"})
            kiosk.citizen().touchesFirst[page] = {screen::ActionKind::home};
        serve(document, "");
    }
    // By its name, or behind that of its group.
    bool offers(const char* service) {
        const std::string group(nameOf(services::groupOf(service).value()));
        return std::ranges::any_of(kiosk.citizen().seen, [&](const screen::Screen& screen) {
            const auto* page = personPage(screen.content, "choose-service");
            if (page == nullptr) page = personPage(screen.content, "choose-group");
            if (page == nullptr) return false;
            const auto& choices = std::get<screen::Choices>(page->parts.back()).choices;
            return std::ranges::any_of(choices, [&](const screen::Choice& choice) {
                return choice.id == service || choice.id == group;
            });
        });
    }
    bool said(const std::string& key) {
        return std::ranges::any_of(kiosk.citizen().seen, [&key](const screen::Screen& screen) {
            const auto words = test::shownWords(screen);
            return std::ranges::any_of(words,
                                       [&key](const auto& one) { return one.phrase.key == key; });
        });
    }
    std::string refusal() {
        const auto problems = problemsTold(kiosk.citizen());
        return problems.empty() ? "" : std::string(nameOf(problems.front().reason));
    }
    std::string cardState() { return kiosk.outside().province().cards.at(cardAtStake).state; }
    int sent(const std::string& message) { return kiosk.outside().province().messages[message]; }

    SimulatedKiosk kiosk;
};

constexpr std::array sites = {SiteKind::bank, SiteKind::hrss, SiteKind::authorised};

TEST_CASE("a first card in Guangdong: alone at a bank, elsewhere with an attendant") {
    for (const SiteKind site : sites) {
        CAPTURE(std::string(nameOf(site)));
        Outlet outlet(guangdong, site);
        outlet.serve(world::documents::resident(), "first-card");
        CHECK(cardsInBooks(outlet.kiosk) == "holder 1");
        CHECK(outlet.vouched() == 1);
        CHECK(outlet.stoodBy() == (site == SiteKind::bank ? 0 : 1));
        // Said by touch (Guangdong Art.10(1)), and agreed to clause by clause (Art.8(4), step 3).
        const auto& application = outlet.kiosk.outside().province().applications.begin()->second;
        CHECK(application.kind == "NEW");
        CHECK(application.phone == "19900001234");
        CHECK_FALSE(application.mailingAddress.empty());
        CHECK(application.occupation == "5");
        CHECK(outlet.count("consents WHERE answer = 'yes' AND order_id <> ''") == 3);
        // What was checked, when by the province's clock, and with which result (Art.8 step 2).
        for (const char* what : {"person", "eligibility", "photo"}) {
            CAPTURE(std::string(what));
            CHECK(outlet.count("checks WHERE result = 0 AND reference <> '' AND server_time <> '' "
                               "AND order_id <> '' AND what = '" +
                               std::string(what) + "'") == 1);
        }
        // To the bank in person, for the account (Guangdong Art.14 step 3).
        CHECK(outlet.said("next.bank"));
        // Free (Guangdong Art.22).
        CHECK(outlet.count("fee_orders") == 0);
        CHECK(disagreements(outlet.kiosk) == Names{});
        CHECK(outlet.kiosk.truth().lies() == Names{});
    }
}

TEST_CASE("the bank of a first card is chosen in Guangdong alone") {
    for (const char* region : {guangdong, changji}) {
        CAPTURE(std::string(region));
        Outlet outlet(region, SiteKind::bank);
        outlet.serve(world::documents::resident(), "first-card");
        CHECK(sawScreen(outlet.kiosk.citizen(), "choose-bank") == (region == guangdong));
        CHECK(cardsInBooks(outlet.kiosk) == "holder 1");
        if (region != guangdong) continue;
        // The machine has blanks of one bank only, and says so of the other.
        CHECK(outlet.said("choose-bank.elsewhere"));
        Outlet other(region, SiteKind::bank);
        other.kiosk.citizen().bank = "B02";
        other.serve(world::documents::resident(), "first-card");
        CHECK(other.said("bank-elsewhere.where"));
        CHECK(other.said("guide.first-card.papers"));
        CHECK(other.sent("APPLY.CREATE") == 0);
    }
}

TEST_CASE("whoever has no photo: the ID card's in Guangdong, elsewhere what to bring is told") {
    world::Document document = world::documents::resident();
    document.name = "样例无照";
    document.number = "440000199010100084";
    document.sex = "2";
    document.birth = "19901010";
    document.photoNamesHolder = true;
    for (const char* region : {guangdong, shangluo, changji}) {
        CAPTURE(std::string(region));
        const bool isLost = region == shangluo;
        FakePhotoDecoder decoder;
        Outlet outlet(region, SiteKind::bank, &decoder);
        decoder.world = &outlet.kiosk.outside();
        // In Shangluo a first card is the window's; who lost one is served here.
        outlet.kiosk.outside().province().persons.at(lostCardHolder().number).photo = false;
        outlet.serve(isLost ? lostCardHolder() : document, isLost ? "replacement" : "first-card");
        CHECK(sawScreen(outlet.kiosk.citizen(), "id-photo-agree") == (region == guangdong));
        CHECK(decoder.asked == (region == guangdong ? 1 : 0));
        CHECK(outlet.refusal() == (region == guangdong ? "" : "photoMissing"));
        CHECK(cardsInBooks(outlet.kiosk) == (region == guangdong ? "holder 1" : "-"));
        CHECK(disagreements(outlet.kiosk) == Names{});
        CHECK(outlet.kiosk.truth().lies() == Names{});
    }
    const auto words = ui::Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
    for (const auto& [region, named] :
         {std::pair(guangdong, "相片回执"), std::pair(changji, "电子相片")}) {
        auto here = words;
        REQUIRE(here.layOver(std::string(LIQU_SOURCE_DIR "/kiosk-config/regions/") + region));
        CHECK(here.text(screen::Language::chinese, {"error.40217.next"}).find(named) !=
              std::string::npos);
    }
}

TEST_CASE("where an attendant is asked for, nobody applies without one") {
    for (const char* region : {guangdong, changji}) {
        CAPTURE(std::string(region));
        Outlet outlet(region, SiteKind::hrss);
        bool vouchedFor = false;
        // They vouch for the person, and decline what the person asks for.
        outlet.kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name != "attendant") return;
            if (vouchedFor) outlet.kiosk.citizen().attendant = {screen::ActionKind::decline};
            vouchedFor = true;
        };
        outlet.serve(world::documents::resident(), "first-card");
        CHECK(outlet.refusal() == "actNotConfirmed");
        CHECK(outlet.vouched() == 1);
        CHECK(outlet.sent("APPLY.CREATE") == 0);
        CHECK(ordersOf(outlet.kiosk) == "-");
    }
}

TEST_CASE("a first card in Shangluo is the window's: no site offers it, the guide tells of it") {
    for (const SiteKind site : sites) {
        CAPTURE(std::string(nameOf(site)));
        Outlet outlet(shangluo, site);
        outlet.look(world::documents::resident());
        CHECK(outlet.offers("card-state"));
        CHECK(under(shangluo, site).region.rule("first-card").mode == policy::ServiceMode::guide);
        CHECK(outlet.sent("APPLY.CREATE") == 0);
        CHECK(ordersOf(outlet.kiosk) == "-");
    }
    auto words = ui::Dictionary::read(LIQU_SOURCE_DIR "/kiosk-config/strings").value();
    REQUIRE(words.layOver(LIQU_SOURCE_DIR "/kiosk-config/regions/shaanxi-shangluo"));
    const auto says = [&words](const char* item, const char* what) {
        return words.text(screen::Language::chinese, {"guide.first-card." + std::string(item)})
                   .find(what) != std::string::npos;
    };
    CHECK(says("how", "业务办理表"));
    CHECK(says("papers", "身份证原件"));
    CHECK(says("papers", "电子照片"));
    CHECK(says("time", "7个工作日"));
}

TEST_CASE("a lost card in Guangdong is replaced at once, after its formal report and not before") {
    for (const SiteKind site : sites) {
        CAPTURE(std::string(nameOf(site)));
        Outlet outlet(guangdong, site);
        outlet.serve(lostCardHolder(), "replacement");
        CHECK(cardsInBooks(outlet.kiosk) == "holder 1");
        CHECK(outlet.stoodBy() == (site == SiteKind::bank ? 0 : 1));
        CHECK(sawScreen(outlet.kiosk.citizen(), "replacement-agree"));
        CHECK(disagreements(outlet.kiosk) == Names{});

        Outlet early(guangdong, site);
        early.serve(cardHolder(), "replacement");
        CHECK(early.refusal() == "oldCardNotReportedLost");
        CHECK(early.sent("APPLY.CREATE") == 0);
    }
}

// 即时制卡 is for the first card, the replacement and the exchange (Guangdong Art.36(1), 36(3)).
TEST_CASE(
    "an exchange in Guangdong is made at once too, with an attendant who takes the old card") {
    for (const SiteKind site : sites) {
        CAPTURE(std::string(nameOf(site)));
        Outlet outlet(guangdong, site);
        outlet.serve(cardHolder(), "exchange-damaged");
        CHECK(cardsInBooks(outlet.kiosk) == "holder 1, old-card-bin 1");
        CHECK(outlet.kiosk.outside().province().applications.begin()->second.kind == "DAMAGED");
        CHECK(outlet.cardState() == "CANCELLED");
        CHECK(outlet.stoodBy() >= 1);
        CHECK(disagreements(outlet.kiosk) == Names{});
        CHECK(outlet.kiosk.truth().lies() == Names{});
    }
}

TEST_CASE("a replacement in Shangluo is the issuing bank's, by its operator") {
    Outlet bank(shangluo, SiteKind::bank);
    bank.serve(lostCardHolder(), "replacement");
    CHECK(cardsInBooks(bank.kiosk) == "holder 1");
    CHECK(bank.stoodBy() == 1);
    CHECK(bank.kiosk.database().number("SELECT operator_id = '4711' FROM orders").value() == 1);
    CHECK(disagreements(bank.kiosk) == Names{});

    // Of a card that was reported by telephone only, and of one that was not reported.
    for (const char* state : {"TEMP_LOST", "NORMAL"}) {
        CAPTURE(std::string(state));
        Outlet early(shangluo, SiteKind::bank);
        early.kiosk.outside().province().cards.at(cardAtStake).state = state;
        early.serve(cardHolder(), "replacement");
        CHECK(early.refusal() == "oldCardNotReportedLost");
        CHECK(early.sent("APPLY.CREATE") == 0);
    }
    // Another bank's card is not replaced here.
    Outlet other(shangluo, SiteKind::bank);
    for (auto& [number, card] : other.kiosk.outside().province().cards) {
        if (card.socialNumber == lostCardHolder().number) card.bankCode = "B02";
    }
    other.serve(lostCardHolder(), "replacement");
    CHECK(sawScreen(other.kiosk.citizen(), "loss-other-bank"));
    CHECK(other.sent("APPLY.CREATE") == 0);

    for (const SiteKind site : {SiteKind::hrss, SiteKind::authorised}) {
        Outlet window(shangluo, site);
        window.look(lostCardHolder());
        CHECK(window.offers("loss-temporary"));
        CHECK_FALSE(window.offers("replacement"));
        CHECK(window.sent("APPLY.CREATE") == 0);
    }
}

TEST_CASE("in Changji a loss and its end are done at once, with an attendant each time") {
    Outlet outlet(changji, SiteKind::bank);
    outlet.serve(cardHolder(), "loss-temporary");
    CHECK(outlet.cardState() == "TEMP_LOST");
    CHECK(outlet.stoodBy() == 1);
    // No end is named, and the bank's side is told apart.
    CHECK(outlet.said("loss.lasts-on"));
    CHECK(outlet.said("loss.stops-social"));
    CHECK_FALSE(outlet.said("loss.both-blocked"));
    outlet.serve(cardHolder(), "loss-release");
    CHECK(outlet.cardState() == "NORMAL");
    CHECK(outlet.stoodBy() == 2);
    CHECK(ordersOf(outlet.kiosk) == "carriedOut, carriedOut");
    CHECK(outlet.kiosk.truth().lies() == Names{});
    for (const char* service : {"loss-temporary", "loss-release"}) {
        CAPTURE(std::string(service));
        Outlet alone(changji, SiteKind::bank);
        if (std::string_view(service) == "loss-release")
            alone.kiosk.outside().province().cards.at(cardAtStake).state = "TEMP_LOST";
        const std::string before = alone.cardState();
        int asked = 0;
        alone.kiosk.citizen().onScreen = [&](std::string_view name) {
            if (name == "attendant" && ++asked == 2)
                alone.kiosk.citizen().attendant = {screen::ActionKind::decline};
        };
        alone.serve(cardHolder(), service);
        CHECK(asked == 2);
        CHECK(alone.cardState() == before);
        CHECK(ordersOf(alone.kiosk) == "-");
    }
}

TEST_CASE("a card's state is asked alone, in Changji with somebody who looks at the card") {
    for (const char* region : {guangdong, shangluo, changji}) {
        CAPTURE(std::string(region));
        Outlet outlet(region, SiteKind::bank);
        outlet.serve(cardHolder(), "card-state");
        CHECK(noticesTold(outlet.kiosk.citizen(), "card-state") == Names{"card-state.normal"});
        CHECK(outlet.stoodBy() == (region == changji ? 1 : 0));
        CHECK(ordersOf(outlet.kiosk) == "-");
        // For anybody else's card the machine has no question: only whose document lies there.
        CHECK(outlet.sent("CARD.QUERY") == 1);
    }
}

// 疆内跨地区通办 (Changji 3.2): a machine of Changji, and a resident of Ürümqi with a card of
// there.
struct OfOtherPrefecture : Outlet {
    static constexpr const char* urumqi = "650100";

    static KioskSettings settings() {
        KioskSettings settings = under(changji, SiteKind::bank);
        settings.region.regionCode = "652300";
        settings.takesPins = true;
        return settings;
    }
    OfOtherPrefecture() : Outlet(settings()) {
        kiosk.outside().province().lossRule.linksBank = false;
        kiosk.outside().ownCard =
            kiosk.outside().cardOf(cardHolder(), cardAtStake, "3.00", "360271", {}, urumqi);
        kiosk.citizen().pins = {"360271", "582047", "582047"};
        for (const auto& holder : {cardHolder(), world::documents::resident()})
            kiosk.outside().province().persons.at(holder.number).regionOfRecord = urumqi;
        card().regionCode = urumqi;
    }
    world::Card& card() { return kiosk.outside().province().cards.at(cardAtStake); }
};

TEST_CASE("Changji serves a resident of another prefecture of the region like everybody") {
    struct Row {
        const char* service;
        const char* before;
        const char* after;
    };
    for (const Row& row :
         {Row{"loss-temporary", "NORMAL", "TEMP_LOST"}, Row{"loss-formal", "NORMAL", "FORMAL_LOST"},
          Row{"loss-release", "TEMP_LOST", "NORMAL"}, Row{"enable", "NOT_ENABLED", "NORMAL"},
          Row{"pin-change", "NORMAL", "NORMAL"}, Row{"replacement", "FORMAL_LOST", "CANCELLED"}}) {
        CAPTURE(std::string(row.service));
        OfOtherPrefecture outlet;
        outlet.card().state = row.before;
        outlet.serve(cardHolder(), row.service);
        CHECK(outlet.cardState() == row.after);
        CHECK(outlet.stoodBy() == 1);
        CHECK(outlet.refusal().empty());
        CHECK(outlet.kiosk.truth().lies() == Names{});
        if (row.service == std::string("pin-change"))
            CHECK(toHex(outlet.kiosk.outside().ownCard->memory().pin) == "582047");
    }
    OfOtherPrefecture outlet;
    outlet.serve(world::documents::resident(), "first-card");
    CHECK(cardsInBooks(outlet.kiosk) == "holder 1");
}

// 一人一卡清理 is Guangdong's (Art.8 step 4): elsewhere such a card is a card, and can be replaced.
TEST_CASE("who has a card of another city: to be cleared first in Guangdong, a card in Changji") {
    OfOtherPrefecture xinjiang;
    xinjiang.kiosk.outside().province().persons.at(cardHolder().number).regionOfRecord = "652300";
    xinjiang.serve(cardHolder(), "first-card");
    CHECK(sawScreen(xinjiang.kiosk.citizen(), "already-have"));
    CHECK(xinjiang.refusal().empty());
    Outlet elsewhere(guangdong, SiteKind::bank);
    elsewhere.kiosk.outside().province().cards.at(cardAtStake).regionCode = "440300";
    elsewhere.serve(cardHolder(), "first-card");
    CHECK(elsewhere.refusal() == "cardElsewhereInProvince");
    CHECK(cardsInBooks(elsewhere.kiosk) == cardsInBooks(xinjiang.kiosk));
}

TEST_CASE("who is of another province is told so in Changji, and offered nothing but the PIN") {
    OfOtherPrefecture outlet;
    world::Document stranger = cardHolder();
    stranger.number = world::withCheckCharacter(std::string("31000019790605001"));
    outlet.look(stranger);
    CHECK(outlet.said("error.40212.what"));
    for (const char* service : {"first-card", "loss-temporary", "replacement", "enable"}) {
        CAPTURE(std::string(service));
        CHECK_FALSE(outlet.offers(service));
    }
    CHECK(outlet.offers("pin-change"));
}

TEST_CASE("who waits for a card hears where to ask how far it is") {
    // Where the making is given up the application goes on.
    KioskSettings settings = under(guangdong, SiteKind::bank);
    settings.outside.faults = {"province.person-pending"};
    SimulatedKiosk kiosk(std::move(settings));
    addAttendant(kiosk);
    kiosk.citizen().attendant = attendantTypes();
    kiosk.serve();
    const auto pages = screensNamed(kiosk.citizen(), "already-have");
    REQUIRE_FALSE(pages.empty());
    const auto words = test::shownWords(pages.front());
    CHECK(std::ranges::any_of(
        words, [](const auto& one) { return one.phrase.key == "contact.progress"; }));
    CHECK(kiosk.truth().lies() == Names{});
}

// 提醒制卡进度查询的渠道 (Guangdong Art.8(5)): where the application is taken on and no card comes
// of it, too. Of what was never applied for there is nothing to ask.
TEST_CASE("who has applied and goes without a card hears where to ask how far it is") {
    for (const char* fault : {"chip.6581@name", "printer.misfeed", ""}) {
        CAPTURE(std::string(fault));
        const bool applied = *fault != '\0';
        KioskSettings settings = under(guangdong, SiteKind::bank);
        if (applied) settings.outside.faults = {fault};
        SimulatedKiosk kiosk(std::move(settings));
        addAttendant(kiosk);
        kiosk.citizen().attendant = attendantTypes();
        auto& persons = kiosk.outside().province().persons;
        persons.at(world::documents::resident().number).needsStaff = !applied;
        kiosk.serve();
        const auto pages = screensNamed(kiosk.citizen(), "problem");
        REQUIRE_FALSE(pages.empty());
        const auto words = test::shownWords(pages.back());
        CHECK(std::ranges::any_of(words, [](const auto& one) {
                  return one.phrase.key == "contact.progress";
              }) == applied);
        CHECK(kiosk.truth().lies() == Names{});
    }
}

}  // namespace
}  // namespace liqu::scenario
