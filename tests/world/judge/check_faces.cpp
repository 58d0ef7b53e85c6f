// What the printer received is what is on the card, and what face.png shows.
#include <cmath>

#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/face_picture.hpp"
#include "tests/world/judge/printer_panels.hpp"

namespace liqu::judge {
namespace {

// The jobs whose panels, all five of them, are on this card.
const PrintedJob* jobOnCard(const PrinterStream& stream, const Json& card) {
    const Json panels = card.value("panels", Json::object());
    for (const PrintedJob& job : stream.jobs) {
        bool same = job.panels.size() == 5 && panels.size() == 5;
        for (const auto& [name, data] : job.panels) {
            const Json panel = panels.value(std::string(1, name), Json::object());
            same = same && panel.value("sha256", "") == sha256Of(data.packed) &&
                   panel.value("whole", false) && panel.value("times", 0) == 1;
        }
        if (same) return &job;
    }
    return nullptr;
}

bool samePicture(const std::vector<std::uint8_t>& one, const std::vector<std::uint8_t>& other) {
    if (one.size() != other.size()) return false;
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (std::abs(one[i] - other[i]) > 1) return false;
    }
    return true;
}

void checkFace(Bench& bench, const PrinterStream& stream, const Json& card) {
    const std::string number = textAt(card, "cardNumber");
    const PrintedJob* job = jobOnCard(stream, card);
    bench.expect(job != nullptr && job->ended,
                 "the five panels on card " + number + " are the ones sent to the printer");
    if (job == nullptr) return;
    const FacePicture face = readPng(bench.evidence.folder / "face.png");
    bench.expect(face.width == panelLines && face.height == panelDots,
                 "face.png has the size of a face");
    bench.expect(samePicture(face.rgb, pictureOf(*job)), "face.png is those panels, decoded");
    checkWords(bench, *job, number);
}

}  // namespace

void checkFaces(Bench& bench) {
    const PrinterStream stream = readPrinterStream(bench.evidence.printerUsb);
    bool everWhole = false;
    for (const Json& card : bench.evidence.world.value("cards", Json::array())) {
        const Json panels = card.value("panels", Json::object());
        if (panels.empty()) continue;
        bool whole = panels.size() == 5;
        for (const Json& panel : panels) whole = whole && panel.value("whole", false);
        if (!whole) continue;
        everWhole = true;
        checkFace(bench, stream, card);
    }
    const Json taken = bench.evidence.world.value("takenCard", Json());
    for (const Json& card : bench.evidence.world.value("cards", Json::array())) {
        const Json panels = card.value("panels", Json());
        const bool inHopper = textAt(card, "place").starts_with("hopper");
        bench.expect(panels.is_object() && (panels.empty() || !inHopper),
                     "nothing is printed on a blank in the hopper");
        if (taken.is_null() || taken != textAt(card, "cardNumber")) continue;
        bench.expect(jobOnCard(stream, card) != nullptr, "the card taken has its whole face");
    }
    if (everWhole)
        bench.expect(stream.fault.empty(), "the printer's bytes are commands", stream.fault);
}

}  // namespace liqu::judge
