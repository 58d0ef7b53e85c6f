// Any bytes as what the voice is told, and as a sound: an order that is taken is told the same
// again, and what is private never has a way to the loudspeaker.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "firmware/base/assert.hpp"
#include "ui/speech/speech_line.hpp"
#include "ui/speech/wave.hpp"

using namespace liqu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (const auto wave = ui::waveFrom(input)) LIQU_ASSERT(!wave->samples.empty());
    ui::LineBuffer lines;
    if (!lines.add(input)) return 0;
    while (const auto line = lines.take()) {
        const auto order = ui::orderFrom(line->reveal());
        if (!order) return 0;
        LIQU_ASSERT(ui::lineOf(*order).reveal() == line->reveal() + "\n");
        if (const auto* play = std::get_if<ui::PlayOrder>(&*order))
            LIQU_ASSERT(play->speech != screen::Speech::off);
        const auto* say = std::get_if<ui::SayOrder>(&*order);
        if (say == nullptr || say->ears == ui::Ears::everybody) continue;
        LIQU_ASSERT(say->speech == screen::Speech::headphones);
    }
    return 0;
}
