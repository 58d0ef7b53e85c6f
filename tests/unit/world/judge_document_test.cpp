// The judge's own reading of a reader's wire, against frames put together here.
#include <doctest/doctest.h>

#include "tests/world/id_reader/documents.hpp"
#include "tests/world/id_reader/sam.hpp"
#include "tests/world/judge/document_log.hpp"

using namespace liqu;
using namespace liqu::world;

namespace {

std::string logOf(const Document& document) {
    Bytes content{0x00, 0x00, 0x90, 0x01, 0x00, 0x04, 0x00};
    for (const Bytes& part : {encodeText(document), encodePhoto(document)}) {
        content.insert(content.end(), part.begin(), part.end());
    }
    const std::string hex = toHex(samFrame(content));
    return "0.000001 OUT 02 AAAAAA96690003\n0.900000 IN  81 " + hex.substr(0, 14) +
           "\n0.900001 IN  85 " + hex.substr(14) + "\n";
}

}  // namespace

TEST_CASE("each kind of document is read from the wire") {
    for (const auto& [document, kind] :
         {std::pair(documents::resident(), "resident"), std::pair(documents::permit(), "permit"),
          std::pair(documents::foreigner2017(), "foreigner-2017"),
          std::pair(documents::foreigner2023(), "foreigner-2023"),
          std::pair(documents::residentRareName(), "resident")}) {
        const auto found = judge::documentsIn(logOf(document));
        REQUIRE(found.size() == 1);
        CHECK(found[0].kind == kind);
        CHECK(found[0].number == document.number);
        CHECK(found[0].name == document.name);
        CHECK(found[0].birth == document.birth);
    }
}

TEST_CASE("a frame that is damaged or cut is no document") {
    std::string log = logOf(documents::resident());
    log[log.size() - 40] = log[log.size() - 40] == '0' ? '1' : '0';
    CHECK(judge::documentsIn(log).empty());
    log = logOf(documents::resident());
    CHECK(judge::documentsIn(log.substr(0, log.size() - 60) + "\n").empty());
    CHECK(judge::documentsIn("").empty());
}
