// A chip reader that follows a script: which command must come next, byte for byte, and what the
// card answers; and an authority that answers each pair of random numbers in a recognisable way.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "firmware/ports/card_authority.hpp"
#include "firmware/ports/chip_reader.hpp"

namespace liqu::tests {

class ScriptedReader final : public ports::ChipReader {
  public:
    // The ATR of hardware-notes/chip.md, "Test vectors".
    static constexpr const char* contactAtr = "3B6D00000081544C96866042010000000A";

    void powersOn(const std::string& atr = contactAtr) { add("power on", atr); }
    void resetsCold(const std::string& atr = contactAtr) { add("cold reset", atr); }
    void powersOff() { add("power off", ""); }
    void answers(const std::string& command, const std::string& reply) { add(command, reply); }
    void fails(const std::string& command, ErrorCode code) {
        add(command, "");
        script_.back().error = code;
    }

    // Empty while the script was followed to its end.
    std::string complaint() const {
        if (!complaint_.empty()) return complaint_;
        return script_.empty() ? "" : "never came: " + script_.front().command;
    }
    std::size_t stepsLeft() const { return script_.size(); }

    Result<void> selfTest() override { return {}; }
    Result<Bytes> powerOn(Duration) override { return next("power on"); }
    Result<Bytes> coldReset() override { return next("cold reset"); }
    Result<Bytes> transmit(ByteView command) override { return next(toHex(command)); }
    void powerOff() override {
        // Only noticed where the script waits for it: the destructor powers off as well.
        if (!script_.empty() && script_.front().command == "power off") script_.pop_front();
    }

  private:
    struct Step {
        std::string command;
        std::string reply;
        std::optional<ErrorCode> error;
    };

    static std::string compact(std::string text) {
        if (text.starts_with("power") || text.starts_with("cold")) return text;
        std::erase(text, ' ');
        return text;
    }
    void add(const std::string& command, const std::string& reply) {
        script_.push_back({compact(command), reply, std::nullopt});
    }
    Result<Bytes> next(const std::string& command) {
        if (!complaint_.empty()) return fail(ErrorCode::chipReaderHung, complaint_);
        if (script_.empty() || script_.front().command != command) {
            complaint_ = "got " + command + ", wanted " +
                         (script_.empty() ? "nothing more" : script_.front().command);
            return fail(ErrorCode::chipReaderHung, complaint_);
        }
        const Step step = script_.front();
        script_.pop_front();
        if (step.error) return fail(*step.error, "by the script");
        return fromHex(step.reply);
    }

    std::deque<Step> script_;
    std::string complaint_;
};

// The cryptogram is the factor with every bit turned, so that a swap of the two would show.
class MirrorAuthority final : public ports::CardAuthority {
  public:
    struct Question {
        ports::CardKey key;
        ports::CardKeyContext card;
        ports::Block8 factor;
        ports::Block8 original;
    };
    std::vector<Question> asked;
    std::optional<Error> refusal;

    Result<ports::Block8> internalAuthentication(const ports::CardKeyContext& card,
                                                 const ports::Block8& factor,
                                                 const ports::Block8& original) override {
        return answer(ports::CardKey::issuerRecognition, card, factor, original);
    }
    Result<ports::Block8> externalAuthentication(const ports::CardKeyContext& card,
                                                 ports::CardKey key, const ports::Block8& factor,
                                                 const ports::Block8& original) override {
        return answer(key, card, factor, original);
    }

  private:
    Result<ports::Block8> answer(ports::CardKey key, const ports::CardKeyContext& card,
                                 const ports::Block8& factor, const ports::Block8& original) {
        asked.push_back({key, card, factor, original});
        if (refusal) return fail(*refusal);
        ports::Block8 mirrored = factor;
        for (std::uint8_t& byte : mirrored) byte = static_cast<std::uint8_t>(~byte);
        return mirrored;
    }
};

}  // namespace liqu::tests
