#include "drivers/card_printer/evolis/reply.hpp"

#include <doctest/doctest.h>

#include "drivers/card_printer/evolis/printer_errors.hpp"

using namespace liqu;
using namespace liqu::drivers;

namespace {

std::vector<std::string> repliesOf(ReplyTerminator terminator, std::string_view bytes,
                                   std::size_t chunk) {
    ReplyAssembler assembler(terminator);
    const Bytes all = bytesOf(bytes);
    for (std::size_t at = 0; at < all.size(); at += chunk) {
        assembler.take(ByteView(all).subspan(at, std::min(chunk, all.size() - at)));
    }
    std::vector<std::string> replies;
    while (auto reply = assembler.next()) replies.push_back(*reply);
    return replies;
}

using Texts = std::vector<std::string>;
using namespace std::string_view_literals;

}  // namespace

TEST_CASE("replies end at their terminator, however they are cut") {
    for (const std::size_t chunk : {1, 2, 3, 64}) {
        CAPTURE(chunk);
        CHECK(repliesOf(ReplyTerminator::nul, "OK\0SMART CARD\0"sv, chunk) ==
              Texts{"OK", "SMART CARD"});
        CHECK(repliesOf(ReplyTerminator::cr, "OK\rNO CARD\r"sv, chunk) == Texts{"OK", "NO CARD"});
        CHECK(repliesOf(ReplyTerminator::lf, "5,00 Volts\r\nOK\r\n"sv, chunk) ==
              Texts{"5,00 Volts", "OK"});
        CHECK(repliesOf(ReplyTerminator::any, "OK\r\n\0CARD\0"sv, chunk) == Texts{"OK", "CARD"});
    }
}

TEST_CASE("a silence ends a reply only where the profile says so") {
    ReplyAssembler strict(ReplyTerminator::nul);
    strict.take(bytesOf("SMART CA"));
    strict.silence();
    CHECK(strict.hasPart());
    CHECK_FALSE(strict.next());
    for (const auto terminator : {ReplyTerminator::any, ReplyTerminator::silence}) {
        ReplyAssembler assembler(terminator);
        assembler.take(bytesOf("SMART CARD"));
        CHECK_FALSE(assembler.next());
        assembler.silence();
        CHECK(assembler.next() == "SMART CARD");
        CHECK_FALSE(assembler.hasPart());
    }
}

TEST_CASE("noise without end stays small") {
    ReplyAssembler assembler(ReplyTerminator::nul);
    assembler.take(Bytes(100'000, 'x'));
    assembler.take(Bytes{0});
    REQUIRE(assembler.hasPart() == false);
    CHECK(assembler.next()->size() == 256);
}

TEST_CASE("every known reply is told apart, by prefix and in any case") {
    const std::pair<const char*, ReplyKind> cases[] = {
        {"OK", ReplyKind::ok},
        {"NO CARD", ReplyKind::noCard},
        {"CARD", ReplyKind::card},
        {"SMART CARD", ReplyKind::chipStation},
        {"CONTACTLESS CARD", ReplyKind::contactlessStation},
        {"ERR CARD", ReplyKind::misplacedCard},
        {"NEED CLEANING", ReplyKind::cleaningNeeded},
        {"ERR NEED CLEANING", ReplyKind::cleaningNeeded},
        {"ERROR CDE", ReplyKind::commandUnknown},
        {"ERROR PARAMETRES", ReplyKind::parameterWrong},
        {"OPT NOT AVAILABLE", ReplyKind::optionMissing},
        {"ERROR TIME OUT", ReplyKind::timeOut},
        {"ERROR HOPPER", ReplyKind::hopper},
        {"HOPPER FULL", ReplyKind::hopperFull},
        {"HOPPER DOOR", ReplyKind::hopperDoor},
        {"ERROR HEAD", ReplyKind::head},
        {"COVER OPEN", ReplyKind::coverOpen},
        {"FEEDER EMPTY", ReplyKind::feederEmpty},
        {"CARD JAM", ReplyKind::jam},
        {"ERROR RIBBON", ReplyKind::ribbon},
        {"ERR RIB DETECTION", ReplyKind::ribbonUndetected},
        {"ERROR MAG", ReplyKind::magnetic},
        {"ERROR MAG CHECKSUM", ReplyKind::magnetic},
        {"ERROR MAG DATA", ReplyKind::magnetic},
        {"ERROR UNKNOW", ReplyKind::otherError},
        {"ERROR CHECKSUM", ReplyKind::checksum},
    };
    for (const auto& [text, kind] : cases) {
        CAPTURE(text);
        CHECK(kindOf(text) == kind);
        std::string lower(text);
        for (char& c : lower) c = static_cast<char>(std::tolower(c));
        CHECK(kindOf(lower + " 12") == kind);
    }
    CHECK(kindOf("KC200") == ReplyKind::text);
    CHECK(kindOf("OKAPI") == ReplyKind::text);
    CHECK(kindOf("") == ReplyKind::text);
}

TEST_CASE("voltages have a decimal comma and a unit") {
    CHECK(voltsOf("5,00 Volts") == 5.0);
    CHECK(voltsOf("0,17 Volts") == 0.17);
    CHECK(voltsOf("3.92 volts") == 3.92);
    CHECK_FALSE(voltsOf("4,9"));  // broken off
    CHECK_FALSE(voltsOf("OK"));
    CHECK_FALSE(voltsOf("Volts"));
    CHECK_FALSE(voltsOf("1,2,3 Volts"));
}

TEST_CASE("numbers stand alone") {
    CHECK(numberIn("128") == 128U);
    CHECK(numberIn(" 7 ") == 7U);
    CHECK_FALSE(numberIn("OK"));
    CHECK_FALSE(numberIn("12x"));
    CHECK_FALSE(numberIn("-1"));
    CHECK_FALSE(numberIn("99999999999"));
}

TEST_CASE("each error text has its code") {
    using E = ErrorCode;
    const auto code = [](const char* text, Activity activity = Activity::move) {
        return errorOf("Sis", text, activity).code;
    };
    CHECK(code("ERROR CDE") == E::printerRefusedCommand);
    CHECK(code("ERROR PARAMETRES") == E::printerRefusedCommand);
    CHECK(code("OPT NOT AVAILABLE") == E::printerRefusedCommand);
    CHECK(code("NEED CLEANING") == E::cleaningDue);
    CHECK(code("ERR NEED CLEANING") == E::cleaningDue);
    CHECK(code("ERROR TIME OUT") == E::cardJammed);
    CHECK(code("ERROR TIME OUT", Activity::feed) == E::cardNotFed);
    CHECK(code("ERROR HOPPER", Activity::feed) == E::cardNotFed);
    CHECK(code("HOPPER FULL") == E::rejectBinFull);
    CHECK(code("HOPPER DOOR") == E::printerCoverOpen);
    CHECK(code("ERROR HEAD") == E::printHeadFault);
    CHECK(code("COVER OPEN") == E::printerCoverOpen);
    CHECK(code("FEEDER EMPTY") == E::hopperEmpty);
    CHECK(code("CARD JAM") == E::cardJammed);
    CHECK(code("ERROR RIBBON") == E::ribbonWrong);
    CHECK(code("ERR RIB DETECTION") == E::ribbonMissing);
    CHECK(code("ERROR MAG DATA") == E::printerRefusedCommand);
    CHECK(code("ERROR UNKNOW") == E::printerGarbled);
    CHECK(code("ERROR CHECKSUM") == E::printerGarbled);
    CHECK(code("NO CARD") == E::cardGoneFromPrinter);
    CHECK(code("NO CARD", Activity::feed) == E::cardNotFed);
    CHECK(code("what?") == E::printerGarbled);
    CHECK(errorOf("Sis", "a\x01\xFF", Activity::move).cause == "Sis: a??");
}
