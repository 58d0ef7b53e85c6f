#include "drivers/card_printer/evolis/print_job.hpp"

namespace liqu::drivers {

using ports::MediaPosition;

namespace {

constexpr std::array allPanels{Panel::yellow, Panel::magenta, Panel::cyan, Panel::black,
                               Panel::overlay};

constexpr int panelCount = static_cast<int>(allPanels.size());

// How long the counter may lag behind the answer to the job's end.
constexpr Duration counterPatience = std::chrono::seconds{10};
constexpr Duration counterRhythm = std::chrono::milliseconds{500};

}  // namespace

Result<void> PrintJob::run() {
    const MediaPosition position = TRY(runner_.sensors().locate());
    // A job without a card inside would take a new one from the feeder.
    if (position == MediaPosition::none) {
        return fail(ErrorCode::cardGoneFromPrinter, "print: no card in the printer",
                    CardFate::unknown);
    }
    if (position == MediaPosition::mouth) {
        return fail(ErrorCode::cardNotWhereExpected, "print: the card is at the mouth",
                    CardFate::presented);
    }
    if (position == MediaPosition::unknown) {
        return fail(ErrorCode::cardNotWhereExpected, "print: the printer does not say where it is",
                    CardFate::unknown);
    }
    if (const auto ready = prepareJob(); !ready) return fail(failure(ready.error()));
    runner_.sensors().forgetPosition();
    if (const auto sent = sendJob(); !sent) return fail(failure(sent.error()));
    return finish();
}

Result<std::uint32_t> PrintJob::panelsPrinted() {
    if (!runner_.profile().print.countPanels) return 0U;
    return TRY(runner_.sensors().counters()).panelsPrinted.value_or(0);
}

Result<void> PrintJob::prepareJob() {
    const PrintProfile& print = runner_.profile().print;
    const auto mark = TRY(runner_.link().exchange("Rcr", runner_.profile().patience.query));
    if (kindOf(mark) != ReplyKind::ok)
        return fail(ErrorCode::ribbonEnded, "Rcr: " + printable(mark));
    panelsBefore_ = TRY(panelsPrinted());
    TRY(runner_.set("Pneab;E"));
    TRY(runner_.set("Pr;" + print.ribbon));
    for (const Panel panel : allPanels) {
        const int contrast = print.contrast[static_cast<std::size_t>(panel)];
        TRY(runner_.set(std::string("Pc;") + letterOf(panel) + ";=;" + std::to_string(contrast)));
    }
    return {};
}

Result<void> PrintJob::sendPanel(Panel panel) {
    const Duration patience = runner_.profile().patience.panel;
    const std::string reply = TRY(runner_.link().exchangePanel(face_.panel(panel), patience));
    if (reply.empty() || kindOf(reply) == ReplyKind::ok) return {};
    return fail(errorOf(std::string("Db;") + letterOf(panel), reply, Activity::print));
}

Result<void> PrintJob::sendJob() {
    for (const char* begin : {"Ss", "Sr"}) {
        const std::string reply =
            TRY(runner_.link().exchange(begin, runner_.profile().patience.move));
        if (kindOf(reply) != ReplyKind::ok) return fail(errorOf(begin, reply, Activity::print));
    }
    int sent = 0;
    for (const Panel panel : allPanels) {
        TRY(sendPanel(panel));
        // The one that was sent is being printed.
        if (onProgress_) onProgress_({sent, panelCount});
        ++sent;
    }
    return {};
}

Result<void> PrintJob::finish() {
    const auto reply = runner_.link().exchange("Se", runner_.profile().patience.print);
    const bool lost = !reply && runner_.link().isOpen() &&
                      (reply.error().code == ErrorCode::printerSilent ||
                       reply.error().code == ErrorCode::printerGarbled);
    if (!reply && !lost) return fail(failure(reply.error()));
    const bool answered = reply && kindOf(*reply) == ReplyKind::ok;
    const bool known = reply && !answered && kindOf(*reply) != ReplyKind::text;
    if (known) return fail(failure(errorOf("Se", *reply, Activity::print)));
    if (const auto confirmed = confirm(answered); !confirmed)
        return fail(failure(confirmed.error()));
    if (onProgress_) onProgress_({panelCount, panelCount});
    return {};
}

// The counters say whether every panel is on the card, whatever became of the answer.
Result<void> PrintJob::confirm(bool answered) {
    if (runner_.profile().print.countPanels) {
        const std::uint32_t wanted = panelsBefore_ + face_.panels();
        const Instant deadline = clock_.now() + counterPatience;
        std::uint32_t printed = TRY(panelsPrinted());
        while (printed != wanted && clock_.now() < deadline) {
            clock_.sleepFor(counterRhythm);
            printed = TRY(panelsPrinted());
        }
        if (printed != wanted) {
            return fail(ErrorCode::printInDoubt, std::to_string(printed - panelsBefore_) + " of " +
                                                     std::to_string(panelCount) +
                                                     " panels counted");
        }
    } else if (!answered) {
        return fail(ErrorCode::printInDoubt, "Se: no answer");
    }
    const MediaPosition position = TRY(runner_.sensors().locate());
    if (position == MediaPosition::none) {
        return fail(ErrorCode::cardGoneFromPrinter, "no card in the printer after printing",
                    CardFate::unknown);
    }
    if (position == MediaPosition::mouth) {
        return fail(ErrorCode::cardNotWhereExpected, "the printer put the card out by itself",
                    CardFate::presented);
    }
    return {};
}

Error PrintJob::failure(Error error) {
    return runner_.withFate(runner_.explained(std::move(error)), CardFate::unknown);
}

}  // namespace liqu::drivers
