// Stands for the codec of the ID cards of the simulated world: knows the photos that its own
// documents carry, and draws their holder as the province would show them, in the size of an ID
// card's photo. Nothing else is a picture to it.
#pragma once

#include <string>

#include "firmware/ports/photo_decoder.hpp"
#include "tests/scenario/kiosk/outside.hpp"

namespace liqu::scenario {

class FakePhotoDecoder final : public ports::PhotoDecoder {
  public:
    enum class Habit : std::uint8_t { good, absent, broken, cutShort, blank };
    explicit FakePhotoDecoder(Habit habit = Habit::good) : habit_(habit) {}

    bool installed() const override { return habit_ != Habit::absent; }
    Result<PersonalBytes> decode(ByteView wlt) override;

    Outside* world = nullptr;  // whom the photos are of; the kiosk's
    std::string draws;         // somebody else's social number; empty: the photo's holder
    int asked = 0;

  private:
    Habit habit_;
};

}  // namespace liqu::scenario
