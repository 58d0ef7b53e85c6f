// Books that are not what they were: yesterday's copy put back, a copy that goes on by itself, a
// province that was restored from a backup of its own, a folder that is gone while the kiosk runs.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>

#include "firmware/province/epoch.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;
namespace files = std::filesystem;
const TwoPeople twoPeople{"1003", "1001"};

int blanksInside(SimulatedKiosk& kiosk) {
    const world::CardPlaces places = kiosk.outside().printer->places();
    return static_cast<int>(places.hoppers.front().size());
}

// Long enough for a sign-in and for what it asks for.
void passTime(SimulatedKiosk& kiosk) {
    const Instant until = kiosk.outside().clock.now() + 20min;
    while (kiosk.outside().clock.now() < until) kiosk.turn();
    kiosk.settle();
}

bool isOutOfServiceBecauseOf(SimulatedKiosk& kiosk, ErrorCode code) {
    kiosk.turn();
    const auto& last = kiosk.citizen().seen.back().content;
    const auto* screen = std::get_if<screen::OutOfServiceScreen>(&last);
    return screen != nullptr && screen->reason == code;
}

void copyBooks(SimulatedKiosk& kiosk, const files::path& to) {
    kiosk.restart(
        [&] { files::copy_file(kiosk.books(), to, files::copy_options::overwrite_existing); });
}
void putBooksBack(SimulatedKiosk& kiosk, const files::path& from) {
    kiosk.restart([&] {
        files::copy_file(from, kiosk.books(), files::copy_options::overwrite_existing);
        files::remove(kiosk.books().string() + "-wal");
        files::remove(kiosk.books().string() + "-shm");
    });
}

// Somebody comes, and nothing is fed for them.
void checkNothingIsMade(SimulatedKiosk& kiosk) {
    const int before = blanksInside(kiosk);
    const std::size_t applications = kiosk.outside().province().applications.size();
    kiosk.serve(world::documents::foreigner2023());
    CHECK(blanksInside(kiosk) == before);
    CHECK(kiosk.outside().province().applications.size() == applications);
}

// The province's own backup is made in the moment before a message.
class BackedUpProvince final : public Seams, public ports::ProvinceLink {
  public:
    ports::ProvinceLink& line(ports::ProvinceLink& real) override {
        real_ = &real;
        return *this;
    }
    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        if (path == before && province != nullptr && !backup) backup = *province;
        return real_->exchange(path, envelope, patience);
    }
    std::string before = "/v1/ISSUE.REPORT";  // it is told of a card
    const world::Books* province = nullptr;
    std::optional<world::Books> backup;

  private:
    ports::ProvinceLink* real_ = nullptr;
};

// A line that can be away, and a machine whose power goes with one message.
class UnsteadyLine final : public Seams, public ports::ProvinceLink {
  public:
    ports::ProvinceLink& line(ports::ProvinceLink& real) override {
        real_ = &real;
        return *this;
    }
    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        if (path == powerGoesAt) throw PowerCut{};
        if (isAway) return fail(ErrorCode::provinceUnreachable, "away");
        return real_->exchange(path, envelope, patience);
    }
    std::string powerGoesAt;
    bool isAway = false;

  private:
    ports::ProvinceLink* real_ = nullptr;
};

std::string placesOf(SimulatedKiosk& kiosk) {
    const world::CardPlaces places = kiosk.outside().printer->places();
    return std::to_string(places.hoppers.front().size()) + " fed from, " +
           std::to_string(places.inside ? 1 : 0) + " inside, " +
           std::to_string(places.mouth ? 1 : 0) + " at the mouth, " +
           std::to_string(places.bin.size()) + " in the bin";
}

}  // namespace

TEST_CASE("yesterday's copy put back: nothing is made until two people and the province agree") {
    const test::Scratch aside;
    SimulatedKiosk kiosk;
    kiosk.serve(world::documents::resident());
    copyBooks(kiosk, aside.file("yesterday.db"));
    kiosk.serve(world::documents::permit());
    kiosk.settle();
    REQUIRE(ordersOf(kiosk) == "handedOver, handedOver");
    putBooksBack(kiosk, aside.file("yesterday.db"));
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    REQUIRE(ordersOf(kiosk) == "handedOver");

    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::booksNotNewest));
    checkNothingIsMade(kiosk);
    // What staff book now would go under a number the province has heard already.
    desk::StockDesk desk(kiosk.stock());
    const auto book = [&desk] {
        return desk.bookMissing("", custody::Place::hopper(1), "counted", twoPeople);
    };
    CHECK(book().error().code == ErrorCode::booksNotNewest);
    CHECK(desk.closeDay(twoPeople).error().code == ErrorCode::booksNotNewest);
    CHECK(kiosk.renewBooks(twoPeople).error().code == ErrorCode::booksNotNewest);
    CHECK(kiosk.renewBooks({"1003", "1003"}).error().code == ErrorCode::samePersonTwice);
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::booksNotNewest));

    kiosk.outside().province().terminals.at(terminalId).newEpochAllowed = true;
    REQUIRE(kiosk.renewBooks(twoPeople));
    kiosk.truth().mended();
    CHECK(kiosk.outside().province().terminals.at(terminalId).lastNumber() == 0);
    kiosk.serve(world::documents::foreigner2023());
    kiosk.settle();
    CHECK(ordersOf(kiosk) == "handedOver, handedOver");
    CHECK(outboxOf(kiosk).find("parked") == std::string::npos);
    // No business number was given twice, and the province finds nothing wrong with itself.
    CHECK(kiosk.outside().province().applications.size() == 3);
    CHECK(world::violations(kiosk.outside().province()) == Names{});
}

TEST_CASE("a backup that lacks nothing makes no card either, before the province has agreed") {
    SimulatedKiosk kiosk;
    kiosk.serve(world::documents::resident());
    kiosk.settle();
    kiosk.restart([&] {
        const auto books = storage::Database::open({kiosk.books().string(), "", false}).value();
        auto transaction = storage::Transaction::begin(*books).value();
        REQUIRE(province::noteRestored(transaction, kiosk.outside().clock.wallTime()));
        REQUIRE(transaction.commit());
    });
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::booksNotNewest));
    checkNothingIsMade(kiosk);
    CHECK(kiosk.renewBooks(twoPeople).error().code == ErrorCode::booksNotNewest);
    kiosk.outside().province().terminals.at(terminalId).newEpochAllowed = true;
    REQUIRE(kiosk.renewBooks(twoPeople));
    kiosk.serve(world::documents::foreigner2023());
    kiosk.settle();
    CHECK(ordersOf(kiosk) == "handedOver, handedOver");
}

TEST_CASE("a copy with something open settles nothing where the line is away at the start") {
    const test::Scratch aside;
    UnsteadyLine link;
    KioskSettings settings = shippedSettings();
    settings.seams = &link;
    SimulatedKiosk kiosk(settings);
    link.powerGoesAt = "/v1/PERSO.GET";
    REQUIRE(kiosk.serveUntilPowerCut(world::documents::resident()));
    link.powerGoesAt.clear();
    copyBooks(kiosk, aside.file("yesterday.db"));
    kiosk.settle();
    REQUIRE(ordersOf(kiosk) == "failed");
    // Since then the blank of another one is left at the station.
    link.powerGoesAt = "/v1/BLANK.RESERVE";
    REQUIRE(kiosk.serveUntilPowerCut(world::documents::permit()));
    link.powerGoesAt.clear();
    kiosk.restart();
    kiosk.settle();
    REQUIRE(cardsInBooks(kiosk) == "chip-station 1, reject-bin 1");
    const std::string before = placesOf(kiosk);

    link.isAway = true;
    putBooksBack(kiosk, aside.file("yesterday.db"));
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    kiosk.truth().breaks(&truth::Truth::lineFaults);
    for (int turn = 0; turn < 5; ++turn) kiosk.turn();
    CHECK(ordersOf(kiosk) == "open");
    CHECK(placesOf(kiosk) == before);
    link.isAway = false;
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::booksNotNewest));
    CHECK(ordersOf(kiosk) == "open");
    CHECK(placesOf(kiosk) == before);
}

TEST_CASE("where nothing may be settled yet a card at the mouth is taken in all the same") {
    UnsteadyLine link;
    KioskSettings settings = shippedSettings();
    settings.seams = &link;
    SimulatedKiosk kiosk(settings);
    kiosk.citizen().onScreen = [](std::string_view name) {
        if (name == "take-card") throw PowerCut{};
    };
    REQUIRE(kiosk.serveUntilPowerCut(world::documents::resident()));
    REQUIRE(kiosk.outside().printer->places().mouth);
    kiosk.citizen().onScreen = [](std::string_view) {};
    link.isAway = true;
    kiosk.truth().breaks(&truth::Truth::lineFaults);
    kiosk.restart();
    kiosk.turn();
    CHECK_FALSE(kiosk.outside().printer->places().mouth);
    CHECK(ordersOf(kiosk) == "open");
    link.isAway = false;
    kiosk.truth().mended();
    kiosk.settle();
    CHECK(ordersOf(kiosk) == "held");
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE("a copy that went on by itself is refused whichever of the two is further") {
    const test::Scratch aside;
    UnsteadyLine link;
    KioskSettings settings = shippedSettings();
    settings.seams = &link;
    SimulatedKiosk kiosk(settings);
    kiosk.serve(world::documents::resident());
    copyBooks(kiosk, aside.file("twin.db"));
    kiosk.serve(world::documents::permit());
    kiosk.settle();
    link.isAway = true;
    putBooksBack(kiosk, aside.file("twin.db"));
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    // Four facts of its own, one more than the other had: the numbers alone would do.
    desk::StockDesk desk(kiosk.stock());
    for (int act = 0; act < 4; ++act) {
        REQUIRE(desk.bookMissing("", custody::Place::hopper(1), "counted", twoPeople));
    }
    link.isAway = false;
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::booksNotNewest));
    checkNothingIsMade(kiosk);
    const auto& lines = kiosk.logLines();
    CHECK(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find("another fact under number") != std::string::npos ||
               line.find("does not take these books") != std::string::npos;
    }));
}

TEST_CASE("a province restored from its own backup is told again what it lost") {
    BackedUpProvince link;
    KioskSettings settings = shippedSettings();
    settings.seams = &link;
    SimulatedKiosk kiosk(settings);
    kiosk.serve(world::documents::resident());
    kiosk.settle();
    link.province = &kiosk.outside().province();
    kiosk.serve(world::documents::permit());
    kiosk.settle();
    REQUIRE(link.backup);
    const auto cardsBefore = kiosk.outside().province().cards;
    REQUIRE(link.backup->cards.size() + 1 == cardsBefore.size());

    kiosk.outside().province() = *link.backup;
    passTime(kiosk);
    CHECK(outboxOf(kiosk) == "delivered 6");
    CHECK(kiosk.outside().province().cards.size() == cardsBefore.size());
    CHECK(kiosk.outside().province().terminals.at(terminalId).lastNumber() ==
          *kiosk.database().number("SELECT max(terminal_seq) FROM outbox"));
    CHECK(kiosk.outside().province().terminals.at(terminalId).missingNumbers(100).empty());
    CHECK(disagreements(kiosk) == Names{});
    // And the next person is served.
    kiosk.serve(world::documents::foreigner2023());
    kiosk.settle();
    CHECK(ordersOf(kiosk) == "handedOver, handedOver, handedOver");
}

TEST_CASE("who has a card that a restored province does not count gets no second one") {
    struct Row {
        const char* before;
        const char* service;
        world::Document document;
    };
    for (const Row& row : {Row{"/v1/APPLY.CREATE", "first-card", world::documents::resident()},
                           Row{"/v1/BLANK.RESERVE", "first-card", world::documents::resident()},
                           Row{"/v1/APPLY.CREATE", "replacement", lostCardHolder()}}) {
        CAPTURE(std::string(row.before));
        CAPTURE(std::string(row.service));
        BackedUpProvince link;
        link.before = row.before;
        KioskSettings settings = shippedSettings();
        settings.seams = &link;
        SimulatedKiosk kiosk(settings);
        link.province = &kiosk.outside().province();
        kiosk.serve(row.document, row.service);
        kiosk.settle();
        REQUIRE(cardsInBooks(kiosk) == "holder 1");
        REQUIRE(link.backup);

        kiosk.outside().province() = *link.backup;
        passTime(kiosk);
        // No permit of it is known there: what is told of the card is refused.
        CHECK(outboxOf(kiosk) == "parked 1, queued 2");
        kiosk.citizen().seen.clear();
        kiosk.serve(row.document, row.service);
        const auto told = problemsTold(kiosk.citizen());
        REQUIRE(!told.empty());
        CHECK(nameOf(told.front().reason) == "cardNotCounted");
        CHECK(cardsInBooks(kiosk) == "holder 1");
        // Somebody else is served.
        kiosk.serve(world::documents::foreigner2023());
        CHECK(cardsInBooks(kiosk) == "holder 2");
    }
}

// Keeps a copy of the books from before the face, and takes the power away after it.
class CutBehindTheFace final : public Seams, public ports::ProvinceLink {
  public:
    ports::ProvinceLink& line(ports::ProvinceLink& real) override {
        real_ = &real;
        return *this;
    }
    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        if (path == "/v1/CARDAUTH.EXT" && !isCut) copy(books, aside);
        if (path == "/v1/ISSUE.ENABLE" && !std::exchange(isCut, true)) throw PowerCut{};
        return real_->exchange(path, envelope, patience);
    }
    static void copy(const files::path& from, const files::path& to) {
        for (const char* part : {"", "-wal"}) {
            files::copy_file(from.string() + part, to.string() + part,
                             files::copy_options::overwrite_existing);
        }
    }
    files::path books;
    files::path aside;
    bool isCut = false;

  private:
    ports::ProvinceLink* real_ = nullptr;
};

TEST_CASE("a card whose face the older books do not know is not printed a second time") {
    const test::Scratch aside;
    CutBehindTheFace link;
    KioskSettings settings = shippedSettings();
    settings.seams = &link;
    SimulatedKiosk kiosk(settings);
    link.books = kiosk.books();
    link.aside = aside.file("before.db");
    REQUIRE(kiosk.serveUntilPowerCut(world::documents::resident()));
    kiosk.restart([&] { CutBehindTheFace::copy(link.aside, link.books); });
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::booksNotNewest));
    kiosk.outside().province().terminals.at(terminalId).newEpochAllowed = true;
    REQUIRE(kiosk.renewBooks(twoPeople));
    kiosk.truth().mended();
    kiosk.settle();
    CHECK(ordersOf(kiosk) == "staffLook");
    CHECK(cardsInBooks(kiosk) == "hold-bin 1");
    const world::CardPlaces places = kiosk.outside().printer->places();
    REQUIRE(places.bin.size() == 1);
    CHECK(places.bin.front().hasWholeFace());
}

TEST_CASE("the folder of the books is gone while the kiosk runs: nothing is fed") {
    SimulatedKiosk kiosk;
    kiosk.serve(world::documents::resident());
    kiosk.settle();
    const auto folder = kiosk.books().parent_path();
    const auto away = files::path(folder.string() + "-away");
    files::rename(folder, away);
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::booksGone));
    checkNothingIsMade(kiosk);
    files::rename(away, folder);
    kiosk.truth().mended();
    kiosk.serve(world::documents::foreigner2023());
    kiosk.settle();
    CHECK(ordersOf(kiosk) == "handedOver, handedOver");
    CHECK(disagreements(kiosk) == Names{});
}

TEST_CASE(
    "an open order that cannot be read keeps the machine closed, and the log says why, once") {
    SimulatedKiosk kiosk;
    kiosk.truth().breaks(&truth::Truth::diskFaults);
    auto hurt = storage::Transaction::begin(kiosk.database()).value();
    REQUIRE(
        hurt.run("INSERT INTO orders(order_id, opened_at, service, holder_digest, lane, state, "
                 "personalisation_sealed) VALUES('T-000017-20240101-000001', 1700000000000, "
                 "'firstCard', 'd', 1, 'open', x'00')"));
    REQUIRE(hurt.commit());
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::sealBroken));
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::sealBroken));
    CHECK(std::ranges::count_if(kiosk.logLines(), [](const std::string& line) {
              return line.find("cannot be settled") != std::string::npos &&
                     line.find("sealBroken") != std::string::npos;
          }) == 1);
}

TEST_CASE("the daily look at the books keeps a machine with a damaged index out of service") {
    SimulatedKiosk kiosk(oneOfMany());
    int looks = 0;
    kiosk.verifyBooksWith([&]() -> Result<void> {
        ++looks;
        if (looks < 2) return {};
        kiosk.truth().breaks(&truth::Truth::diskFaults);
        return fail(ErrorCode::storageDamaged, "row 2 missing from index cards_by_place");
    });
    const auto waitDay = [&kiosk] {
        const Instant until = kiosk.outside().clock.now() + 25h;
        while (kiosk.outside().clock.now() < until) kiosk.turn();
    };
    waitDay();
    CHECK(looks == 1);
    CHECK_FALSE(isOutOfServiceBecauseOf(kiosk, ErrorCode::storageDamaged));
    waitDay();
    CHECK(looks == 2);
    CHECK(isOutOfServiceBecauseOf(kiosk, ErrorCode::storageDamaged));
}

}  // namespace liqu::scenario
