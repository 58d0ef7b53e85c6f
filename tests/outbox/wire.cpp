#include "tests/outbox/wire.hpp"

#include "tests/outbox/sure.hpp"
#include "tests/outbox/written_facts.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/province/keys.hpp"

namespace liqu::proof {
namespace {

world::Pki pkiIn(const std::filesystem::path& folder) {
    return {folder / "keys"};
}

}  // namespace

void makeFolder(const std::filesystem::path& folder) {
    SystemRandom random;
    sure(world::Pki::generate(pkiIn(folder).folder, proofTerminal().terminalId));
    sure(security::SealKey::create(folder / "seal.key", random));
    test::giveIdentity(*openBooks(folder));
}

std::unique_ptr<storage::Database> openBooks(const std::filesystem::path& folder) {
    return sure(storage::Database::open({(folder / "kiosk.db").string(), "", false}));
}

WiredProvince::WiredProvince(const std::filesystem::path& folder, Duration answer)
    : engine_(sure(world::ProvinceEngine::create(
          LIQU_SOURCE_DIR, sure(world::Sm2Keys::load(pkiIn(folder))), faults_))),
      front_(*engine_, faults_, {.answer = answer, .slowAnswer = answer}),
      server_(sure(world::HttpsServer::start(front_, clock_, pkiIn(folder)))) {}

drivers::HttpsLinkOptions lineTo(const std::filesystem::path& folder, const std::string& url) {
    const world::Pki pki = pkiIn(folder);
    drivers::HttpsLinkOptions options;
    options.baseUrl = url;
    options.authorityFile = pki.authority();
    options.certificateFile = pki.terminal();
    options.keyFile = pki.terminalKey();
    return options;
}

WiredKiosk::WiredKiosk(const std::filesystem::path& folder)
    : key(sure(security::SealKey::load(folder / "seal.key"))),
      signer(sure(security::Sm2Signer::load(pkiIn(folder).terminalSigningKey(),
                                            pkiIn(folder).provinceVerifyKey()))) {}

}  // namespace liqu::proof
