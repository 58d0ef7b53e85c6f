#include <optional>
#include <winscard.h>

#include "drivers/chip_reader/pcsc_context.hpp"
#include "firmware/base/personal.hpp"

namespace liqu::drivers {
namespace {

// The longest reply of a short APDU is 258 bytes; vpcd and extended readers may give more.
constexpr std::size_t replyBuffer = 65538;
constexpr DWORD anyProtocol = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;

PcscCode codeOf(LONG value) {
    return PcscCode{static_cast<std::uint32_t>(value)};
}

DWORD stateOf(CardPresence presence) {
    switch (presence) {
        case CardPresence::absent:
            return SCARD_STATE_EMPTY;
        case CardPresence::present:
            return SCARD_STATE_PRESENT;
        case CardPresence::held:
            return SCARD_STATE_PRESENT | SCARD_STATE_INUSE;
        case CardPresence::mute:
            return SCARD_STATE_PRESENT | SCARD_STATE_MUTE;
        case CardPresence::readerGone:
            return SCARD_STATE_UNAVAILABLE;
        case CardPresence::unknown:
            break;
    }
    return SCARD_STATE_UNAWARE;
}

CardPresence presenceOf(DWORD state) {
    if ((state & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0) {
        return CardPresence::readerGone;
    }
    if ((state & SCARD_STATE_MUTE) != 0) return CardPresence::mute;
    if ((state & SCARD_STATE_PRESENT) == 0) return CardPresence::absent;
    const bool others = (state & (SCARD_STATE_EXCLUSIVE | SCARD_STATE_INUSE)) != 0;
    return others ? CardPresence::held : CardPresence::present;
}

class PcscLiteContext final : public PcscContext {
  public:
    ~PcscLiteContext() override {
        disconnect();
        if (context_) SCardReleaseContext(*context_);
    }

    PcscCode establish() override {
        SCARDCONTEXT context = 0;
        const LONG answer = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context);
        if (answer == SCARD_S_SUCCESS) context_ = context;
        return codeOf(answer);
    }

    PcscCode listReaders(std::vector<std::string>& names) override {
        DWORD size = 0;
        LONG answer = SCardListReaders(context(), nullptr, nullptr, &size);
        if (answer != SCARD_S_SUCCESS) return codeOf(answer);
        std::string buffer(size, '\0');
        answer = SCardListReaders(context(), nullptr, buffer.data(), &size);
        if (answer != SCARD_S_SUCCESS) return codeOf(answer);
        // Names end in a zero each, the list in another.
        for (std::size_t at = 0; at < buffer.size() && buffer[at] != '\0';) {
            names.emplace_back(buffer.c_str() + at);
            at += names.back().size() + 1;
        }
        return PcscCode::success;
    }

    PcscCode waitForChange(const std::string& reader, std::chrono::milliseconds patience,
                           CardPresence& presence) override {
        SCARD_READERSTATE state{};
        state.szReader = reader.c_str();
        state.dwCurrentState = stateOf(presence);
        const LONG answer =
            SCardGetStatusChange(context(), static_cast<DWORD>(patience.count()), &state, 1);
        if (answer == SCARD_S_SUCCESS) presence = presenceOf(state.dwEventState);
        return codeOf(answer);
    }

    PcscCode connectExclusively(const std::string& reader) override {
        SCARDHANDLE handle = 0;
        const LONG answer = SCardConnect(context(), reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                                         anyProtocol, &handle, &protocol_);
        if (answer == SCARD_S_SUCCESS) handle_ = handle;
        return codeOf(answer);
    }

    PcscCode reset(ResetKind kind) override {
        const DWORD how = kind == ResetKind::cold ? SCARD_UNPOWER_CARD : SCARD_RESET_CARD;
        return codeOf(
            SCardReconnect(handle(), SCARD_SHARE_EXCLUSIVE, anyProtocol, how, &protocol_));
    }

    PcscCode answerToReset(Bytes& atr) override {
        atr.resize(MAX_ATR_SIZE);
        DWORD length = static_cast<DWORD>(atr.size());
        const LONG answer =
            SCardStatus(handle(), nullptr, nullptr, nullptr, nullptr, atr.data(), &length);
        atr.resize(answer == SCARD_S_SUCCESS ? length : 0);
        return codeOf(answer);
    }

    PcscCode transmit(ByteView command, Bytes& reply) override {
        PersonalBytes buffer(Bytes(replyBuffer, 0));
        auto* bytes = const_cast<std::uint8_t*>(buffer.reveal().data());
        DWORD length = replyBuffer;
        const SCARD_IO_REQUEST* protocol =
            protocol_ == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
        const LONG answer =
            SCardTransmit(handle(), protocol, command.data(), static_cast<DWORD>(command.size()),
                          nullptr, bytes, &length);
        if (answer == SCARD_S_SUCCESS) reply.assign(bytes, bytes + length);
        return codeOf(answer);
    }

    PcscCode disconnect() override {
        if (!handle_) return PcscCode::success;
        const SCARDHANDLE handle = *handle_;
        handle_.reset();
        return codeOf(SCardDisconnect(handle, SCARD_UNPOWER_CARD));
    }

  private:
    SCARDCONTEXT context() const { return context_.value_or(0); }
    SCARDHANDLE handle() const { return handle_.value_or(0); }

    std::optional<SCARDCONTEXT> context_;
    std::optional<SCARDHANDLE> handle_;
    DWORD protocol_ = SCARD_PROTOCOL_T0;
};

}  // namespace

std::shared_ptr<PcscContext> makePcscLiteContext() {
    return std::make_shared<PcscLiteContext>();
}

}  // namespace liqu::drivers
