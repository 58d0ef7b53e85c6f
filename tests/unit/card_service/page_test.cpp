// docs/legacy-province.md says for each message how it goes before an older province.
#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/unit/card_service/fake_service.hpp"

namespace liqu::province::card_service {
namespace {

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

// Beside an older system: it can the three messages of the card's keys, and nothing else.
class Encryption final : public Adapter {
  public:
    Encryption(Clock& clock, Random& random) : Adapter(clock, random, {}) {}
    bool can(MessageType type) const override {
        return type == MessageType::cardAuthInternal || type == MessageType::cardAuthExternal ||
               type == MessageType::cardAuthSecure;
    }
    Result<Proof> proofOf(const Outgoing&) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }

  private:
    Result<Reply> exchange(const Outgoing&) override {
        return fail(ErrorCode::provinceUnreachable, "nobody there");
    }
};

TEST_CASE("the page says of each message how it goes, and the adapter can no other") {
    const auto page = rowsOfPage();
    world::VirtualClock clock;
    SeededRandom random{1};
    Encryption encryption(clock, random);
    test::LegacyDesk henan("henan", &encryption);
    for (const MessageType type : wordTable<MessageType>.values()) {
        const std::string name(liqu::nameOf(type));
        CAPTURE(name);
        const Way way = wayOf(henan.table, type, &encryption);
        CHECK(henan.adapter->can(type) == (way != Way::none));
        const auto row = page.find(name);
        if (row == page.end()) {
            // What the page sums up in one line.
            const bool summed = name.starts_with("STOCK.") || name.starts_with("FINISHED.") ||
                                name == "CARD.RECOVER" || name.starts_with("WRONGCARD.");
            CHECK(summed);
            CHECK(way == Way::branchList);
            continue;
        }
        CHECK(row->second[0] == liqu::nameOf(way));
    }
}

}  // namespace
}  // namespace liqu::province::card_service
