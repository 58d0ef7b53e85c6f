#include "tests/bench/card_world.hpp"

#include <map>

#include "drivers/card_printer/evolis/evolis_printer.hpp"
#include "firmware/base/assert.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/province/sender.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/session/making_watch.hpp"
#include "tests/bench/timed_parts.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/chip/station_chip_reader.hpp"
#include "tests/world/id_reader/documents.hpp"
#include "tests/world/province/in_process_link.hpp"
#include "tests/world/usb/inprocess_bus.hpp"
#include "tests/world/usb/throttled_engine.hpp"
#include "ui/paper/card_face.hpp"

namespace liqu::bench {
namespace {

using world::BusyPart;
using world::BusyTimes;

const std::string source = LIQU_SOURCE_DIR;
const std::string shipped = source + "/kiosk-config/";
constexpr const char* terminalId = "T-000017";
constexpr const char* bankCode = "B01";

class LyingIdCard final : public ports::IdReader {
  public:
    Result<void> selfTest() override { return {}; }
    Result<std::string> serialNumber() override { return std::string("bench"); }
    Result<bool> findDocument() override { return false; }
    Result<card::IdentityDocument> readDocument() override {
        return fail(ErrorCode::idCardLifted, "no card here");
    }
    Result<bool> documentStillThere() override { return true; }
};

// A citizen who takes the card the moment the screen says so.
class QuickCitizen final : public screen::Display {
  public:
    QuickCitizen(world::PrinterEngine& printer, const Clock& clock)
        : printer_(printer), clock_(clock) {}

    void show(screen::Screen screen) override {
        if (tookAt || !std::holds_alternative<screen::TakeCardScreen>(screen.content)) return;
        tookAt = clock_.now();
        printer_.take(*tookAt);
    }
    std::optional<screen::Action> waitForAction(Instant) override { return std::nullopt; }
    void forgetPersonalData() override {}

    std::optional<Instant> tookAt;

  private:
    world::PrinterEngine& printer_;
    const Clock& clock_;
};

policy::KioskConfig kioskConfig() {
    policy::KioskConfig config;
    config.terminal = terminalId;
    config.outlet = "O-0001";
    config.lanes = {{1, bankCode, "V01"}};
    return config;
}

world::PrinterSettings printerSettings() {
    world::PrinterSettings settings;
    settings.timings = world::PrinterTimings::desktop225();
    settings.hoppers = 1;
    settings.panelBuffers = 2;
    return settings;
}

// The outside of the box.
struct Outside {
    SystemClock clock;
    BusyTimes busy;
    world::FaultPlan faults;
    test::Scratch scratch;
    world::Pki pki = world::Pki::generate(scratch.folder() / "keys", terminalId).value();
    std::unique_ptr<world::ProvinceEngine> engine =
        world::ProvinceEngine::create(source, world::Sm2Keys::load(pki).value(), faults).value();
    world::ProvinceFront front{*engine, faults};
    world::InProcessLink directLine{front, clock, terminalId};
    TimedLink line{directLine, clock, busy};
    world::BlankCard blank = oneBlank();
    std::shared_ptr<world::CardEngine> chip =
        world::makeCard(blank, world::Hsm::forTheSimulation(), &faults);
    world::ChipStation station;
    world::StationChipReader directReader{station, clock};
    TimedChipReader chipReader{directReader, clock, busy};
    world::PrinterEngine printer{
        printerSettings(), &faults,
        world::ChipListener{[this](const std::string&) { station.insert(chip); },
                            [this](const std::string&) { station.remove(); }}};
    std::unique_ptr<world::ThrottledEngine> cable;
    world::InProcessBus directBus{clock};
    BusyTimes listening;
    std::unique_ptr<drivers::UsbBus> bus = timedBus(directBus, clock, listening);

    explicit Outside(std::optional<double> bytesPerSecond) {
        printer.load(1, {{blank.cardNumber, bankCode, {}}});
        if (bytesPerSecond)
            cable = std::make_unique<world::ThrottledEngine>(printer, *bytesPerSecond);
        directBus.attach("1-2", cable ? static_cast<world::UsbEngine&>(*cable) : printer);
    }

    static world::BlankCard oneBlank() {
        world::BlankBatch batch;
        batch.firstNumber = "A1000100";
        return world::blanksOf(batch).front();
    }
};

province::ApplicationRequest application(const policy::RegionPolicy& region) {
    const world::Document document = world::documents::resident();
    province::ApplicationRequest request;
    request.socialNumber = PersonalText(document.number);
    request.name = PersonalText(document.name);
    request.documentNumber = PersonalText(document.number);
    request.sex = card::Sex::male;
    request.ethnicCode = document.ethnic;
    request.birthDate = PersonalText(document.birth);
    request.address = PersonalText(document.address);
    request.documentAuthority = document.authority;
    request.documentValidFrom = document.validFrom;
    request.consents = region.consentClauses;
    return request;
}

// The firmware as program/machine.cpp puts it together.
struct Firmware {
    Outside& outside;
    SystemRandom random;
    policy::RegionPolicy region =
        policy::loadRegionPolicy(shipped + "regions/simulator.toml", {.termsOf = services::termsOf})
            .value();
    policy::KioskConfig config = kioskConfig();
    CommitWatch commits;
    std::unique_ptr<storage::Database> database = test::openDatabase(outside.scratch);
    std::unique_ptr<storage::Database> sendersDatabase = test::openDatabase(outside.scratch);
    security::SealKey key = security::SealKey::make(random);
    security::Sealer sealer{security::SealProfile::aes256Gcm, key, random};
    std::unique_ptr<security::Sm2Signer> signer =
        security::Sm2Signer::load(outside.pki.terminalSigningKey(), outside.pki.provinceVerifyKey())
            .value();
    province::Terminal terminal{terminalId, region.regionCode, config.outlet, region.policyId};
    TimedSigner timedSigner{*signer, outside.clock};
    province::KipsAdapter adapter{outside.line, timedSigner, outside.clock,
                                  random,       terminal,    config.province.patience};
    province::Province province{adapter};
    province::Outbox outbox{sealer, terminal};
    issuance::OrderBook orders{*database, sealer, services::planOf};
    std::unique_ptr<ports::CardPrinter> printer = drivers::makeEvolisPrinter(
        *outside.bus, outside.clock,
        drivers::readPrinterProfile(shipped + "printers/evolis-kc.toml").value());
    std::unique_ptr<ports::CardFaceRenderer> renderer =
        ui::makeCardFaceRenderer(shipped + "card-faces/third-generation.toml",
                                 shipped + "fonts/fonts.conf")
            .value();
    TimedRenderer timedRenderer{*renderer, outside.clock};
    chip::ChipProfile chipProfile =
        chip::ChipProfile::read(shipped + "chip-profiles/number-prewritten.toml").value();
    LyingIdCard idReader;
    NoLog log;
    QuickCitizen citizen{outside.printer, outside.clock};
    province::Sender sender{*sendersDatabase, sealer, adapter};
    province::SenderThread senderThread{sender, [](const Error&) {}};
    session::SessionParts parts{
        {*database, orders, *printer, outside.chipReader, timedRenderer, province, adapter, outbox,
         outside.clock, random, region, chipProfile},
        idReader,
        citizen,
        log,
        config,
        "bench",
        SecretBytes(Bytes(32, 7)),
        [this] { senderThread.ring(); },
        [] { return std::uint64_t{1} << 30; },
        std::stop_token()};

    explicit Firmware(Outside& theOutside) : outside(theOutside) {
        parts.awaitOutbox = [this](std::chrono::milliseconds atMost) {
            senderThread.awaitNews(atMost);
        };
        custody::LaneLoad load{
            1, bankCode, "V01", {card::SocialCardNumber::parse(outside.blank.cardNumber).value()}};
        auto transaction = storage::Transaction::begin(*database).value();
        LIQU_ASSERT(custody::openPlaces(transaction, 1, 100, 30).has_value());
        LIQU_ASSERT(custody::loadLane(transaction, load, outside.clock.wallTime()).has_value());
        LIQU_ASSERT(transaction.commit().has_value());
        // A kiosk that serves has looked at its printer and signed in before a person comes.
        LIQU_ASSERT(printer->identify().has_value() && printer->status().has_value());
        // … and drawn a face while nobody was there.
        LIQU_ASSERT(renderer->renderTestFace().has_value());
        timedSigner.spent = {};
    }

    // What the province says of the person, as a visit asks it.
    issuance::Holder holderOf(const province::ApplicationRequest& application) {
        const province::Business asking{std::string(terminalId) + "-20240601-000000", bankCode,
                                        province::Channel::selfService, "", ""};
        const province::Person person =
            province
                .person(asking,
                        {application.documentKind, application.documentNumber, application.name})
                .value();
        issuance::Holder holder{.socialNumber = person.socialNumber,
                                .name = person.name,
                                .printName = person.printName,
                                .sex = person.sex,
                                .ethnicCode = person.ethnicCode,
                                .birthDate = person.birthDate,
                                .portraitDigest = {}};
        const province::Photo photo = province.photo(asking, person.socialNumber).value();
        LIQU_ASSERT(issuance::bindPhoto(holder, photo).has_value());
        return holder;
    }

    Result<issuance::Ending> make() {
        issuance::OrderRequest request;
        request.service = services::firstCard.id;
        request.holderDigest = "bench";
        request.application = application(region);
        request.holder = holderOf(request.application);
        request.bankCode = bankCode;
        session::Conversation conversation(parts, screen::Comfort{});
        session::MakingWatch watch(parts, conversation, issuance::cardPlan);
        issuance::Issuer issuer(parts.issuance, terminalId);
        LIQU_ASSERT(issuer.checkHolder(request.holder, request.holderDigest).has_value());
        return issuer.carryOut(request, watch);
    }
};

}  // namespace

CardRecord makeOneCard(std::optional<double> bytesPerSecond) {
    auto outside = std::make_unique<Outside>(bytesPerSecond);
    Firmware firmware(*outside);
    CardRecord record;
    const Duration commitsBefore = firmware.commits.spent();
    record.begin = outside->clock.now();
    const auto ending = firmware.make();
    record.handedOver =
        ending && ending->kind == issuance::EndingKind::handedOver && firmware.citizen.tookAt;
    if (!ending) record.trouble = describe(ending.error());
    if (ending && ending->error) record.trouble = describe(*ending->error);
    record.announced = firmware.citizen.tookAt.value_or(record.begin);
    record.mechanics = outside->printer.steps();
    // The way out is the last motion of all.
    record.atMouth = record.mechanics.empty() ? record.begin : record.mechanics.back().end;
    record.gaps = outside->printer.gaps();
    record.busy = outside->busy.all();
    record.listening = outside->listening.all();
    record.face = firmware.timedRenderer.spent;
    record.signatures = firmware.timedSigner.spent;
    record.commits = firmware.commits.spent() - commitsBefore;
    return record;
}

}  // namespace liqu::bench
