// What a witness is given comes from outside: every fault is named, and nothing else happens.
#include "program/witness/witness.hpp"

#include <doctest/doctest.h>
#include <sstream>

#include "firmware/staff/audit_export.hpp"
#include "tests/audit/recorder.hpp"

using namespace liqu;
using namespace liqu::witness;

namespace {

std::string faultOf(const std::string& text) {
    std::istringstream in(text);
    const auto record = readRecord(in);
    return record ? "" : record.error().cause;
}

const std::string header = staff::auditHeader("T-000017");
const std::string checkpointText = "LIQU-AUDIT/1 T-000017 1717236000000 12 - " +
                                   std::string(64, 'A') + " 57 48212 " + std::string(128, 'C');

std::string with(std::size_t word, const std::string& other) {
    std::istringstream in(checkpointText);
    std::string text;
    std::string one;
    for (std::size_t i = 0; in >> one; ++i) text += (i == 0 ? "" : " ") + (i == word ? other : one);
    return text;
}

}  // namespace

TEST_CASE("an export that is none is refused by its row") {
    CHECK(faultOf("") == "the export is empty");
    CHECK(faultOf("move\t1\n").starts_with("row 1: this is no export"));
    CHECK(faultOf(header + "line\t1\n") == "row 2: a line has nine fields");
    CHECK(faultOf(header + "line\tx\t0\t\t\t\t\t\t\t\n") == "row 2: \"x\" is no number");
    CHECK(faultOf(header + "other\t1\n") == "row 2: it is no line, move or end");
    CHECK(faultOf(header + "end\t%zz\n") == "row 2: % without digits");
    CHECK(faultOf(header + "end\t%4\n") == "row 2: % without digits");
    CHECK(faultOf(header + "end\t\x01\n") == "row 2: a control character");
    CHECK(faultOf(header + std::string(20'000, 'x')) == "row 2: the row is too long");
    CHECK(faultOf(header + std::string(100, '\t')) == "row 2: the row has too many fields");
    CHECK(faultOf(header).empty());
}

TEST_CASE("fields keep what they have, whatever it is") {
    const std::vector<std::string> fields = {"a\tb", "100%", std::string("\0\x1f\n", 3), "浙江",
                                             ""};
    std::string row = staff::auditRow("end", fields);
    REQUIRE(row.back() == '\n');
    row.pop_back();
    CHECK(row.find('\n') == std::string::npos);
    auto back = staff::auditFields(row).value();
    CHECK(back.front() == "end");
    back.erase(back.begin());
    CHECK(back == fields);
}

TEST_CASE("a checkpoint is read as it was written, and one that is none is refused") {
    const auto good = staff::parseCheckpoint(checkpointText);
    REQUIRE(good);
    CHECK(staff::textOf(*good) == checkpointText);
    CHECK(good->lines == 12);
    CHECK(good->mac.empty());
    CHECK(staff::parseCheckpoint(with(8, "-"))->signature.empty());
    for (const auto& [word, other] :
         std::vector<std::pair<std::size_t, std::string>>{{0, "LIQU-AUDIT/2"},
                                                          {1, std::string(41, 'T')},
                                                          {2, "-1"},
                                                          {3, "0"},
                                                          {3, "12x"},
                                                          {4, "AB"},
                                                          {5, "-"},
                                                          {5, std::string(64, 'G')},
                                                          {6, ""},
                                                          {7, "99999999999999999999"},
                                                          {8, "AB"}}) {
        CAPTURE(word);
        CAPTURE(other);
        CHECK_FALSE(staff::parseCheckpoint(with(word, other)));
    }
    CHECK_FALSE(staff::parseCheckpoint(""));
    CHECK_FALSE(staff::parseCheckpoint(std::string(5000, ' ')));
    std::istringstream many(checkpointText + "\r\n\n" + checkpointText + "\n");
    CHECK(readCheckpoints(many)->size() == 2);
    std::istringstream bad(checkpointText + "\nnonsense\n");
    CHECK(readCheckpoints(bad).error().cause.starts_with("row 2: checkpoint: "));
}

TEST_CASE("letters are of the place in the record, not of who signed") {
    const staff::Checkpoint one = staff::parseCheckpoint(checkpointText).value();
    const staff::Checkpoint other = staff::parseCheckpoint(with(8, "-")).value();
    CHECK(staff::lettersOf(one) == staff::lettersOf(other));
    CHECK(staff::lettersOf(one).size() == 19);
    CHECK(staff::lettersOf(one) != staff::lettersOf(staff::parseCheckpoint(with(3, "13")).value()));
}

TEST_CASE("a key that is none is refused") {
    const std::string good = "liqu-audit-key/1 T-000017 5 " + std::string(64, 'A') + "\n";
    const auto key = readFirstKey(good);
    REQUIRE(key);
    CHECK(key->line == 5);
    CHECK(key->terminal == "T-000017");
    for (const char* bad : {"", "liqu-audit-key/1 ", "liqu-audit-key/1 T 0 AA",
                            "liqu-audit-key/1 T 5", "liqu-audit-key/2 T 5 AA"}) {
        CHECK_FALSE(readFirstKey(bad));
    }
    CHECK_FALSE(readFirstKey("liqu-audit-key/1 T x " + std::string(64, 'A')));
    CHECK_FALSE(readFirstKey("liqu-audit-key/1 T 1 " + std::string(64, 'Z')));
}

TEST_CASE("what is kept outside has to be of this terminal, and of one mind") {
    proof::Recorder recorder(3, proof::Weakness::none);
    recorder.write(12);
    recorder.checkpoint();
    proof::Recorded honest = recorder.recorded();
    CHECK_FALSE(verify(honest.record, honest.checkpoints, {})->wrong);
    auto other = honest.checkpoints;
    other.push_back(other.front());
    CHECK_FALSE(verify(honest.record, other, {})->wrong);
    other.back().digest = std::string(64, 'A');
    CHECK(verify(honest.record, other, {}).error().cause.find("contradict") != std::string::npos);
    other = honest.checkpoints;
    other.front().terminal = "T-000018";
    CHECK_FALSE(verify(honest.record, other, {}));
    honest.firstKey.terminal = "T-000018";
    CHECK_FALSE(verify(honest.record, {}, {honest.firstKey}));
}
