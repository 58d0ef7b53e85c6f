#include "tests/scenario/kiosk/outside.hpp"

#include <fstream>
#include <iterator>

#include "firmware/base/assert.hpp"
#include "firmware/base/encoding.hpp"

namespace liqu::scenario {
namespace {

// Reading and compiling the schemas takes longer than a whole visit: once for all worlds.
std::shared_ptr<world::Contract> sharedContract() {
    static const std::shared_ptr<world::Contract> contract = [] {
        auto loaded = world::Contract::load(LIQU_SOURCE_DIR "/firmware/province/openapi.json");
        LIQU_ASSERT(loaded.has_value());
        return std::shared_ptr<world::Contract>(std::move(*loaded));
    }();
    return contract;
}

std::string fixtures() {
    std::ifstream file(LIQU_SOURCE_DIR "/tests/world/province/persons.json");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

Outside::Outside(const OutsideSettings& settings) : bus(clock) {
    if (!settings.olderProvince.empty())
        older = std::make_unique<OlderProvince>(settings.olderProvince, clock);
    makesCards = older == nullptr || settings.hasEncryption;
    for (const std::string& verb : settings.faults) {
        const bool isOlders = older != nullptr && verb.starts_with("legacy.");
        LIQU_ASSERT((isOlders ? older->faults.arm(verb) : faults.arm(verb)).has_value());
    }
    makeProvince(settings);
    makeCards(settings);
    if (older != nullptr) {
        for (const world::BlankCard& blank : blanks)
            older->books().blanks.push_back({blank.cardNumber, blank.bankCardNumber});
    }
    if (!settings.secondBank.empty()) makeSecondCards(settings.secondIsMixedUp);
    makeTestCard();
    makeDevices(settings);
    hands.putOn(clock);
}

world::Books& Outside::province() {
    if (older != nullptr) older->tellIn(engine->books());
    return engine->books();
}

void Outside::losePower() {
    printer->powerCycle(clock.now());
    station.remove();
    const world::CardPlaces places = printer->places();
    // The contacts close again on a card that lies under them.
    if (places.inside && places.insidePlace() == "chip") {
        station.insert(cards_.at(places.inside->id));
    }
}

std::vector<world::BlankCard> Outside::addBlanks(int count) {
    world::BlankBatch batch;
    batch.firstNumber = "A" + std::to_string(1000100 + blanks.size());
    batch.count = count;
    std::vector<world::BlankCard> added = world::blanksOf(batch);
    std::vector<world::PlasticCard> pile;
    for (const world::BlankCard& blank : added) {
        cards_[blank.cardNumber] = world::makeCard(blank, world::Hsm::forTheSimulation(), &faults);
        pile.push_back({blank.cardNumber, bankCode, {}});
        blanks.push_back(blank);
    }
    LIQU_ASSERT(printer->load(1, std::move(pile)));
    return added;
}

void Outside::makeProvince(const OutsideSettings& settings) {
    sharedContract()->judgeOneIn(settings.judgedOneIn);
    engine = std::make_unique<world::ProvinceEngine>(
        world::ProvinceEngine::Parts{sharedContract(), std::make_unique<world::TwinKeys>(),
                                     world::simulationHsm()},
        faults);
    LIQU_ASSERT(world::loadFixtures(engine->books(), fixtures()).has_value());
    front = std::make_unique<world::ProvinceFront>(*engine, faults);
    line = std::make_unique<world::InProcessLink>(*front, clock, terminalId);
}

void Outside::makeCards(const OutsideSettings& settings) {
    world::BlankBatch batch;
    batch.firstNumber = settings.chipVersion.starts_with("3") ? "A1000100" : "C2000100";
    batch.version = settings.chipVersion;
    batch.count = loadedBlanks;
    batch.numberPrewritten = !settings.numbersAssigned;
    blanks = world::blanksOf(batch);
    const bool foreignBank = faults.strikes(world::Fault::printerWrongBank);
    for (std::size_t i = 0; i < blanks.size(); ++i) {
        world::BlankCard body = blanks[i];
        // On top lies another bank's card body under a number of ours.
        if (i == 0 && foreignBank) {
            body.bankCardNumber =
                world::withLuhnDigit("622800" + body.bankCardNumber.substr(6, 12));
        }
        auto& card = cards_[body.cardNumber] =
            world::makeCard(body, world::Hsm::forTheSimulation(), &faults);
        if (!settings.numbersAssigned) continue;
        const Bytes code = card->item(world::card_tag::cardIdCode);
        world::addAssignedBlank(engine->books(), bankCode, toHex(code), body.version);
    }
}

// Of the lot that the province has of another bank.
void Outside::makeSecondCards(bool mixedUp) {
    world::BlankBatch batch;
    batch.firstNumber = "F3000010";
    batch.bankPrefix = mixedUp ? "621700" : "622800";
    batch.firstSerial = 0x2000;
    batch.count = loadedBlanks;
    secondBlanks = world::blanksOf(batch);
    for (const world::BlankCard& blank : secondBlanks)
        cards_[blank.cardNumber] = world::makeCard(blank, world::Hsm::forTheSimulation(), &faults);
}

// A chip without the social security application.
void Outside::makeTestCard() {
    world::BlankCard body;
    body.cardNumber = "T00000000";
    body.bankCardNumber = world::withLuhnDigit("621700000000009009");
    world::CardMemory memory = world::memoryOf(body, world::Hsm::forTheSimulation());
    std::erase_if(memory.applications, [](const world::ChipApplication& one) {
        return one.id != world::card_id::masterFile;
    });
    cards_[testCardId] =
        std::make_shared<world::CardEngine>(std::move(memory), world::CardBehaviour{}, 1, &faults);
}

bool Outside::layWhatStaffHave() {
    if (!inStaffHand || !printer->layAtMouth(*inStaffHand)) return false;
    laidByStaff = inStaffHand->id;
    inStaffHand.reset();
    return true;
}

bool Outside::takeWhatStaffLaid() {
    if (laidByStaff.empty()) return false;
    auto card = printer->takeInHand(laidByStaff, clock.now());
    if (!card) return false;
    inStaffHand = std::move(card);
    laidByStaff.clear();
    return true;
}

int Outside::testFacesPrinted() const {
    const world::CardPlaces places = printer->places();
    const auto inside = places.find(testCardId);
    const bool printedInside = inside && inside->card->hasWholeFace();
    const bool inHand = inStaffHand && inStaffHand->id == testCardId && inStaffHand->hasWholeFace();
    return printedInside || inHand ? 1 : 0;
}

std::shared_ptr<world::CardEngine> Outside::cardOf(
    const world::Document& holder, const std::string& number, const std::string& version,
    const std::string& pin, world::CardBehaviour behaviour, const std::string& regionCode) {
    world::BlankCard body;
    body.regionCode = regionCode;
    body.cardNumber = number;
    body.bankCardNumber = world::withLuhnDigit("621700000000009001");
    body.serial = 0x9001;
    body.version = version;
    body.pin = pin;
    auto card = world::makeCard(body, world::Hsm::forTheSimulation(), &faults, behaviour);
    world::CardMemory memory = card->memory();
    memory.setItem(world::card_tag::socialNumber, bytesOf(holder.number));
    memory.setItem(world::card_tag::name, fromHex("D5C5C8FD").value());
    memory.setItem(world::card_tag::birthDate, fromHex(holder.birth).value());
    card->setMemory(memory);
    return card;
}

void Outside::makeDevices(const OutsideSettings& settings) {
    chipReader = std::make_unique<world::StationChipReader>(station, clock);
    slotReader = std::make_unique<world::StationChipReader>(slot, clock);
    idReader = std::make_unique<world::ReaderEngine>(world::ReaderSettings{}, &faults, nullptr);
    world::PrinterSettings machine;
    machine.timings = settings.timings;
    machine.hoppers = settings.secondBank.empty() ? 1 : 2;
    machine.ribbonRemaining = settings.ribbonSets;
    machine.binCapacity = settings.binCapacity;
    printer = std::make_unique<world::PrinterEngine>(
        machine, &faults,
        world::ChipListener{[this](const std::string& card) { station.insert(cards_.at(card)); },
                            [this](const std::string&) { station.remove(); }});
    std::vector<world::PlasticCard> pile;
    for (const world::BlankCard& blank : blanks) pile.push_back({blank.cardNumber, bankCode, {}});
    printer->load(1, std::move(pile));
    if (!secondBlanks.empty()) {
        std::vector<world::PlasticCard> second;
        const std::string bank = settings.secondIsMixedUp ? bankCode : settings.secondBank;
        for (const world::BlankCard& blank : secondBlanks)
            second.push_back({blank.cardNumber, bank, {}});
        printer->load(2, std::move(second));
    }
    bus.attach("1-1", *idReader);
    bus.attach("1-2", *printer);
    world::addTo(clock, *idReader);
    world::addTo(clock, *printer);
}

}  // namespace liqu::scenario
