#include "drivers/chip_reader/pcsc_chip_reader.hpp"

#include <algorithm>
#include <optional>

#include "firmware/base/assert.hpp"
#include "firmware/base/personal.hpp"

namespace liqu::drivers {
namespace {

using std::chrono::milliseconds;

constexpr Duration shortestPause = milliseconds(200);
constexpr Duration longestPause = std::chrono::seconds(5);
// Looking at the clock this often keeps a missed event from lasting the whole patience.
constexpr Duration longestWait = std::chrono::seconds(1);
constexpr std::size_t shortestCommand = 4;
// A card that has just come may be found unpowered, or its first answer torn, once or twice.
constexpr int mostBadAnswers = 3;
// A monitor that looks at every new card holds the reader for a moment.
constexpr Duration othersPatience = std::chrono::seconds(2);

enum class Hope : std::uint8_t {
    none,
    whilePatient,  // nothing is wrong with the card: as long as the patience lasts
    fewTries,      // the card answered badly, and may do better
};

// What may have passed by the next try of powerOn. A hung call has not: it still has the reader.
Hope hopeAfter(ErrorCode code) {
    switch (code) {
        case ErrorCode::chipServiceDown:
        case ErrorCode::chipReaderNotFound:
        case ErrorCode::chipReaderHeld:
        case ErrorCode::chipRemoved:
        case ErrorCode::chipWasReset:
            return Hope::whilePatient;
        case ErrorCode::chipMute:
        case ErrorCode::chipReplyTorn:
        case ErrorCode::chipForeign:  // no protocol in common: how a torn answer to reset looks
            return Hope::fewTries;
        default:
            return Hope::none;
    }
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + "\"";
    return text;
}

// The card has not moved; only a removed one may be anywhere.
Error withFate(Error error) {
    error.fate = error.code == ErrorCode::chipRemoved ? CardFate::unknown : CardFate::atChipStation;
    return error;
}

}  // namespace

PcscChipReader::PcscChipReader(Clock& clock, ChipReaderOptions options,
                               PcscContextMaker makeContext)
    : clock_(clock), options_(std::move(options)), makeContext_(std::move(makeContext)) {}

PcscChipReader::~PcscChipReader() {
    powerOff();
    dropContext();
}

Result<PcscCode> PcscChipReader::watched(Call call, Duration deadline, std::string_view step) {
    if (!worker_) worker_ = std::make_unique<DeadlineWorker>();
    const auto answer = std::make_shared<std::optional<PcscCode>>();
    const bool inTime = worker_->run(
        [context = context_, call = std::move(call), answer] { *answer = call(*context); },
        deadline);
    if (inTime) return **answer;
    hung_.push_back(context_);
    worker_.reset();
    context_.reset();
    connected_ = false;
    return fail(ErrorCode::chipReaderHung, std::string(step) + ": no answer within the deadline");
}

Result<void> PcscChipReader::demand(Call call, Duration deadline, std::string_view step) {
    const PcscCode answer = TRY(watched(std::move(call), deadline, step));
    if (answer == PcscCode::success) return {};
    Error error = errorOfPcsc(answer, step);
    // After these, only a new context works, even when pcscd is back.
    if (error.code == ErrorCode::chipServiceDown) dropContext();
    return fail(std::move(error));
}

void PcscChipReader::dropContext() {
    connected_ = false;
    if (!context_) return;
    // Releasing may block as well: the worker does it, as the last owner.
    auto last = std::make_shared<std::shared_ptr<PcscContext>>(std::move(context_));
    const std::weak_ptr<PcscContext> watchedContext = *last;
    if (!worker_) worker_ = std::make_unique<DeadlineWorker>();
    if (!worker_->run([last] { last->reset(); }, options_.callDeadline)) {
        hung_.push_back(watchedContext);
        worker_.reset();
    }
}

Result<void> PcscChipReader::ensureContext() {
    if (context_) return {};
    // A call that never came back has the reader, or the whole of pcscd: until it does, nobody else
    // is served, and no second thread is left hanging.
    std::erase_if(hung_, [](const auto& context) { return context.expired(); });
    if (!hung_.empty()) {
        return fail(ErrorCode::chipReaderHung, "an earlier call hangs and still has the reader");
    }
    context_ = makeContext_();
    Result<void> established = demand([](PcscContext& context) { return context.establish(); },
                                      options_.callDeadline, "SCardEstablishContext");
    if (!established) dropContext();
    return established;
}

Result<std::vector<std::string>> PcscChipReader::readerNames() {
    TRY(ensureContext());
    const auto names = std::make_shared<std::vector<std::string>>();
    TRY(demand([names](PcscContext& context) { return context.listReaders(*names); },
               options_.callDeadline, "SCardListReaders"));
    return *names;
}

// A part of the name is plain text: brackets are brackets. It must fit exactly one reader; whoever
// gives a whole name means that one.
Result<std::string> PcscChipReader::findReader() {
    const std::vector<std::string> names = TRY(readerNames());
    std::vector<std::string> found;
    for (const std::string& name : names) {
        if (name == options_.namePart) return name;
        if (name.find(options_.namePart) != std::string::npos) found.push_back(name);
    }
    if (found.size() == 1) return found.front();
    if (found.empty()) {
        return fail(ErrorCode::chipReaderNotFound, std::to_string(names.size()) +
                                                       " readers, none with \"" +
                                                       options_.namePart + "\" in its name");
    }
    return fail(ErrorCode::chipReaderAmbiguous, "\"" + options_.namePart + "\" fits " +
                                                    std::to_string(found.size()) + ": " +
                                                    listed(found));
}

Result<void> PcscChipReader::selfTest() {
    const bool contextIsOld = context_ != nullptr;
    Result<std::string> reader = findReader();
    // A context from before pcscd's restart is no proof that pcscd is down.
    if (!reader && contextIsOld && reader.error().code == ErrorCode::chipServiceDown) {
        reader = findReader();
    }
    if (!reader) return fail(std::move(reader).error());
    return connected_ ? Result<void>() : waitUntilFree(*reader);
}

Result<void> PcscChipReader::waitUntilFree(const std::string& reader) {
    const Instant end = clock_.now() + othersPatience;
    while (TRY(presence(reader, CardPresence::unknown, Duration(0))) == CardPresence::held) {
        if (clock_.now() >= end) {
            return fail(ErrorCode::chipReaderHeld, "another program has " + reader + " open");
        }
        clock_.sleepUntil(std::min(end, clock_.now() + shortestPause));
    }
    return {};
}

Result<Bytes> PcscChipReader::powerOn(Duration patience) {
    powerOff();
    const Instant end = clock_.now() + patience;
    Duration pause = shortestPause;
    int badAnswers = 0;
    while (true) {
        Result<Bytes> atr = connectOnce(end);
        if (atr) return atr;
        powerOff();
        const Hope hope = hopeAfter(atr.error().code);
        const bool again =
            hope == Hope::whilePatient || (hope == Hope::fewTries && ++badAnswers < mostBadAnswers);
        if (!again || clock_.now() >= end) {
            return fail(withFate(std::move(atr).error()));
        }
        clock_.sleepUntil(std::min(end, clock_.now() + pause));
        pause = std::min(pause * 2, longestPause);
    }
}

Result<Bytes> PcscChipReader::connectOnce(Instant end) {
    reader_ = TRY(findReader());
    TRY(waitForCard(reader_, end));
    TRY(demand(
        [reader = reader_](PcscContext& context) { return context.connectExclusively(reader); },
        options_.callDeadline, "SCardConnect"));
    connected_ = true;
    return resetAndAnswer();
}

Result<CardPresence> PcscChipReader::presence(const std::string& reader, CardPresence known,
                                              Duration patience) {
    const auto wait = std::chrono::duration_cast<milliseconds>(patience);
    const auto state = std::make_shared<CardPresence>(known);
    const PcscCode answer = TRY(watched(
        [reader, wait, state](PcscContext& context) {
            return context.waitForChange(reader, wait, *state);
        },
        options_.callDeadline + patience, "SCardGetStatusChange"));
    if (answer == PcscCode::success || answer == PcscCode::timeout) return *state;
    Error error = errorOfPcsc(answer, "SCardGetStatusChange");
    if (error.code == ErrorCode::chipServiceDown) dropContext();
    return fail(std::move(error));
}

Result<void> PcscChipReader::waitForCard(const std::string& reader, Instant end) {
    CardPresence state = TRY(presence(reader, CardPresence::unknown, Duration(0)));
    while (state == CardPresence::absent && clock_.now() < end) {
        state = TRY(presence(reader, state, std::min(longestWait, end - clock_.now())));
    }
    switch (state) {
        case CardPresence::present:
        case CardPresence::held:
        // A cold reset is worth a try before the card is called mute.
        case CardPresence::mute:
            return {};
        case CardPresence::readerGone:
            return fail(ErrorCode::chipReaderNotFound, reader + " left");
        case CardPresence::absent:
        case CardPresence::unknown:
            break;
    }
    return fail(ErrorCode::chipMute, "no card at the contacts of " + reader);
}

Result<Bytes> PcscChipReader::resetAndAnswer() {
    const auto reset = [this](ResetKind kind) {
        return demand([kind](PcscContext& context) { return context.reset(kind); },
                      options_.callDeadline, "SCardReconnect");
    };
    Result<void> done = reset(ResetKind::cold);
    // One warm reset after a failed cold one, then the card is given up (hardware-notes/chip.md,
    // "Answer to reset").
    if (!done && done.error().code == ErrorCode::chipMute) done = reset(ResetKind::warm);
    if (!done) return fail(std::move(done).error());
    const auto atr = std::make_shared<Bytes>();
    TRY(demand([atr](PcscContext& context) { return context.answerToReset(*atr); },
               options_.callDeadline, "SCardStatus"));
    return *atr;
}

Result<Bytes> PcscChipReader::coldReset() {
    if (!connected_) return fail(ErrorCode::chipRemoved, "not powered on", CardFate::unknown);
    Result<Bytes> atr = resetAndAnswer();
    if (!atr) return fail(withFate(std::move(atr).error()));
    return atr;
}

Result<Bytes> PcscChipReader::transmit(ByteView command) {
    // vpcd takes a single byte for a control byte and never answers.
    LIQU_ASSERT(command.size() >= shortestCommand);
    if (!connected_) return fail(ErrorCode::chipRemoved, "not powered on", CardFate::unknown);
    const auto sent = std::make_shared<PersonalBytes>(Bytes(command.begin(), command.end()));
    const auto reply = std::make_shared<Bytes>();
    const Result<void> done = demand(
        [sent, reply](PcscContext& context) { return context.transmit(sent->reveal(), *reply); },
        options_.transmitDeadline, "SCardTransmit");
    if (!done && done.error().code == ErrorCode::chipReplyTorn) return tornReply("not transacted");
    if (!done) return fail(withFate(done.error()));
    if (reply->size() < 2) return tornReply("a reply without status");
    return std::move(*reply);
}

// A card that leaves during a command shows as an empty reply first (hardware-notes/chip-reader.md,
// "What PC/SC answers").
Result<Bytes> PcscChipReader::tornReply(std::string_view why) {
    const Result<CardPresence> state = presence(reader_, CardPresence::unknown, Duration(0));
    const bool removed = state && *state == CardPresence::absent;
    return fail(withFate(Error{removed ? ErrorCode::chipRemoved : ErrorCode::chipReplyTorn,
                               "SCardTransmit: " + std::string(why)}));
}

void PcscChipReader::powerOff() {
    if (!connected_) return;
    connected_ = false;
    const Result<PcscCode> answer =
        watched([](PcscContext& context) { return context.disconnect(); }, options_.callDeadline,
                "SCardDisconnect");
    // The connection is over either way; a context that cannot even end one is not used again.
    if (answer && *answer != PcscCode::success) dropContext();
}

std::unique_ptr<ports::ChipReader> makePcscChipReader(Clock& clock, ChipReaderOptions options) {
    return std::make_unique<PcscChipReader>(clock, std::move(options));
}

}  // namespace liqu::drivers
