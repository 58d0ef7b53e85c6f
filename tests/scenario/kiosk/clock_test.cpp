// The date as the machine has it: against its certificate, and against an ID card's own days.
// Rules: A-16.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/agreement.hpp"
#include "tests/scenario/kiosk/told.hpp"

namespace liqu::scenario {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

WallTime midnightOf(int year, unsigned month, unsigned day) {
    return WallTime{std::chrono::sys_days{std::chrono::year{year} / month / day}} - chinaOffset;
}

bool isLogged(SimulatedKiosk& kiosk, const std::string& code, const std::string& cause) {
    return std::ranges::any_of(kiosk.logLines(), [&](const std::string& line) {
        return line.find(code) != std::string::npos && line.find(cause) != std::string::npos;
    });
}

// The line refuses a certificate from the first sign-in on; it is 1 June 2024.
KioskSettings refusedCertificate(WallTime from, WallTime to) {
    KioskSettings settings = shippedSettings({"province.expired-certificate"});
    settings.ownCertificate = security::Certificate{terminalId, from, to};
    return settings;
}

TEST_CASE("a certificate that is refused asks the clock first") {
    SimulatedKiosk kiosk(refusedCertificate(midnightOf(2024, 1, 1), midnightOf(2025, 1, 1)));
    kiosk.truth().breaks(&truth::Truth::clockFaults);
    kiosk.clock().goWrongBy(days{400});
    CHECK(standing(kiosk) == "clockNotTrusted");
    CHECK(isLogged(kiosk, "clockNotTrusted", "days after this machine's certificate ended"));
    const std::size_t before = kiosk.outside().blanks.size();
    kiosk.serve();
    CHECK(cardsInBooks(kiosk) == "-");
    CHECK(kiosk.outside().printer->places().hoppers.front().size() == before);
    // The clock is right again, and with it the certificate of the province.
    kiosk.clock().goWrongBy(0ms);
    kiosk.outside().faults.mend("province");
    kiosk.truth().mended();
    CHECK(standing(kiosk) == "welcome");
    kiosk.serve();
    CHECK(cardsInBooks(kiosk) == "holder 1");
}

TEST_CASE("under a clock that is right the certificate is named, and the clock beside it") {
    SimulatedKiosk good(refusedCertificate(midnightOf(2024, 1, 1), midnightOf(2025, 1, 1)));
    CHECK(standing(good) == "provinceCertificateWrong");
    CHECK(isLogged(good, "provinceCertificateWrong", "; the clock says 2024-06-01"));
    // Its own has ended, and the books of the last days say that the clock is right.
    SimulatedKiosk ended(refusedCertificate(midnightOf(2023, 1, 1), midnightOf(2024, 5, 31)));
    CHECK(standing(ended) == "provinceCertificateWrong");
    // Books that were silent for a fortnight say nothing of the clock any more.
    ended.truth().breaks(&truth::Truth::clockFaults);
    ended.outside().clock.sleepFor(days{15});
    CHECK(standing(ended) == "clockNotTrusted");
}

TEST_CASE("a clock that was set right is not called wrong, also where the line is away now") {
    SimulatedKiosk kiosk;
    kiosk.truth().breaks(&truth::Truth::clockFaults);
    kiosk.clock().goWrongBy(20min);
    kiosk.restart();
    CHECK(standing(kiosk) == "clockNotTrusted");
    CHECK(isLogged(kiosk, "clockNotTrusted", "CLOCK_DIFFERS"));
    REQUIRE(kiosk.outside().faults.arm("province.unreachable@TERM.SIGNIN"));
    CHECK(standing(kiosk) == "clockNotTrusted");
    kiosk.clock().goWrongBy(0ms);
    kiosk.truth().mended();
    CHECK(standing(kiosk) == "provinceUnreachable");
    kiosk.outside().faults.mend("province");
    kiosk.outside().front->mendLine();
    CHECK(standing(kiosk) == "welcome");
}

TEST_CASE("an ID card is good from its first day to its last, as China counts days") {
    struct Row {
        const char* from;
        const char* to;
        Duration after;  // ten in the morning of 1 June
        std::optional<ErrorCode> refused;
    };
    for (const Row& row : {Row{"20240601", "20340601", 0s, std::nullopt},
                           Row{"20240602", "20340602", 0s, ErrorCode::documentNotYetValid},
                           Row{"20240602", "20340602", 13h + 55min, ErrorCode::documentNotYetValid},
                           Row{"20240602", "20340602", 14h + 1min, std::nullopt},
                           Row{"20140601", "20240601", 13h + 50min, std::nullopt},
                           Row{"20140601", "20240601", 14h + 1min, ErrorCode::documentExpired},
                           Row{"20140531", "20240531", 0s, ErrorCode::documentExpired}}) {
        CAPTURE(std::string(row.from));
        CAPTURE(row.after.count());
        SimulatedKiosk kiosk;
        kiosk.outside().clock.sleepFor(row.after);
        world::Document document = world::documents::resident();
        document.validFrom = row.from;
        document.validTo = row.to;
        kiosk.serve(document);
        std::optional<ErrorCode> told;
        for (const ToldProblem& problem : problemsTold(kiosk.citizen())) told = problem.reason;
        CHECK(told == row.refused);
        CHECK(cardsInBooks(kiosk) == (row.refused ? "-" : "holder 1"));
        CHECK(kiosk.outside().province().messages["PERSON.QUERY"] == (row.refused ? 0 : 1));
    }
}

}  // namespace
}  // namespace liqu::scenario
