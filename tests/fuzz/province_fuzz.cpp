// Whatever a province could send must end in a value or an error: replies and answers of all kinds.
#include "firmware/base/assert.hpp"
#include "firmware/province/adapters/kips/envelope.hpp"
#include "firmware/province/bodies.hpp"

using namespace liqu;

namespace {

// Believes everything, so that what lies behind the signature is reached too.
struct Gullible final : ports::Signer {
    Result<Bytes> sign(ByteView) override { return Bytes(64, 0); }
    bool verifyProvince(ByteView, ByteView) override { return true; }
};

// What was read is written as it was read.
template <typename Message>
void readAndWrite(std::string_view text) {
    const auto message = province::read<Message>(text);
    if (!message) return;
    const auto body = province::bodyOf(*message);
    LIQU_ASSERT(body && province::read<Message>(body->reveal()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace liqu::province;
    const std::string text(reinterpret_cast<const char*>(data), size);
    Gullible signer;
    Outgoing message;
    message.type = MessageType::personalisationGet;
    message.messageId = std::string(32, '0');
    message.idempotencyKey = std::string(64, '0');
    (void)parseReply(text, message, signer);
#define LIQU_MESSAGE(Message) readAndWrite<Message>(text);
    LIQU_MESSAGES
#undef LIQU_MESSAGE
    return 0;
}
