#include "tests/world/main/run_evidence.hpp"

#include <fstream>

#include "tests/world/chip/chip_evidence.hpp"
#include "tests/world/evidence/seal.hpp"
#include "tests/world/evidence/timeline.hpp"
#include "tests/world/evidence/world_json.hpp"
#include "tests/world/main/person_picture.hpp"

namespace liqu::world {
namespace {

namespace files = std::filesystem;

// Every word that was shown, and the world beside it.
Result<void> writeTruth(const RunRecord& run) {
    const files::path& out = run.options.out;
    const auto file = TRY(truth::TruthFile::read(run.kiosk.strings / "truth.toml"));
    TRY(run.truth.write(out / "truth.json", file.classes));
    std::error_code error;
    files::copy_file(run.shown, out / "shown.jsonl", error);
    if (error) return fail(ErrorCode::fileNotWritable, run.shown.string());
    const Bytes picture = pictureOf(run.options.visit->document());
    std::ofstream png(out / "person.png", std::ios::binary | std::ios::trunc);
    png.write(reinterpret_cast<const char*>(picture.data()),
              static_cast<std::streamsize>(picture.size()));
    png.close();
    if (!png) return fail(ErrorCode::fileNotWritable, (out / "person.png").string());
    return {};
}

std::string layoutName(DocumentLayout layout) {
    switch (layout) {
        case DocumentLayout::resident:
            return "resident";
        case DocumentLayout::permit:
            return "permit";
        case DocumentLayout::foreigner2017:
            return "foreigner-2017";
        case DocumentLayout::foreigner2023:
            break;
    }
    return "foreigner-2023";
}

std::map<std::string, std::string> namedIn(const Afterwards& after) {
    std::map<std::string, std::string> named;
    for (const auto& [name, value] :
         {std::pair("order", after.order), std::pair("message", after.message),
          std::pair("cardNumber", after.cardNumber), std::pair("cardState", after.cardState),
          std::pair("takenInAs", after.takenInAs), std::pair("application", after.application),
          std::pair("pin", after.pin)}) {
        if (!value.empty()) named[name] = value;
    }
    return named;
}

OwnCardState stateOf(const OwnCard& card) {
    const char* place = card.isHandedIn() ? oldCardBin : card.isInSlot() ? "slot" : "hand";
    return {card.number(), place, card.pin()};
}

// The last card that was printed on, wherever it is.
void writeFace(const RunRecord& run, const CardPlaces& places) {
    for (const CardPlaces::Found& found : places.all()) {
        const Bytes png = facePng(*found.card);
        if (png.empty()) continue;
        std::ofstream file(run.options.out / "face.png", std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(png.data()),
                   static_cast<std::streamsize>(png.size()));
    }
}

}  // namespace

Result<void> writeEvidence(const RunRecord& run) {
    const files::path& out = run.options.out;
    TRY(writeChipJson(out / "chip.json", run.world.chips()));
    if (run.world.legacy() != nullptr) {
        TRY(run.world.legacy()->writeEvidence(out));
        run.world.province().look([&](Books& books) { run.world.legacy()->tellIn(books); });
    }
    std::ofstream(out / "province.json") << run.world.province().dumpBooks();
    TRY(exportBooks(run.kiosk.database(), out));
    TRY(writeTruth(run));
    TRY(writeTimeline(out / "timeline.json",
                      {TRY(journalOf(run.kiosk.database())), run.world.printer().steps(),
                       run.world.printer().gaps(), run.world.busyTimes().all()}));
    WorldState state;
    const Document document = run.options.visit->document();
    state.visit = run.options.visit->name;
    state.service = run.options.visit->service;
    state.chipVersion = run.options.visit->chipVersion;
    state.language = run.options.language;
    state.profile = run.options.profile;
    state.documentType = layoutName(document.layout);
    state.documentNumber = document.number;
    state.documentName = document.name;
    state.seed = run.options.seed;
    state.speed = run.options.speed;
    state.faults = run.faults.armed();
    state.cards = run.world.printer().places();
    state.orders = TRY(ordersOf(run.kiosk.database()));
    state.screens = run.report.screens;
    state.reason = run.report.reason.empty() ? run.earlierReason : run.report.reason;
    state.takenCard = run.report.takenCard;
    state.trouble = run.report.trouble;
    state.idCardLeft = run.world.idReader().documentLies();
    if (run.world.ownCard() != nullptr) state.ownCard = stateOf(*run.world.ownCard());
    state.afterwards = namedIn(run.options.visit->afterwards);
    state.counter = run.counter;
    state.olderProvince = run.options.legacyProvince;
    state.feeByCode = run.world.fees() != nullptr;
    if (state.feeByCode) state.feeWrongs = run.world.fees()->wrongs();
    writeFace(run, state.cards);
    TRY(writeWorldJson(out / "world.json", state));
    return sealEvidence(out);
}

}  // namespace liqu::world
