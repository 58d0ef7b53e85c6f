// A province on a real wire, and what a kiosk sends to it with: the product's own signer, link,
// adapter and sealer, on files in one folder.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "drivers/https/https_link.hpp"
#include "firmware/base/clock.hpp"
#include "firmware/base/random.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "firmware/storage/database.hpp"
#include "tests/world/province/https_server.hpp"

namespace liqu::proof {

// The keys of both sides, the books' key and empty books.
void makeFolder(const std::filesystem::path& folder);
std::unique_ptr<storage::Database> openBooks(const std::filesystem::path& folder);

class WiredProvince {
  public:
    // answer: how long it lets each message wait for its answer.
    WiredProvince(const std::filesystem::path& folder, Duration answer);

    world::ProvinceFront& front() { return front_; }
    std::string url() const { return server_->url(); }

  private:
    SystemClock clock_;
    world::FaultPlan faults_;
    std::unique_ptr<world::ProvinceEngine> engine_;
    world::ProvinceFront front_;
    std::unique_ptr<world::HttpsServer> server_;
};

// Where the link is; nothing but curl and files.
drivers::HttpsLinkOptions lineTo(const std::filesystem::path& folder, const std::string& url);

struct WiredKiosk {
    explicit WiredKiosk(const std::filesystem::path& folder);

    SystemClock clock;
    SystemRandom random;
    security::SealKey key;
    security::Sealer sealer{security::SealProfile::sm4CtrHmacSm3, key, random};
    std::unique_ptr<security::Sm2Signer> signer;
};

}  // namespace liqu::proof
