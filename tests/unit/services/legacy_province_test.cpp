// docs/legacy-province.md says for each service what a machine before an older province does: no
// more and no less than its adapter can.
#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <sstream>

#include "firmware/province/adapters/card_service/adapter.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/services/catalogue.hpp"
#include "firmware/services/who_may.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::services {
namespace {

namespace older = province::card_service;

// Rows of the page's tables by their first cell; their other cells.
std::map<std::string, std::vector<std::string>> rowsOfPage() {
    std::ifstream page(LIQU_SOURCE_DIR "/docs/legacy-province.md");
    std::map<std::string, std::vector<std::string>> rows;
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| ")) continue;
        std::istringstream cells(line.substr(2));
        std::vector<std::string> row;
        for (std::string cell; std::getline(cells, cell, '|');) {
            const std::size_t end = cell.find_last_not_of(' ');
            const std::size_t begin = cell.find_first_not_of(' ');
            row.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
        }
        if (row.size() > 1) rows[row[0]] = {row.begin() + 1, row.end()};
    }
    return rows;
}

older::RegionTable tableOf(const std::string& name, const char* region) {
    auto table =
        older::loadRegionTable(LIQU_SOURCE_DIR "/kiosk-config/legacy/" + name + ".toml", region);
    REQUIRE_MESSAGE(table, (table ? "" : describe(table.error())));
    return *table;
}

class NoLine final : public ports::SoapLink {
  public:
    Result<ports::SoapReply> post(const ports::SoapPost&, Duration) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }
    Result<ports::SoapReply> look(const std::string&, Duration) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }
};

// Beside an older system: it can the three messages of the card's keys, and nothing else.
class Encryption final : public province::Adapter {
  public:
    Encryption(Clock& clock, Random& random) : Adapter(clock, random, {}) {}
    bool can(province::MessageType type) const override {
        return type == province::MessageType::cardAuthInternal ||
               type == province::MessageType::cardAuthExternal ||
               type == province::MessageType::cardAuthSecure;
    }
    Result<province::Proof> proofOf(const province::Outgoing&) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }

  private:
    Result<province::Reply> exchange(const province::Outgoing&) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }
};

struct Older {
    explicit Older(older::RegionTable ofRegion, bool hasEncryption = false)
        : table(std::move(ofRegion)),
          adapter({link,
                   table,
                   {"u", SecretText("p")},
                   *database,
                   sealer,
                   SecretBytes(Bytes(32, 1)),
                   {},
                   {},
                   hasEncryption ? &encryption : nullptr},
                  clock, random, {"T-1", "410000", "O-1", "p-1"}) {}
    test::Scratch scratch;
    world::VirtualClock clock;
    SeededRandom random{1};
    NoLine link;
    older::RegionTable table;
    std::unique_ptr<storage::Database> database = test::openDatabase(scratch);
    security::SealKey key = security::SealKey::make(random);
    security::Sealer sealer{security::SealProfile::aes256Gcm, key, random};
    Encryption encryption{clock, random};
    older::CardServiceAdapter adapter;
};

class NoKipsLine final : public ports::ProvinceLink {
  public:
    Result<std::string> exchange(std::string_view, std::string_view, Duration) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }
};

class NoSigner final : public ports::Signer {
  public:
    Result<Bytes> sign(ByteView) override {
        return fail(ErrorCode::provinceUnreachable, "nothing is signed here");
    }
    bool verifyProvince(ByteView, ByteView) override { return false; }
};

struct OwnContract {
    world::VirtualClock clock;
    SeededRandom random{1};
    NoKipsLine link;
    NoSigner signer;
    province::KipsAdapter adapter{
        link, signer, clock, random, {"T-1", "410000", "O-1", "p-1"}, ports::LinePatience{}};
};

std::string wayHere(const Service& service, province::Adapter& adapter) {
    policy::RegionPolicy region;
    region.services[std::string(service.id)].mode = policy::ServiceMode::self;
    const province::Province province(adapter);
    const Date day{std::chrono::year{2028}, std::chrono::April, std::chrono::day{30}};
    return isOffered(service, {region, province, day, true}) ? "does" : "guides";
}

TEST_CASE("the page says of each service what a machine before each of these provinces does") {
    const auto page = rowsOfPage();
    Older henan(tableOf("henan", "410000"));
    Older hubei(tableOf("hubei", "420000"));
    Older jilin(tableOf("jilin", "220000"));
    OwnContract kips;
    for (const Service* service : catalogue()) {
        CAPTURE(std::string(service->id));
        const auto row = page.find(std::string(service->id));
        REQUIRE(row != page.end());
        REQUIRE(row->second.size() >= 4);
        CHECK(row->second[0] == wayHere(*service, henan.adapter));
        CHECK(row->second[1] == wayHere(*service, hubei.adapter));
        CHECK(row->second[2] == wayHere(*service, jilin.adapter));
        CHECK(row->second[3] == wayHere(*service, kips.adapter));
    }
}

TEST_CASE("with an encryption machine and its chip's constants a first card is made, in Henan") {
    older::RegionTable table = tableOf("henan", "410000");
    Older withoutConstants(table, true);
    CHECK(wayHere(firstCard, withoutConstants.adapter) == "guides");
    table.chip = older::ChipConstants{"1", "3.00", "001122334455667788990011"};
    Older whole(table, true);
    CHECK(wayHere(firstCard, whole.adapter) == "does");
    Older withoutEncryption(table);
    CHECK(wayHere(firstCard, withoutEncryption.adapter) == "guides");
}

}  // namespace
}  // namespace liqu::services
