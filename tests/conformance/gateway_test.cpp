// The kiosk before a gateway on its own machine (docs/tlcp.md): the whole contract is held through
// it, and what it must not take on itself is seen.
#include "tests/conformance/gateway.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "drivers/https/https_link.hpp"
#include "tests/conformance/sites.hpp"

using namespace liqu;
using namespace liqu::conformance;

namespace {

// The line's two certificates are of this machine; the envelopes are the terminal's and the
// province's, as without a gateway.
class GatewaySite final : public Site {
  public:
    explicit GatewaySite(GatewayLie lie = GatewayLie::none)
        : province_(std::make_unique<KipsSite>()),
          gateway_(pki(), province_->pki(), province_->port(), scratch().folder() / "gateway",
                   lie) {}
    std::string adapter() const override { return "kips"; }
    std::string url() const override { return gateway_.url(); }
    SubjectFiles files() const override {
        SubjectFiles files = Site::files();
        files.signingKey = province_->pki().terminalSigningKey();
        files.verificationKey = province_->pki().provinceVerifyKey();
        return files;
    }
    world::ProvinceFront& front() { return province_->front(); }
    void loseProvince() { province_.reset(); }

  private:
    std::unique_ptr<KipsSite> province_;
    Gateway gateway_;
};

}  // namespace

TEST_CASE("through a gateway of this machine the province holds all that it owes") {
    GatewaySite site;
    const auto report = site.examine();
    INFO(site.said());
    CHECK(report->failures() == std::vector<std::string>{});
    CHECK(report->untried() ==
          std::vector<std::string>{"CARD.RECOVER", "FEE.REGISTER", "FEE.REFUND"});
    CHECK(site.front().copyOfBooks().permits.size() == 1);
}

TEST_CASE("a gateway that lets anybody in is found, as a system that does would be") {
    GatewaySite site(GatewayLie::takesAnybody);
    const auto report = site.examine({Part::door});
    INFO(site.said());
    const auto& failures = report->failures();
    for (const char* shown : {"door: without a certificate nobody comes in",
                              "door: with a certificate of others nobody comes in"}) {
        CHECK(std::ranges::find(failures, shown) != failures.end());
    }
}

TEST_CASE("a gateway that does not show the terminal's certificate gets no answer") {
    GatewaySite site(GatewayLie::showsNothing);
    const auto report = site.examine({Part::signIn});
    INFO(site.said());
    CHECK_FALSE(report->holds());
    CHECK(site.front().copyOfBooks().messages.empty());
}

TEST_CASE("behind a gateway nobody knows whether a message arrived") {
    GatewaySite site;
    const SubjectFiles files = site.files();
    site.loseProvince();
    auto line =
        drivers::HttpsLink::create({files.server, files.authority, files.certificate, files.key});
    REQUIRE(line.has_value());
    // The gateway answers the call, and only then finds that nobody is there.
    const auto said = (*line)->exchange("/v1/TERM.SIGNIN", "{}", std::chrono::seconds{10});
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == ErrorCode::provinceOutcomeUnknown);
}
