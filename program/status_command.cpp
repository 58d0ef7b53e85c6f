// `liqu status`: what the kiosk that runs said last, and how old that is. Nothing is opened, no
// device is asked.
#include "program/status_command.hpp"

#include <cstdio>

#include "program/advice.hpp"
#include "program/console.hpp"

namespace liqu::program {
namespace {

void line(const std::string& what, const std::string& words) {
    std::printf("%-16s %s\n", what.c_str(), words.c_str());
}

std::string wordsOf(std::int64_t code, const std::string& trouble) {
    if (code == 0) return "ok";
    std::string words = std::to_string(code) + " " + trouble;
    for (const ErrorCode one : allErrorCodes()) {
        if (numberOf(one) != code) continue;
        if (trouble.empty()) words += std::string(nameOf(one));
        words += " — " + std::string(adviceFor(one));
    }
    return words;
}

std::string ageOf(std::int64_t seconds) {
    if (seconds < 120) return std::to_string(seconds) + " s";
    if (seconds < 7200) return std::to_string(seconds / 60) + " min";
    return std::to_string(seconds / 3600) + " h";
}

void printBooks(const KioskStatus& status) {
    if (status.booksTrouble != 0) return line("books", wordsOf(status.booksTrouble, ""));
    if (!status.booksNewest) line("books", "a copy: no card is made before liqu books renew");
    line("day", status.day.empty() ? "none is open" : status.day + " " + status.dayState);
    line("queue", std::to_string(status.waiting) + " wait(s), " + std::to_string(status.parked) +
                      " set aside" +
                      (status.oldestAge > 0 ? ", the oldest for " + ageOf(status.oldestAge) : ""));
    for (const KioskStatus::Lane& lane : status.lanes) {
        line("lane " + std::to_string(lane.number),
             std::to_string(lane.blanks) + " of " + std::to_string(lane.capacity) +
                 " blanks, bank " + lane.bank + (lane.stopped ? ", stopped" : ""));
    }
    for (const auto& [name, cards] : status.bins) line(name, std::to_string(cards) + " card(s)");
}

}  // namespace

void printStatus(const KioskStatus& status) {
    line("terminal", status.terminal + " in " + status.outlet + ", liqu " + status.version +
                         ", schema " + std::to_string(status.schema) + ", rules " + status.policy);
    line("serving", status.serving + (status.reason != 0 ? ": " + wordsOf(status.reason, "") : ""));
    // A visit may take its time; nothing else does.
    constexpr std::int64_t longSilence = 600;
    if (status.heardBefore > longSilence) {
        line("kiosk thread", "silent for " + ageOf(status.heardBefore));
    }
    for (const KioskStatus::Part& part : status.parts) {
        line(part.name, wordsOf(part.code, part.trouble));
    }
    printBooks(status);
    line("disk", std::to_string(status.freeDisk / (1 << 20)) + " MiB free");
}

int runStatus(const StatusOptions& options) {
    const auto status = readStatus(options.data);
    if (!status) return say(status.error());
    const WallTime now = SystemClock().wallTime();
    const std::string stale = staleBecause(*status, now);
    if (!stale.empty()) std::fprintf(stderr, "liqu: stale: %s\n", stale.c_str());
    if (options.json || options.metrics) {
        const std::string text = options.json ? jsonOf(*status) : metricsOf(*status);
        std::fputs(text.c_str(), stdout);
    } else {
        printStatus(*status);
        const auto written = WallTime(std::chrono::seconds(status->writtenAt));
        line("as of", formatChinaTime(written));
    }
    return stale.empty() ? 0 : 1;
}

}  // namespace liqu::program
