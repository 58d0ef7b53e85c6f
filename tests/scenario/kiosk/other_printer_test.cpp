// Another maker's printer: it counts nothing, has two bins, and does not see into its hopper. What
// the counters would have told stays in doubt, and nobody guesses in their place. And a third one,
// that counts and prints both sides.
#include <doctest/doctest.h>
#include <utility>

#include "firmware/base/assert.hpp"
#include "firmware/base/whole_file.hpp"
#include "firmware/custody/exchange.hpp"
#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"
#include "tests/support/scratch.hpp"
#include "ui/paper/card_face.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using ports::Bin;
using ports::UnitStatus;
using Names = std::vector<std::string>;

// What it says beside the real printer's words, and what it was told.
struct Habits {
    UnitStatus retainBin = UnitStatus::notSupported;
    UnitStatus rejectBin = UnitStatus::ok;
    UnitStatus hopper = UnitStatus::notSupported;
    std::vector<Bin> discarded = {};
    // The power goes after it was decided to feed, and before the printer hears of it.
    bool cutBeforeFeed = false;
    // … once the card is at the mouth, and before the books hear of it; and once more before it is
    // taken back.
    bool cutAtMouth = false;
    bool cutBeforeTakeBack = false;
    // It turns the card over, and counts.
    bool twoSided = false;
    std::uint32_t backsPrinted = 0;
    bool cutAfterPrint = false;
};

// Five panels, and black on the back.
class TwoSides final : public ports::PreparedFace {
  public:
    explicit TwoSides(std::unique_ptr<ports::PreparedFace> front) : front_(std::move(front)) {}
    const ports::PreparedFace& front() const { return *front_; }
    std::uint32_t panels() const override { return front_->panels() + 1; }

  private:
    std::unique_ptr<ports::PreparedFace> front_;
};

class OtherPrinter final : public ports::CardPrinter {
  public:
    OtherPrinter(ports::CardPrinter& real, Habits& habits) : real_(real), habits_(habits) {}

    Result<ports::PrinterIdentity> identify() override { return real_.identify(); }
    Result<ports::PrinterStatus> status() override {
        auto status = TRY(real_.status());
        status.retainBin = habits_.retainBin;
        status.rejectBin = habits_.rejectBin;
        status.hoppers = {habits_.hopper};
        status.ribbon = {};
        return status;
    }
    Result<ports::PrintCounters> counters() override {
        if (!habits_.twoSided) return ports::PrintCounters{};
        ports::PrintCounters counted = TRY(real_.counters());
        counted.panelsPrinted = *counted.panelsPrinted + habits_.backsPrinted;
        return counted;
    }
    Result<bool> idle() override { return real_.idle(); }
    Result<void> feedToChip(ports::LaneNumber lane) override {
        if (std::exchange(habits_.cutBeforeFeed, false)) throw PowerCut{};
        return real_.feedToChip(lane);
    }
    Result<void> moveToChip() override { return real_.moveToChip(); }
    Result<std::unique_ptr<ports::PreparedFace>> prepare(const ports::CardFace& face) override {
        if (!habits_.twoSided) return real_.prepare(face);
        if (!face.back) return fail(ErrorCode::printerRefusedCommand, "no back came");
        ports::CardFace front{{face.rgb, face.black, face.overlay}, {}};
        return std::make_unique<TwoSides>(TRY(real_.prepare(front)));
    }
    Result<void> print(const ports::PreparedFace& face,
                       const std::function<void(ports::PrintProgress)>& onProgress) override {
        if (!habits_.twoSided) return real_.print(face, onProgress);
        TRY(real_.print(static_cast<const TwoSides&>(face).front(), onProgress));
        ++habits_.backsPrinted;
        if (std::exchange(habits_.cutAfterPrint, false)) throw PowerCut{};
        return {};
    }
    Result<ports::PresentOutcome> present(const std::function<void()>& atMouth,
                                          const std::function<Instant()>& patienceEnd,
                                          const std::stop_token& stop) override {
        if (!std::exchange(habits_.cutAtMouth, false))
            return real_.present(atMouth, patienceEnd, stop);
        return real_.present([] { throw PowerCut{}; }, patienceEnd, stop);
    }
    Result<void> takeBack() override {
        if (std::exchange(habits_.cutBeforeTakeBack, false)) throw PowerCut{};
        return real_.takeBack();
    }
    Result<void> discard(Bin bin) override {
        habits_.discarded.push_back(bin);
        return real_.discard(bin);
    }
    Result<void> reset() override { return real_.reset(); }
    Result<void> clean() override { return real_.clean(); }

  private:
    ports::CardPrinter& real_;
    Habits& habits_;
};

// The shipped layout, and its holder's number on the back.
std::unique_ptr<ports::CardFaceRenderer> facesWithBack() {
    const std::string shipped = LIQU_SOURCE_DIR "/kiosk-config/";
    const test::Scratch scratch;
    std::string text(textOf(readWholeFile(shipped + "card-faces/third-generation.toml").value()));
    text += "[[back.text]]\ntext = \"{socialNumber}\"\nx = 10\ny = 10\nwidth = 40\n";
    LIQU_ASSERT(writeWholeFile(scratch.file("face.toml"), bytesOf(text)).has_value());
    return ui::makeCardFaceRenderer(scratch.file("face.toml"), shipped + "fonts/fonts.conf")
        .value();
}

struct OtherMaker : Seams {
    ports::CardPrinter& printer(ports::CardPrinter& real) override {
        other = std::make_unique<OtherPrinter>(real, habits);
        return *other;
    }
    ports::CardFaceRenderer* renderer() override { return faces.get(); }
    Habits habits;
    std::unique_ptr<OtherPrinter> other;
    std::unique_ptr<ports::CardFaceRenderer> faces;  // null: the usual one
};

std::string openStepOf(SimulatedKiosk& kiosk) {
    const auto rows = kiosk.database()
                          .query(
                              "SELECT step FROM journal WHERE entry = "
                              "(SELECT max(entry) FROM journal) AND phase = 'intent'")
                          .value();
    return rows.empty() ? "" : rows[0].text(0);
}

bool isLaneStopped(SimulatedKiosk& kiosk) {
    return custody::laneStopped(kiosk.database(), 1).value().has_value();
}

struct OtherKiosk {
    explicit OtherKiosk(Names faults = {}, Habits habits = {})
        : kiosk([&] {
              seams.habits = std::move(habits);
              if (seams.habits.twoSided) seams.faces = facesWithBack();
              KioskSettings settings = oneOfMany(std::move(faults));
              settings.seams = &seams;
              return settings;
          }()) {}

    // The step whose intent is open in the books.
    std::string openStep() { return openStepOf(kiosk); }
    bool laneIsStopped() { return isLaneStopped(kiosk); }

    OtherMaker seams;
    SimulatedKiosk kiosk;
};

Duration lengthOfVisit() {
    OtherKiosk other;
    const Instant begin = other.kiosk.outside().clock.now();
    other.kiosk.serve();
    other.kiosk.settle();
    CHECK(cardsInBooks(other.kiosk) == "holder 1");
    CHECK(disagreements(other.kiosk) == Names{});
    CHECK(other.seams.habits.discarded.empty());
    return other.kiosk.outside().clock.now() - begin;
}

TEST_CASE("killed at any moment without counters: people look at what only they could tell") {
    const Duration whole = lengthOfVisit();
    int looked = 0;
    for (Duration after = 500ms; after < whole; after += 700ms) {
        OtherKiosk other;
        SimulatedKiosk& kiosk = other.kiosk;
        CAPTURE(after.count());
        kiosk.cutPowerAt(kiosk.outside().clock.now() + after);
        if (!kiosk.serveUntilPowerCut(world::documents::resident())) continue;
        const std::string step = other.openStep();
        CAPTURE(step);
        kiosk.restart();
        kiosk.settle();
        CHECK(disagreements(kiosk) == Names{});
        const std::string orders = ordersOf(kiosk);
        CHECK(orders.find("open") == std::string::npos);
        // A face that may be whole is in the hold bin, and two people say what it is.
        if (step == "print") {
            CHECK(orders == "staffLook");
            CHECK(cardsInBooks(kiosk) == "hold-bin 1");
            CHECK(other.seams.habits.discarded == std::vector{Bin::retain});
            ++looked;
        }
        // A blank that is inside was fed.
        CHECK_FALSE(other.laneIsStopped());
    }
    CHECK(looked > 5);
}

TEST_CASE("told to feed, and empty: the lane stands still until it is counted") {
    OtherKiosk other({}, {.cutBeforeFeed = true});
    SimulatedKiosk& kiosk = other.kiosk;
    REQUIRE(kiosk.serveUntilPowerCut(world::documents::resident()));
    CHECK(other.openStep() == "feed");
    const auto left = kiosk.outside().printer->places().hoppers.front().size();
    kiosk.restart();
    kiosk.settle();
    CHECK(other.laneIsStopped());
    CHECK(ordersOf(kiosk) == "resumable");
    CHECK(cardsInBooks(kiosk) == "-");
    CHECK(disagreements(kiosk) == Names{});
    CHECK(standing(kiosk) == "laneStopped");
    kiosk.serve(world::documents::permit());
    CHECK(kiosk.outside().printer->places().hoppers.front().size() == left);
}

TEST_CASE("a blank that hands took after a cut stops its lane where no counter misses it") {
    int taken = 0;
    for (Duration after = 4s; after < 40s; after += 300ms) {
        OtherKiosk other;
        SimulatedKiosk& kiosk = other.kiosk;
        CAPTURE(after.count());
        kiosk.cutPowerAt(kiosk.outside().clock.now() + after);
        if (!kiosk.serveUntilPowerCut(world::documents::resident())) continue;
        if (other.openStep() != "feed") continue;
        bool gone = false;
        kiosk.restart([&] {
            kiosk.outside().clock.sleepFor(10s);
            gone = kiosk.outside().printer->carryOff();
        });
        kiosk.settle();
        if (!gone) continue;
        ++taken;
        // Neither called missing nor fed again.
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK(other.laneIsStopped());
        const auto left = kiosk.outside().printer->places().hoppers.front().size();
        kiosk.serve(world::documents::permit());
        CHECK(kiosk.outside().printer->places().hoppers.front().size() == left);
        CHECK(standing(kiosk) == "laneStopped");
    }
    CHECK(taken > 0);
}

TEST_CASE("a card that hands took from the mouth between two cuts is not in the bin") {
    for (const bool taken : {false, true}) {
        CAPTURE(taken);
        OtherKiosk other({}, {.cutAtMouth = true, .cutBeforeTakeBack = true});
        SimulatedKiosk& kiosk = other.kiosk;
        REQUIRE(kiosk.serveUntilPowerCut(world::documents::resident()));
        REQUIRE(kiosk.outside().printer->cardAtMouth() != nullptr);
        REQUIRE(cardsInBooks(kiosk).find("mouth") == std::string::npos);
        const auto startAgain = [&kiosk] {
            kiosk.restart();
            kiosk.settle();
        };
        REQUIRE_THROWS_AS(startAgain(), PowerCut);
        REQUIRE(kiosk.database()
                    .number("SELECT count(*) FROM journal WHERE step = 'hold' AND phase = 'intent'")
                    .value() == 1);
        if (taken) REQUIRE(kiosk.outside().printer->take(kiosk.outside().clock.now()));
        startAgain();
        kiosk.settle();
        CHECK(cardsInBooks(kiosk) == (taken ? "holder 1" : "hold-bin 1"));
        CHECK(disagreements(kiosk) == Names{});
    }
}

TEST_CASE("counters that went with the power do not say that nothing was fed") {
    int taken = 0;
    for (Duration after = 4s; after < 40s; after += 300ms) {
        SimulatedKiosk kiosk;
        CAPTURE(after.count());
        kiosk.cutPowerAt(kiosk.outside().clock.now() + after);
        if (!kiosk.serveUntilPowerCut(world::documents::resident())) continue;
        if (openStepOf(kiosk) != "feed") continue;
        bool gone = false;
        kiosk.restart([&] {
            kiosk.outside().clock.sleepFor(10s);
            gone = kiosk.outside().printer->carryOff();
            kiosk.outside().printer->forgetCounters();
        });
        kiosk.settle();
        if (!gone) continue;
        ++taken;
        CHECK(cardsInBooks(kiosk) == "-");
        CHECK(isLaneStopped(kiosk));
    }
    CHECK(taken > 0);
}

TEST_CASE("a print that failed without counters is reported as an unknown face") {
    OtherKiosk other({"printer.ribbon-end@cyan"});
    other.kiosk.serve();
    other.kiosk.settle();
    CHECK(cardsInBooks(other.kiosk) == "reject-bin 1");
    CHECK(ordersOf(other.kiosk) == "failed");
    CHECK(disagreements(other.kiosk) == Names{});
    CHECK(other.seams.habits.discarded.back() == Bin::reject);
}

TEST_CASE("two bins: what waits for its holder goes into the one, what is spoiled into the other") {
    OtherKiosk notTaken({"printer.card-not-taken"});
    notTaken.kiosk.serve();
    notTaken.kiosk.settle();
    CHECK(cardsInBooks(notTaken.kiosk) == "hold-bin 1");
    CHECK(notTaken.seams.habits.discarded == std::vector{Bin::retain});

    OtherKiosk foreign({"chip.foreign"});
    foreign.kiosk.serve();
    foreign.kiosk.settle();
    CHECK(cardsInBooks(foreign.kiosk) == "holder 1, reject-bin 1");
    CHECK(foreign.seams.habits.discarded == std::vector{Bin::reject});
}

TEST_CASE("both sides are printed, and a recovery knows how many panels a whole face has") {
    OtherKiosk whole({}, {.twoSided = true});
    whole.kiosk.serve();
    whole.kiosk.settle();
    CHECK(cardsInBooks(whole.kiosk) == "holder 1");
    CHECK(whole.seams.habits.backsPrinted == 1);

    OtherKiosk cut({}, {.twoSided = true, .cutAfterPrint = true});
    REQUIRE(cut.kiosk.serveUntilPowerCut(world::documents::resident()));
    CHECK(cut.openStep() == "print");
    cut.kiosk.restart();
    cut.kiosk.settle();
    // Six panels more: nobody has to look.
    CHECK(ordersOf(cut.kiosk) == "held");
    CHECK(cardsInBooks(cut.kiosk) == "hold-bin 1");
    CHECK(disagreements(cut.kiosk) == Names{});

    // One side only: five panels more than before are not the whole of it.
    OtherKiosk half({}, {.twoSided = true, .cutAfterPrint = true});
    REQUIRE(half.kiosk.serveUntilPowerCut(world::documents::resident()));
    half.seams.habits.backsPrinted = 0;
    half.kiosk.restart();
    half.kiosk.settle();
    CHECK(ordersOf(half.kiosk) == "staffLook");
}

TEST_CASE("either bin full keeps the machine closed; nearly full, or no sensor, does not") {
    const auto says = [](Habits habits) {
        OtherKiosk other;
        other.kiosk.truth().breaks(&truth::Truth::printerFaults);
        other.seams.habits = std::move(habits);
        return standing(other.kiosk);
    };
    CHECK(says({.retainBin = UnitStatus::full}) == "holdBinFull");
    CHECK(says({.rejectBin = UnitStatus::full}) == "rejectBinFull");
    CHECK(says({.hopper = UnitStatus::empty}) == "hopperEmpty");
    CHECK(says({.retainBin = UnitStatus::high,
                .rejectBin = UnitStatus::unknown,
                .hopper = UnitStatus::low}) == "welcome");
}

// Two banks' cards: on the face of the other lane the name would fit, on this one's it does not.
struct NarrowFace final : ports::CardFaceRenderer {
    Result<void> checkText(const card::FaceItems&) override {
        return fail(ErrorCode::faceTextDoesNotFit, "at the least size");
    }
    Result<void> checkPortrait(ByteView) override { return {}; }
    Result<ports::CardFace> render(const card::FaceItems&) override {
        return fail(ErrorCode::faceTextDoesNotFit, "at the least size");
    }
    Result<ports::CardFace> renderTestFace() override { return render({}); }
};
struct FacesOfTwoBanks final : ports::CardFaceRenderer {
    Result<void> checkText(const card::FaceItems&) override { return {}; }
    Result<void> checkPortrait(ByteView) override { return {}; }
    Result<ports::CardFace> render(const card::FaceItems& items) override {
        return ofLane(1).render(items);
    }
    Result<ports::CardFace> renderTestFace() override { return ofLane(1).renderTestFace(); }
    ports::CardFaceRenderer& ofLane(ports::LaneNumber) override { return narrow; }
    NarrowFace narrow;
};
struct TwoBanks final : Seams {
    ports::CardFaceRenderer* renderer() override { return &faces; }
    FacesOfTwoBanks faces;
};

TEST_CASE("a name that this lane's face cannot take is known before a blank is fed") {
    TwoBanks seams;
    KioskSettings settings = shippedSettings();
    settings.seams = &seams;
    SimulatedKiosk kiosk(std::move(settings));
    kiosk.truth().breaks(&truth::Truth::documentBad);
    const auto blanks = kiosk.outside().printer->places().hoppers.front().size();
    kiosk.serve();
    kiosk.settle();
    const auto told = problemsTold(kiosk.citizen());
    REQUIRE_FALSE(told.empty());
    CHECK(nameOf(told.front().reason) == "faceTextDoesNotFit");
    CHECK(kiosk.outside().printer->places().hoppers.front().size() == blanks);
    CHECK(applicationsAtProvince(kiosk) == "-");
}

// Its fonts are what only the first card would wait for.
struct CountedFaces final : Seams {
    ports::CardFaceRenderer* renderer() override { return &faces; }
    struct : ports::CardFaceRenderer {
        Result<void> checkText(const card::FaceItems&) override { return {}; }
        Result<void> checkPortrait(ByteView) override { return {}; }
        Result<ports::CardFace> render(const card::FaceItems&) override {
            return fail(ErrorCode::faceTextDoesNotFit, "none is drawn here");
        }
        Result<ports::CardFace> renderTestFace() override {
            ++drawn;
            return fail(ErrorCode::faceTextDoesNotFit, "none is drawn here");
        }
        int drawn = 0;
    } faces;
};

TEST_CASE(
    "a face is drawn while nobody is there, once, and the kiosk serves whatever became of it") {
    CountedFaces seams;
    KioskSettings settings = shippedSettings();
    settings.seams = &seams;
    SimulatedKiosk kiosk(std::move(settings));
    CHECK(seams.faces.drawn == 0);
    for (int round = 0; round < 3; ++round) {
        CHECK(standing(kiosk) == "welcome");
        CHECK(seams.faces.drawn == 1);
    }
}

}  // namespace
}  // namespace liqu::scenario
