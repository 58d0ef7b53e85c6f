// Whatever a province could send must end in a value or an error: replies and answers of all kinds.
#include "firmware/province/bodies.hpp"
#include "firmware/province/envelope.hpp"

using namespace liqu;

namespace {

// Believes everything, so that what lies behind the signature is reached too.
struct Gullible final : ports::Signer {
    Result<Bytes> sign(ByteView) override { return Bytes(64, 0); }
    bool verifyProvince(ByteView, ByteView) override { return true; }
};

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
    (void)readSignInAnswer(text);
    (void)readPerson(text);
    (void)readEligibility(text);
    (void)readProgress(text);
    (void)readCardList(text);
    (void)readApplicationAnswer(text);
    (void)readPersonalisation(text);
    (void)readRecon(text);
    (void)readCryptogram(text);
    return 0;
}
