// The voice of a kiosk is killed, as a crash would end it.
#pragma once

#include <sys/types.h>

namespace liqu::world {

// False where the process has no such child.
bool killVoiceOf(pid_t kiosk);

}  // namespace liqu::world
