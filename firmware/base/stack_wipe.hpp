// Functions that returned leave their locals in the stack, short strings and buffers of libraries
// among them. Who has called such a function wipes below its own frame afterwards.
#pragma once

namespace liqu {

// Half a megabyte below the caller; the caller's thread needs a stack with that much left.
void wipeUnusedStack();

}  // namespace liqu
