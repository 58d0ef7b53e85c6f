// Staff at the machine: signed in with number and PIN, led by a menu of what their role may do,
// signed out by a touch or by walking away.
#pragma once

#include "firmware/session/parts.hpp"

namespace liqu::session {

void serveStaff(SessionParts& parts, const Comfort& comfort);

}  // namespace liqu::session
