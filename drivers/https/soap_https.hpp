// The line to a province that speaks SOAP: the HTTPS link's own connection, certificates and guard
// against a second sending, with the heads of SOAP 1.1. Thread-safe like the link.
#pragma once

#include "drivers/https/https_link.hpp"
#include "firmware/ports/soap_link.hpp"

namespace liqu::drivers {

class SoapHttps final : public ports::SoapLink {
  public:
    explicit SoapHttps(std::unique_ptr<HttpsLink> link) : link_(std::move(link)) {}

    Result<ports::SoapReply> post(const ports::SoapPost& post, Duration patience) override;
    Result<ports::SoapReply> look(const std::string& path, Duration patience) override;

  private:
    std::unique_ptr<HttpsLink> link_;
};

}  // namespace liqu::drivers
