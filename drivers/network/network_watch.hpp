// Tells when the machine's network comes: a cable that is put in, an address that is given
// (rtnetlink(7)). What waits for the province then tries at once, not at the end of its pause.
// Thread-safe: the watch has a thread of its own, start and end are any thread's.
#pragma once

#include <functional>
#include <memory>

#include "firmware/base/bytes.hpp"

namespace liqu::drivers {

// Whether the kernel's messages say so; what is cut short or of another kind says nothing.
bool networkCame(ByteView messages);

class NetworkWatch {
  public:
    // onCome is called on the watch's own thread, until its end. None where the kernel gives no
    // such socket: then pauses end by themselves.
    static std::unique_ptr<NetworkWatch> start(std::function<void()> onCome);
    virtual ~NetworkWatch() = default;
};

}  // namespace liqu::drivers
