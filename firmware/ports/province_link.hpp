// Port: carries one signed envelope to the provincial system and brings the reply. It says
// provably-not-sent (provinceUnreachable) apart from outcome-unknown (provinceOutcomeUnknown):
// only the former may be taken as "nothing happened" (hardware-notes/province.md, "Answer codes").
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

// How long the line is waited for, where kiosk.toml says nothing else (hardware-notes/province.md,
// "Line").
struct LinePatience {
    Duration connect = std::chrono::seconds{5};
    Duration query = std::chrono::seconds{15};
    Duration change = std::chrono::seconds{30};
};

class ProvinceLink {
  public:
    virtual ~ProvinceLink() = default;
    // Sends the envelope (JSON) to the message's path, e.g. "/v1/ISSUE.REPORT"; gives the reply's
    // envelope (JSON). Thread-safe: the kiosk thread and the outbox sender share it.
    virtual Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                         Duration patience) = 0;
};

}  // namespace liqu::ports
