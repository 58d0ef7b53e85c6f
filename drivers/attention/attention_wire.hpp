// One way to the people of the branch. A wire is told of a call until somebody has acknowledged it,
// and of its end; to be told twice of the same call changes nothing. (hardware-notes/attention.md)
// Called from one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "drivers/transport/serial.hpp"
#include "firmware/base/result.hpp"
#include "firmware/ports/attention_caller.hpp"

namespace liqu::drivers {

class AttentionWire {
  public:
    virtual ~AttentionWire() = default;

    // A call stands. True: somebody has acknowledged it.
    virtual Result<bool> ask(std::uint64_t call, ports::CallReason reason) = 0;
    // Of a call that ended; it may come when a later one is asked already, and ends none of them.
    virtual Result<void> over(std::uint64_t call) = 0;
};

// A lamp, or a relay that switches one: bytes for on and off, and what its button sends.
struct LampOptions {
    Bytes on;
    Bytes off;
    Bytes acknowledge;  // empty: it has no button
    // Opens the line; again after a failure.
    std::function<SerialResult<std::unique_ptr<SerialPort>>()> open;
};
std::unique_ptr<AttentionWire> makeLampWire(LampOptions options);

// The site's own system, over HTTP(S).
struct SiteOptions {
    std::string url;
    std::filesystem::path authorityFile;  // PEM; empty: the system's authorities
    std::string terminal;
    Duration patience = std::chrono::seconds(5);
};
std::unique_ptr<AttentionWire> makeSiteWire(SiteOptions options);

// What the site is told, and what it may answer. Pure.
std::string siteMessage(const std::string& terminal, std::uint64_t call, std::string_view state,
                        ports::CallReason reason);
// True: acknowledged. attentionNotHeard: it is no answer to this call.
Result<bool> siteAnswer(std::string_view body, std::uint64_t call);

}  // namespace liqu::drivers
