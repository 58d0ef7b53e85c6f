#include "firmware/custody/people.hpp"

#include <algorithm>

namespace liqu::custody {
namespace {

constexpr std::size_t longestBadge = 20;  // openapi.json, operatorId

bool isBadge(const std::string& text) {
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
    };
    return !text.empty() && text.size() <= longestBadge && std::ranges::all_of(text, fits);
}

}  // namespace

Result<void> requireBadge(const std::string& badge) {
    if (isBadge(badge)) return {};
    return fail(ErrorCode::samePersonTwice,
                "a badge number is needed: capital letters and digits, at most 20");
}

Result<void> requireTwo(const TwoPeople& people) {
    TRY(requireBadge(people.operatorId));
    TRY(requireBadge(people.secondOperatorId));
    if (people.operatorId != people.secondOperatorId) return {};
    return fail(ErrorCode::samePersonTwice,
                "badge " + people.operatorId + " is named twice; a second person must be there");
}

}  // namespace liqu::custody
