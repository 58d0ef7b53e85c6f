#include "tests/world/main/truth_record.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "firmware/base/china_time.hpp"
#include "firmware/base/encoding.hpp"
#include "tests/world/chip/card_memory.hpp"
#include "tests/world/evidence/kiosk_books.hpp"
#include "tests/world/main/kiosk_folder.hpp"

namespace liqu::world {
namespace {

using Json = nlohmann::ordered_json;
using truth::Truth;

constexpr Duration rhythm = std::chrono::milliseconds(10);
// Shorter than any patience of a visit: whoever touches nothing so long lets the time run out.
constexpr Duration untouched = std::chrono::seconds(4);

bool isBetweenVisits(const std::string& screen) {
    return screen == "welcome" || screen == "out-of-service" || screen == "queries-only";
}

std::string holderOn(const CardEngine& chip) {
    std::string holder(textOf(chip.item(card_tag::socialNumber)));
    holder.erase(holder.find_last_not_of(std::string("\0\xFF ", 3)) + 1);
    return holder;
}

Json factsOf(const Truth& is) {
    Json facts = Json::object();
    for (const truth::FactName& one : truth::factNames) {
        if (is.*one.fact != 0) facts[std::string(one.name)] = is.*one.fact;
    }
    return facts;
}

std::string_view nameOf(truth::WordClass wordClass) {
    switch (wordClass) {
        case truth::WordClass::world:
            return "world";
        case truth::WordClass::ask:
            return "ask";
        case truth::WordClass::answer:
            return "answer";
        case truth::WordClass::label:
            break;
    }
    return "label";
}

}  // namespace

TruthRecord::TruthRecord(OutsideWorld& world, const FaultPlan& faults, std::filesystem::path shown,
                         std::filesystem::path database)
    : world_(world),
      shown_(std::move(shown)),
      database_(std::move(database)),
      watch_({world.printer(), world.idReader(), faults,
              [&world](const std::string& card) { return holderOn(world.chipOf(card)); },
              [&world](const std::function<void(Books&)>& use) {
                  world.province().look([&](Books& books) {
                      if (world.legacy() != nullptr) world.legacy()->tellIn(books);
                      use(books);
                  });
              },
              terminalId}),
      touchedAt_(clock_.now()),
      thread_([this](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
              lookAgain();
              clock_.sleepFor(rhythm);
          }
      }) {}

TruthRecord::~TruthRecord() = default;

void TruthRecord::kioskStarts() {
    const std::lock_guard lock(mutex_);
    watch_.kioskStarts();
}
void TruthRecord::kioskStops() {
    const std::lock_guard lock(mutex_);
    watch_.happened(&Truth::stopsNow);
}

void TruthRecord::touched(const std::string& screen, const std::string& id) {
    const std::lock_guard lock(mutex_);
    touchedAt_ = clock_.now();
    timeIsUp_ = false;
    if (id == "start") {
        watch_.visitBegins();
        rememberOwnCard();
    } else if (id == "replacement") {
        watch_.happened(&Truth::wantsReplacement);
    } else if (id == "home") {
        watch_.happened(&Truth::left);
    } else if (id == "attendant-confirm") {
        watch_.happened(&Truth::attendantWrong);
    } else if (id == "decline" && !truth::offersMore(screen)) {
        watch_.happened(truth::asksToAgree(screen) ? &Truth::refused
                        : screen == "attendant"    ? &Truth::attendantSaidNo
                                                   : &Truth::left);
    } else if (id == "confirm" && screen == "consent") {
        watch_.happened(&Truth::consented);
    }
}

// The window notes each screen as a line.
void TruthRecord::followScreens() {
    std::ifstream file(shown_, std::ios::binary);
    file.seekg(readUpTo_);
    for (std::string line; std::getline(file, line) && !file.eof();) {
        readUpTo_ = file.tellg();
        const Json shown = Json::parse(line, nullptr, false);
        if (!shown.is_object()) continue;
        screen_ = shown.value("screen", screen_);
        actsBefore_ = std::exchange(actsAtPage_, actsSeen_);
        shownAt_ = parseChinaTime(shown.value("at", "")).value_or(shownAt_);
        if (isBetweenVisits(screen_)) watch_.machineIsFree();
    }
}

// Only where the machine speaks of them. False: they were not looked at.
bool TruthRecord::lookAtBooks(Truth& is) {
    if (!isBetweenVisits(screen_) && screen_ != "recovering") return false;
    const auto work = openWorkOf(database_);
    if (!work) return false;
    is.ordersOpen = static_cast<int>(work->openOrders);
    is.factsWaiting = static_cast<int>(work->queuedFacts);
    if (const auto staff = staffWorkOf(database_)) is.daysFrozen = staff->daysFrozen;
    return true;
}

// What is recorded before a page is there is so when it comes.
bool TruthRecord::lookAtStaff(Truth& is) {
    if (!screen_.starts_with("staff-")) return false;
    const auto staff = staffWorkOf(database_);
    const auto work = openWorkOf(database_);
    if (!staff || !work) return false;
    actsSeen_ = staff->actsDone;
    is.ordersOpen = static_cast<int>(work->openOrders);
    is.factsWaiting = static_cast<int>(work->queuedFacts);
    is.actsDone = actsSeen_ - actsBefore_;
    is.staffSignedIn = staff->signedIn ? 1 : 0;
    is.daysOpen = staff->daysOpen;
    is.daysFrozen = staff->daysFrozen;
    return true;
}

void TruthRecord::rememberOwnCard() {
    if (world_.ownCard() == nullptr) return;
    const CardMemory memory = world_.ownCard()->chip()->memory();
    pinBefore_ = toHex(memory.pin);
    triesBefore_ = memory.pinLeft;
}

void TruthRecord::lookAtOwnCard(Truth& is) {
    const OwnCard* card = world_.ownCard();
    if (card == nullptr) return;
    const CardMemory memory = card->chip()->memory();
    is.pinChangedNow = toHex(memory.pin) != pinBefore_ ? 1 : 0;
    is.pinTriesLeft = memory.pinLeft;
    is.pinTriesLost = std::max(0, triesBefore_ - memory.pinLeft);
    is.pinLocked = memory.pinLeft == 0 ? 1 : 0;
    is.cardInSlot = card->isInSlot() ? 1 : 0;
    const auto& holder = watch_.holder();
    is.slotCardIsAnothers = holder && holderOn(*card->chip()) != holder->number ? 1 : 0;
}

void TruthRecord::lookAgain() {
    const std::lock_guard lock(mutex_);
    followScreens();
    if (!timeIsUp_ && clock_.now() - touchedAt_ >= untouched) {
        timeIsUp_ = true;
        watch_.happened(&Truth::timeUp);
    }
    const WallTime now = clock_.wallTime();
    Truth is = watch_.look(now);
    lookAtOwnCard(is);
    // Of the encryption machine beside such a system nothing is known.
    if (world_.legacy() != nullptr) is.noCardsByProvince = 1;
    if (world_.fees() != nullptr && world_.fees()->hasArrived()) is.feeArrived = 1;
    // What the books say was looked for only because of the screen, which is told of when it has
    // been drawn: it was so when the screen came.
    const bool booksSeen = lookAtBooks(is) || lookAtStaff(is);
    if (booksSeen && !booksSeen_) lookedAt_ = std::min(lookedAt_, shownAt_);
    booksSeen_ = booksSeen;
    if (moments_.empty() || moments_.back().is != is) {
        moments_.push_back({moments_.empty() ? now : lookedAt_, now, is});
    }
    lookedAt_ = now;
}

void TruthRecord::stopLooking() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

Result<void> TruthRecord::write(const std::filesystem::path& path,
                                const truth::WordClasses& classes) {
    stopLooking();
    Json json = {{"rules", Json::array()}, {"moments", Json::array()}};
    for (const truth::ClassRule& rule : classes.rules()) {
        json["rules"].push_back({{"pattern", rule.pattern},
                                 {"class", nameOf(rule.wordClass)},
                                 {"predicate", rule.predicate}});
    }
    for (const Moment& moment : moments_) {
        json["moments"].push_back({{"since", formatChinaTime(moment.since)},
                                   {"at", formatChinaTime(moment.at)},
                                   {"facts", factsOf(moment.is)}});
    }
    std::ofstream file(path, std::ios::trunc);
    file << json.dump(1) << "\n";
    file.close();
    if (!file) return fail(ErrorCode::fileNotWritable, path.string());
    return {};
}

}  // namespace liqu::world
