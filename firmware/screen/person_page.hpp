// A page that a person reads and answers, as a value: the window draws it without knowing what it
// is about. Whatever a service asks or tells is such a page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "firmware/base/error.hpp"
#include "firmware/base/words.hpp"
#include "firmware/screen/page_parts.hpp"

namespace liqu::screen {

// Where in the visit the person is; shown in the header.
// take: the last one, of a visit that makes no card too.
enum class VisitStage : std::uint8_t { none, identify, confirm, make, take };
constexpr auto wordsOf(VisitStage) {
    return words<VisitStage>({{VisitStage::none, "none"},
                              {VisitStage::identify, "identify"},
                              {VisitStage::confirm, "confirm"},
                              {VisitStage::make, "make"},
                              {VisitStage::take, "take"}});
}

using PagePart =
    std::variant<Paragraph, Notice, Facts, Quote, NumberedList, Choices, Fields, QrCode>;

struct PersonPage {
    std::string name{};  // "consent": for screen maps, pictures' names and logs
    VisitStage stage = VisitStage::none;
    Phrase question{};
    Picture picture = Picture::none;
    std::vector<PagePart> parts{};
    std::vector<PagePart> beside{};  // under the picture where there are two columns
    bool besideLast = false;         // in one column: after the parts, not before them
    std::vector<Button> buttons{};
    std::optional<ErrorCode> reason{};  // why no card came into a hand, where the page tells that
};

}  // namespace liqu::screen
