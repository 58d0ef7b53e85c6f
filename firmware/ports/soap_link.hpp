// Port: carries one SOAP call to a province's older system and brings what came back, whatever its
// status. Like ProvinceLink it says provably-not-sent (provinceUnreachable) apart from
// outcome-unknown, and never sends anything a second time by itself.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

struct SoapPost {
    std::string path;
    std::string action;   // SOAPAction; its header is sent also where it is empty
    std::string charset;  // "utf-8"
    std::string_view body;
};
struct SoapReply {
    long status = 0;
    std::string text;
    std::string date;  // the head's, as it was sent; empty where there was none
};

class SoapLink {
  public:
    virtual ~SoapLink() = default;
    // Thread-safe: the kiosk thread and the outbox sender share it.
    virtual Result<SoapReply> post(const SoapPost& post, Duration patience) = 0;
    // Asks for a page, which changes nothing: whether somebody is there.
    virtual Result<SoapReply> look(const std::string& path, Duration patience) = 0;
};

}  // namespace liqu::ports
