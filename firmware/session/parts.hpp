// The parts of the machine a visit uses. Borrowed for the life of the kiosk thread.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>

#include "firmware/base/log.hpp"
#include "firmware/card/pin_rules.hpp"
#include "firmware/issuance/issuer.hpp"
#include "firmware/policy/kiosk_config.hpp"
#include "firmware/ports/attention_caller.hpp"
#include "firmware/ports/document_printer.hpp"
#include "firmware/ports/id_reader.hpp"
#include "firmware/ports/photo_decoder.hpp"
#include "firmware/ports/receipt_printer.hpp"
#include "firmware/ports/signer.hpp"
#include "firmware/ports/slip.hpp"
#include "firmware/screen/display.hpp"
#include "firmware/security/certificate.hpp"

namespace liqu::session {

// What a session says and hears are values of screen/.
using namespace screen;

struct SessionParts {
    issuance::IssuanceParts issuance;
    ports::IdReader& idReader;
    Display& display;
    Log& log;
    const policy::KioskConfig& config;
    std::string firmwareVersion;
    // For the keyed digest that recognises a returning person without keeping the number.
    SecretBytes digestKey;
    // A fact was queued: the sender should look. In a simulation it sends there and then.
    std::function<void()> ringOutbox;
    // Free bytes where the database lies.
    std::function<std::uint64_t()> freeDisk;
    std::stop_token stop;
    // Where the reports of the days lie, and what draws them. Without either none is written.
    std::filesystem::path reports{};
    ports::DocumentPrinter* documents = nullptr;
    // What calls the staff; without it no such control is drawn.
    ports::AttentionCaller* attention = nullptr;
    // Looks through the whole of the books, indexes too: once a day, between two visits. Seconds
    // with a million moves. Empty: never.
    std::function<Result<void>()> verifyBooks{};
    // What the clock can be held against: when our certificate for the line is valid, and when this
    // program was built. Without either it is not.
    std::optional<security::Certificate> ownCertificate = std::nullopt;
    std::optional<WallTime> builtAt = std::nullopt;
    // Which words a person read: SM3 of the files of each language, in hex.
    std::map<Language, std::string> wordsDigests{};
    // What prints slips, and what draws them. Without either none is printed.
    ports::ReceiptPrinter* receipts = nullptr;
    ports::SlipRenderer* slipPaper = nullptr;
    // The slot where a citizen puts a card of their own; null: there is none.
    ports::ChipReader* cardSlot = nullptr;
    // PINs are entered here, on the screen, and these are refused; none: no PIN is entered.
    std::optional<card::PinRules> pinRules = std::nullopt;
    // What a phrase says, for paper: the words of the screens, in each language. Empty: nothing of
    // a page stands on a slip.
    std::function<std::string(Language, const Phrase&)> words{};
    // What makes a picture of the photo of an ID card; null: nothing here does.
    ports::PhotoDecoder* photoDecoder = nullptr;
    // What became of a fact was stored, or so much time is over. Empty: only time ends a wait.
    std::function<void(std::chrono::milliseconds atMost)> awaitOutbox{};
    // Of the terminal, for checkpoints of the audit record; null: they are not signed, nor told.
    ports::Signer* signer = nullptr;
};

}  // namespace liqu::session
