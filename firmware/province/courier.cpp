#include "firmware/province/courier.hpp"

#include "firmware/province/bodies.hpp"

namespace liqu::province {
namespace {

// Research domain §2.1.
constexpr Duration queryPatience = std::chrono::seconds(15);
constexpr Duration changePatience = std::chrono::seconds(30);

}  // namespace

Courier::Courier(ports::ProvinceLink& link, ports::Signer& signer, Clock& clock, Random& random,
                 Terminal terminal)
    : link_(link),
      signer_(signer),
      clock_(clock),
      random_(random),
      terminal_(std::move(terminal)) {}

Result<Reply> Courier::send(Outgoing message) {
    if (message.messageId.empty()) message.messageId = randomId(random_);
    message.sentAt = clock_.wallTime();
    if (message.happenedAt == WallTime{}) message.happenedAt = message.sentAt;
    if (message.policyId.empty()) message.policyId = terminal_.policyId;
    const PersonalText wire = TRY(buildEnvelope(terminal_, message, signer_));
    const Duration patience =
        kindOf(message.type) == MessageKind::query ? queryPatience : changePatience;
    const PersonalText answer(TRY(link_.exchange(pathOf(message.type), wire.reveal(), patience)));
    return parseReply(answer.reveal(), message, signer_);
}

Result<Reply> Courier::query(MessageType type, const Business& business, std::string_view body) {
    Outgoing message;
    message.type = type;
    message.messageId = randomId(random_);
    message.idempotencyKey =
        idempotencyKey(terminal_.terminalId, business.bizId, wireName(type), message.messageId);
    message.business = business;
    message.body = body;
    return send(std::move(message));
}

Result<Progress> Courier::progress(const Business& business, ProgressBy by, std::string value) {
    const PersonalText body = TRY(bodyOf(ProgressQuery{by, PersonalText(std::move(value))}));
    const Reply reply = TRY(query(MessageType::progressQuery, business, body.reveal()));
    if (reply.code != ReplyCode::ok) return fail(errorOf(reply));
    return readProgress(reply.body.reveal());
}

}  // namespace liqu::province
