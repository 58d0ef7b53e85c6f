#include "firmware/session/staff_corner.hpp"

namespace liqu::session {
namespace {

constexpr int touchesNeeded = 3;
constexpr Duration touchesApart = std::chrono::seconds{3};

}  // namespace

bool StaffCorner::touched() {
    const Instant now = clock_.now();
    touches_ = touches_ > 0 && now - last_ <= touchesApart ? touches_ + 1 : 1;
    last_ = now;
    if (touches_ < touchesNeeded) return false;
    touches_ = 0;
    return true;
}

}  // namespace liqu::session
