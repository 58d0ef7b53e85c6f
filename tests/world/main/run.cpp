#include "tests/world/main/run.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <set>

#include "tests/world/evidence/kiosk_books.hpp"
#include "tests/world/main/child_process.hpp"
#include "tests/world/main/citizen_hands.hpp"
#include "tests/world/main/counter_scene.hpp"
#include "tests/world/main/holder_traces.hpp"
#include "tests/world/main/kiosk_folder.hpp"
#include "tests/world/main/last_word.hpp"
#include "tests/world/main/many_people.hpp"
#include "tests/world/main/outside_world.hpp"
#include "tests/world/main/run_evidence.hpp"
#include "tests/world/main/small_disk.hpp"
#include "tests/world/main/truth_record.hpp"
#include "tests/world/main/voice_end.hpp"
#include "tests/world/privacy/places.hpp"
#include "tests/world/robot/citizen.hpp"

namespace liqu::world {
namespace {

namespace files = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration longestVisit = seconds(300);
// After the visit the outbox may still be sending, a card may still be on its way to a bin.
constexpr Duration settlePatience = seconds(12);
constexpr Duration cardPatience = seconds(20);
constexpr Duration endPatience = seconds(40);
constexpr Duration tracesGoneAfter = seconds(1);
constexpr int exitTracesLeft = 4;

std::atomic<bool> stopAsked = false;

void askToStop(int) {
    stopAsked = true;
}

void say(const std::string& line) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

// A display to draw on: the person's own, or a private one.
struct Window {
    std::unique_ptr<test::PrivateDisplay> display;
    int width = 1080;
    int height = 1920;
};

Result<Window> openWindow(const RunOptions& options) {
    Window window;
    const bool personsOwn =
        !options.robot && options.people == 0 && std::getenv("DISPLAY") != nullptr;
    // Small enough for the screen of a person's computer.
    if (personsOwn) {
        window.width = 640;
        window.height = 1000;
    }
    if (options.landscape) {
        window.width = personsOwn ? 1280 : 1920;
        window.height = personsOwn ? 720 : 1080;
    }
    if (!personsOwn) {
        window.display = TRY(test::PrivateDisplay::start(window.width, window.height));
    }
    return window;
}

class Run {
  public:
    explicit Run(RunOptions options) : options_(std::move(options)) {}

    Result<int> play() {
        TRY(prepareFolder());
        for (const std::string& verb : options_.faults) {
            if (!isLegacyFault(verb)) TRY(faults_.arm(verb));
        }
        if (!options_.visit->fault.empty()) TRY(faults_.arm(options_.visit->fault));
        TRY(prepareDisk());
        window_ = TRY(openWindow(options_));
        say("Starting the world: province, chip station, ID reader, card printer");
        world_ = TRY(OutsideWorld::start(options_, faults_));
        if (world_->legacy() != nullptr) say("The older province: " + world_->legacy()->url());
        TRY(prepareKiosk());
        TRY(startKiosk());
        const bool headless = window_.display != nullptr;
        if (options_.people > 0) return serveMany();
        if (!options_.robot) return headless ? showVisits() : servePerson();
        playVisit();
        serveAtCounter();
        if (options_.searchTraces) TRY(searchRunningKiosk());
        if (disk_) disk_->makeRoom();
        // What a full disk stopped is gone on with after a restart.
        if (!settle() && disk_) TRY(restartKiosk());
        endKiosk();
        truth_->stopLooking();
        if (disk_) TRY(disk_->keepContents());
        if (options_.searchTraces) TRY(searchWhatItWrote());
        TRY(keepEvidence());
        const int judged = TRY(askJudge());
        return judged == 0 && tracesLeft_ ? exitTracesLeft : judged;
    }

    // Whatever became of it: the last line of a robot's run.
    void tellEnd(const Result<int>& code) {
        if (!options_.robot) return;
        RunEnd end;
        end.code = code.value_or(1);
        end.takenBack = counter_ && counter_->act == "takeBackWrong";
        for (const std::string& screen : report_.screens) {
            end.cameIntoService = end.cameIntoService || !isShut(screen);
        }
        end.reason = report_.reason;
        const auto strings = kiosk_.strings / "en.toml";
        end.reasonInWords = end.reason.empty() ? wordsOfKey(strings, report_.found)
                                               : wordsOfCode(strings, end.reason);
        end.trouble = code ? report_.trouble : describe(code.error());
        for (const ArmedFault& one : faults_.armed()) {
            const std::string place = one.place.empty() ? "" : "@" + one.place;
            (one.fired > 0 ? end.happened : end.missing)
                .push_back(std::string(verbOf(one.fault)) + place);
        }
        say(lastWord(end));
    }

  private:
    static bool isShut(const std::string& screen) {
        return screen == "starting" || screen == "recovering" || screen == "out-of-service";
    }

    Result<void> prepareFolder() {
        if (options_.out.empty()) {
            std::string pattern = (files::temp_directory_path() / "liqu-world-XXXXXX").string();
            if (::mkdtemp(pattern.data()) == nullptr) {
                return fail(ErrorCode::fileNotWritable, pattern);
            }
            options_.out = pattern;
        }
        options_.out = files::absolute(options_.out);
        std::error_code error;
        files::create_directories(options_.out / "screens", error);
        if (error) return fail(ErrorCode::fileNotWritable, options_.out.string());
        if (files::exists(options_.out / "kiosk")) {
            return fail(ErrorCode::fileNotWritable,
                        options_.out.string() + " holds an earlier run; choose another folder");
        }
        return {};
    }

    // Mounted before the world's threads begin, which would not see it.
    Result<void> prepareDisk() {
        const auto armed = faults_.armed();
        const bool wanted = std::any_of(armed.begin(), armed.end(), [](const ArmedFault& one) {
            return one.fault == Fault::kioskDiskFull;
        });
        if (!wanted) return {};
        const files::path data = KioskFolder{options_.out / "kiosk"}.data();
        std::error_code error;
        files::create_directories(data, error);
        if (error) return fail(ErrorCode::fileNotWritable, data.string());
        disk_ = TRY(SmallDisk::mountOver(data));
        return {};
    }

    // A kiosk that has not opened its books yet has nothing to lose.
    void fillDisk(const std::string& screen) {
        if (!disk_ || screen == "starting") return;
        if (!faults_.strikes(Fault::kioskDiskFull, screen)) return;
        disk_->fill();
        say("The kiosk's disk is full");
    }

    bool cardIsOut() {
        const CardPlaces places = world_->printer().places();
        return places.inside || places.mouth;
    }

    void endVoice() {
        if (!killVoiceOf(process_->pid())) trouble("there was no voice to be killed");
    }

    // As a service manager does it, while a card is neither in the hopper nor with anybody.
    void stopInTheMiddle() {
        if (std::exchange(stopped_, true)) return;
        SystemClock clock;
        const Instant until = clock.now() + cardPatience;
        while (!cardIsOut() && clock.now() < until) clock.sleepFor(milliseconds(20));
        if (!cardIsOut()) return trouble("no card was out when the kiosk was to be stopped");
        say("The kiosk is told to end, with a card at " + placeOfCardOut());
        truth_->kioskStops();
        const int code = process_->end(endPatience);
        if (code != 0) return trouble(fmt::format("told to end, it ended with code {}", code));
        if (const auto started = startKiosk(); !started) trouble(describe(started.error()));
    }

    std::string placeOfCardOut() {
        const CardPlaces places = world_->printer().places();
        return places.inside ? places.insidePlace() : "the mouth";
    }

    void trouble(const std::string& what) {
        if (trouble_.empty()) trouble_ = what;
        say(what);
    }

    Result<void> restartKiosk() {
        say("Room is made on the disk, and the kiosk started again");
        endKiosk();
        TRY(startKiosk());
        settle();
        return {};
    }

    Result<void> prepareKiosk() {
        KioskSettings settings;
        settings.configDir = options_.configDir;
        settings.region = options_.region;
        settings.sound = options_.sound;
        settings.provinceUrl = world_->provinceUrl();
        if (world_->legacy() != nullptr) settings.older = world_->legacy()->line(options_);
        settings.chipReader = OutsideWorld::chipReaderSlot;
        settings.site = options_.site;
        if (world_->ownCard() != nullptr) settings.cardSlot = OutsideWorld::cardSlot;
        if (world_->fees() != nullptr) settings.paymentUrl = world_->fees()->url();
        settings.width = window_.width;
        settings.height = window_.height;
        settings.patience = options_.patience;
        settings.pki = world_->pki();
        kiosk_ = TRY(writeKioskFolder(options_.out / "kiosk", settings));
        world_->province().look([&](Books& books) {
            books.lossRule = kiosk_.lossRule;
            if (options_.visit->before != nullptr) options_.visit->before(books);
            registerPeople(books, options_.people);
        });
        TRY(makeBooks(kiosk_, options_.kioskProgram));
        const auto blanks = world_->hopperLoad(0);
        say(fmt::format("Loading the books: {} blank cards, {} to {}", blanks.size(),
                        blanks.front().cardNumber, blanks.back().cardNumber));
        TRY(callKiosk({"stock", "load", "--config", kiosk_.config().string(), "--data",
                       kiosk_.data().string(), "--lane", "1", "--first", blanks.front().cardNumber,
                       "--last", blanks.back().cardNumber, "--operator", "S-0101",
                       "--second-operator", "S-0102"}));
        if (options_.visit->counter != CounterPlan::none || options_.people > 0)
            TRY(addBranch(kiosk_));
        return addAttendant(kiosk_);
    }

    Result<void> callKiosk(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), options_.kioskProgram.string());
        auto process = TRY(ChildProcess::start(arguments, kiosk_.output()));
        const auto code = process.waitForEnd(seconds(30));
        if (code == 0) return {};
        return fail(ErrorCode::configBadValue,
                    "liqu " + arguments[1] + " failed; see " + kiosk_.output().string());
    }

    Result<void> startKiosk() {
        say("Starting the kiosk");
        // A robot's machine has no sound card.
        if (options_.robot && options_.sound) ::setenv("SDL_AUDIODRIVER", "dummy", 0);
        if (truth_ == nullptr) {
            truth_ =
                std::make_unique<TruthRecord>(*world_, faults_, shownFile(), kiosk_.database());
        }
        truth_->kioskStarts();
        process_ = std::make_unique<ChildProcess>(TRY(ChildProcess::start(
            {options_.kioskProgram.string(), "kiosk", "--config", kiosk_.config().string(),
             "--data", kiosk_.data().string(), "--screen-map", kiosk_.screenMap().string(),
             "--transcript", kiosk_.transcript().string(), "--windowed"},
            kiosk_.output())));
        return {};
    }

    // As the window names it.
    files::path shownFile() const {
        files::path path = kiosk_.screenMap();
        return path += ".shown";
    }

    bool kioskLives() { return !stopAsked && !process_->exitCode(); }

    CitizenReport sendCitizen(const Document& document, std::string_view service,
                              std::string_view leavesAt = {}) {
        CitizenPlan plan;
        plan.document = document;
        plan.service = service;
        plan.leavesAt = leavesAt;
        plan.pins = options_.visit->pins;
        plan.attendant = {attendantNumber, attendantPin};
        plan.screensBefore = report_.screens;
        plan.language = options_.language;
        plan.listens = options_.sound;
        plan.speed = options_.speed;
        plan.byKeys = options_.byKeys;
        plan.seed = options_.seed;
        plan.screenMap = kiosk_.screenMap();
        if (options_.people == 0) plan.pictures = options_.out / "screens";
        Citizen citizen({*window_.display, world_->idReader(), world_->printer(), faults_,
                         [this](Instant begin, Instant end) {
                             world_->busyTimes().add(BusyPart::person, begin, end);
                         },
                         [this] { return kioskLives(); },
                         [this](const std::string& screen) {
                             fillDisk(screen);
                             if (screen == options_.stopAt) stopInTheMiddle();
                             if (screen == options_.voiceDiesAt) endVoice();
                         },
                         [this](const std::string& screen, const std::string& id) {
                             truth_->touched(screen, id);
                         },
                         ownCardInHand()},
                        plan);
        return citizen.visit(longestVisit);
    }

    // Empty hands where they bring none.
    CitizensOwnCard ownCardInHand() {
        OwnCard* card = world_->ownCard();
        if (card == nullptr) return {};
        return {[card] { card->putIn(); }, [card] { card->takeOut(); }, [card] { card->handIn(); },
                [card] { return card->isInSlot(); }};
    }

    void playVisit() {
        const VisitPlan& visit = *options_.visit;
        report_ = {};
        if (!visit.earlier.service.empty()) {
            say(fmt::format("The citizen comes for {}, and leaves", visit.earlier.service));
            report_ = sendCitizen(visit.document(), visit.earlier.service, visit.earlier.leavesAt);
            if (!report_.visitEnded) return say(report_.trouble);
            earlierReason_ = report_.reason;
        }
        say(fmt::format("The citizen comes: {} ({})", visit.name, visit.says));
        report_ = sendCitizen(visit.document(), visit.service);
        if (!trouble_.empty()) report_.trouble = trouble_;
        if (stopAsked) return say("The visit is broken off");
        say(report_.visitEnded ? "The citizen has gone" : report_.trouble);
    }

    // What goes wrong there is the trouble of the run.
    void serveAtCounter() {
        if (options_.visit->counter == CounterPlan::none || !report_.visitEnded) return;
        say("The branch comes to the counter");
        auto done = playCounter(
            {options_, *world_, kiosk_, *window_.display, [this] { return kioskLives(); }},
            report_.takenCard);
        if (!done) {
            report_.trouble = describe(done.error());
            return say(report_.trouble);
        }
        counter_ = std::move(*done);
        say("The day is closed");
    }

    Result<void> searchRunningKiosk() {
        SystemClock().sleepFor(tracesGoneAfter);
        if (!kioskLives()) return fail(ErrorCode::fileNotReadable, "the kiosk has ended");
        const TraceSearch search = searchForHolder(options_.visit->document(), world_->blanks());
        tellTraces("the kiosk's memory", TRY(searchMemory(process_->pid(), search)));
        return searchWhatItWrote();
    }

    Result<void> searchWhatItWrote() {
        const TraceSearch search = searchForHolder(options_.visit->document(), world_->blanks());
        tellTraces("what the kiosk wrote", TRY(searchFiles(kiosk_.folder, search)));
        return {};
    }

    // No library is known to keep a copy, so every trace counts.
    void tellTraces(const std::string& where, const std::vector<PlaceFinding>& found) {
        tracesLeft_ = tracesLeft_ || !found.empty();
        say("Traces of the citizen in " + where + (found.empty() ? ": none" : ":"));
        if (!found.empty()) say(describe(found));
    }

    // Until the kiosk has nothing left to do by itself; false where that does not come.
    bool settle() {
        SystemClock clock;
        const Instant until = clock.now() + settlePatience;
        while (kioskLives() && clock.now() < until) {
            const auto left = openWorkOf(kiosk_.database());
            if (left && left->openOrders == 0 && left->queuedFacts == 0) return true;
            clock.sleepFor(milliseconds(100));
        }
        return false;
    }

    void endKiosk() {
        if (const auto code = process_->exitCode()) {
            report_.visitEnded = false;
            report_.trouble = fmt::format("the kiosk ended by itself with code {}", *code);
            return;
        }
        const int code = process_->end(endPatience);
        if (code != 0) report_.trouble = fmt::format("the kiosk ended with code {}", code);
    }

    Result<void> keepEvidence() {
        return writeEvidence({options_, faults_, *world_, *truth_, kiosk_, shownFile(), report_,
                              earlierReason_, counter_});
    }

    Result<int> askJudge() {
        say("The evidence lies in " + options_.out.string());
        auto judge =
            TRY(ChildProcess::start({options_.judgeProgram.string(), options_.out.string()}));
        return judge.waitForEnd(seconds(60)).value_or(1);
    }

    // No display: visits of the robot one after the other, until somebody stops it.
    Result<int> showVisits() {
        say("No display here: a robot plays the citizen, again and again. Pictures of every "
            "screen:");
        say("  " + (options_.out / "screens").string());
        say("Ctrl-C ends it.");
        while (kioskLives()) playVisit();
        if (world_->idReader().documentLies()) world_->idReader().lift();
        say("Ending; the kiosk first brings a card that is inside to its end");
        report_.trouble.clear();
        endKiosk();
        if (!report_.trouble.empty()) return fail(ErrorCode::kioskStopping, report_.trouble);
        if (cardIsOut()) return fail(ErrorCode::kioskStopping, "a card is at " + placeOfCardOut());
        say("Ended; no card is left inside");
        return 0;
    }

    // Each has a card of their own in the hand in the end, or it is said who has not.
    Result<int> serveMany() {
        const CounterScene scene{options_, *world_, kiosk_, *window_.display,
                                 [this] { return kioskLives(); }};
        std::set<std::string> taken;
        for (int number = 0; number < options_.people && kioskLives(); ++number) {
            if (number > 0 && world_->hopperIsEmpty())
                TRY(restock(scene, static_cast<std::size_t>(number)));
            report_ = sendCitizen(documentOfPerson(number), "first-card");
            if (report_.takenCard) taken.insert(*report_.takenCard);
            say(fmt::format("Cards made: {} of {}", taken.size(), number + 1));
        }
        endKiosk();
        return taken.size() == static_cast<std::size_t>(options_.people) ? 0 : 1;
    }

    Result<int> servePerson() {
        CitizenHands hands(world_->idReader(), world_->printer(), world_->ownCard(),
                           options_.visit->document(), kiosk_.screenMap());
        hands.greet();
        SystemClock clock;
        while (kioskLives() && !hands.wantsToEnd()) {
            hands.turn();
            clock.sleepFor(milliseconds(50));
        }
        endKiosk();
        say("The evidence lies in " + options_.out.string());
        TRY(keepEvidence());
        return 0;
    }

    RunOptions options_;
    FaultPlan faults_;
    Window window_;
    std::unique_ptr<OutsideWorld> world_;
    std::unique_ptr<TruthRecord> truth_;
    std::unique_ptr<SmallDisk> disk_;
    KioskFolder kiosk_;
    std::unique_ptr<ChildProcess> process_;
    CitizenReport report_;
    std::optional<CounterState> counter_;
    bool tracesLeft_ = false;
    bool stopped_ = false;
    std::string earlierReason_;
    std::string trouble_;  // what went wrong with the run itself
};

}  // namespace

int run(RunOptions options) {
    std::signal(SIGINT, askToStop);
    std::signal(SIGTERM, askToStop);
    std::signal(SIGPIPE, SIG_IGN);
    auto one = std::make_unique<Run>(std::move(options));
    const auto code = one->play();
    if (!code) fmt::print(stderr, "liqu-world: {}\n", describe(code.error()));
    one->tellEnd(code);
    return code.value_or(1);
}

}  // namespace liqu::world
