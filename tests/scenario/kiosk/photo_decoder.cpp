#include "tests/scenario/kiosk/photo_decoder.hpp"

#include "tests/world/province/portrait.hpp"

namespace liqu::scenario {
namespace {

constexpr std::size_t nameAt = 8;  // behind the head of a WLT
constexpr std::size_t nameSize = 18;

// The mean of the points that one point stands for.
Bytes smaller(const Bytes& drawn) {
    Bytes rgb;
    rgb.reserve(ports::documentPhotoSize);
    for (int y = 0; y < ports::documentPhotoHeight; ++y) {
        for (int x = 0; x < ports::documentPhotoWidth; ++x) {
            const int left = x * world::portraitWidth / ports::documentPhotoWidth;
            const int right = (x + 1) * world::portraitWidth / ports::documentPhotoWidth;
            const int top = y * world::portraitHeight / ports::documentPhotoHeight;
            const int bottom = (y + 1) * world::portraitHeight / ports::documentPhotoHeight;
            for (const int channel : {2, 1, 0}) {
                int sum = 0;
                for (int row = top; row < bottom; ++row) {
                    for (int column = left; column < right; ++column) {
                        sum += drawn[static_cast<std::size_t>(
                            (row * world::portraitWidth + column) * 4 + channel)];
                    }
                }
                rgb.push_back(static_cast<std::uint8_t>(sum / ((bottom - top) * (right - left))));
            }
        }
    }
    return rgb;
}

}  // namespace

Result<PersonalBytes> FakePhotoDecoder::decode(ByteView wlt) {
    ++asked;
    if (habit_ == Habit::broken || wlt.size() != ports::encodedPhotoSize)
        return fail(ErrorCode::photoDecoderNotAvailable, "the decoder ended by signal 11");
    if (habit_ == Habit::blank) return PersonalBytes(Bytes(ports::documentPhotoSize, 0x80));
    const std::string named(textOf(wlt.subspan(nameAt, nameSize)));
    const auto& persons = world->province().persons;
    const auto person = persons.find(draws.empty() ? named : draws);
    if (person == persons.end())
        return fail(ErrorCode::photoDecoderNotAvailable, "no photo of this world");
    Bytes rgb =
        smaller(world::drawPortrait(world::lookOf(person->second, world->clock.wallTime())));
    if (habit_ == Habit::cutShort) rgb.pop_back();
    return PersonalBytes(std::move(rgb));
}

}  // namespace liqu::scenario
