// Cheap deterministic twins of what costs time and decides nothing: the drawing of a face, and its
// panels, which are made once for each person and printed again and again. In the place of the
// portrait a twin's face bears a stamp of 64 squares: whose portrait it would be.
#pragma once

#include <memory>

#include "firmware/ports/card_face_renderer.hpp"
#include "firmware/ports/card_printer.hpp"
#include "tests/world/card_printer/plastic_card.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::proof {

std::unique_ptr<ports::CardFaceRenderer> makeTwinRenderer();

// Whether the stamp on the card is of this person's portrait. Read from the panels the printer got.
bool stampIsOf(const world::PlasticCard& card, const world::Person& person, WallTime now);

enum class Faces : std::uint8_t {
    ofEverybody,
    ofTheFirst,  // a planted bug: what was prepared for the first person is printed for all
};

// Hands every order on to the real driver; only `prepare` remembers.
class PreparingOnce : public ports::CardPrinter {
  public:
    PreparingOnce(ports::CardPrinter& real, Faces faces) : real_(real), faces_(faces) {}

    Result<ports::PrinterIdentity> identify() override { return real_.identify(); }
    Result<ports::PrinterStatus> status() override { return real_.status(); }
    Result<ports::PrintCounters> counters() override { return real_.counters(); }
    Result<bool> idle() override { return real_.idle(); }
    Result<void> feedToChip(ports::LaneNumber lane) override { return real_.feedToChip(lane); }
    Result<void> moveToChip() override { return real_.moveToChip(); }
    Result<std::unique_ptr<ports::PreparedFace>> prepare(const ports::CardFace& face) override;
    Result<void> print(const ports::PreparedFace& face,
                       const std::function<void(ports::PrintProgress)>& onProgress) override;
    Result<ports::PresentOutcome> present(const std::function<void()>& atMouth,
                                          const std::function<Instant()>& patienceEnd,
                                          const std::stop_token& stop) override {
        return real_.present(atMouth, patienceEnd, stop);
    }
    Result<void> takeBack() override { return real_.takeBack(); }
    Result<void> discard(ports::Bin bin) override { return real_.discard(bin); }
    Result<void> reset() override { return real_.reset(); }
    Result<void> clean() override { return real_.clean(); }

  private:
    ports::CardPrinter& real_;
    Faces faces_;
};

}  // namespace liqu::proof
