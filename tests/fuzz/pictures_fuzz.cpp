// Any bytes as a drawing, as an order to whoever draws, and as the head of an answer: what is taken
// is within the limits, and an order is written as it was read.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "firmware/base/assert.hpp"
#include "ui/toolkit/picture_file.hpp"
#include "ui/toolkit/picture_order.hpp"

using namespace liqu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto judged = ui::judgePicture(input);
    LIQU_ASSERT(judged || !judged.error().cause.empty());
    LIQU_ASSERT(!judged || input.find("<!DOCTYPE") == std::string_view::npos ||
                input.find("<!--") != std::string_view::npos);
    if (const auto order = ui::pictureOrderFrom(input))
        LIQU_ASSERT(ui::bytesOfOrder(*order) == input);
    const auto head = ui::answerHeadFrom(input.substr(0, ui::AnswerHead::size), 64);
    if (head) LIQU_ASSERT(head->length <= ui::bytesOfPicture(64));
    return 0;
}
