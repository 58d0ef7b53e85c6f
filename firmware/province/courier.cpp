#include "firmware/province/courier.hpp"

#include <algorithm>

#include "firmware/province/bodies.hpp"

namespace liqu::province {

Courier::Courier(ports::ProvinceLink& link, ports::Signer& signer, Clock& clock, Random& random,
                 Terminal terminal, Patience patience)
    : link_(link),
      signer_(signer),
      clock_(clock),
      random_(random),
      terminal_(std::move(terminal)),
      patience_(patience) {}

Result<Reply> Courier::send(Outgoing message) {
    if (message.messageId.empty()) message.messageId = randomId(random_);
    // Where the clock was set back, what happened did so before it is sent all the same.
    message.sentAt = std::max(clock_.wallTime(), message.happenedAt);
    if (message.happenedAt == WallTime{}) message.happenedAt = message.sentAt;
    if (message.policyId.empty()) message.policyId = terminal_.policyId;
    const PersonalText wire = TRY(buildEnvelope(terminal_, message, signer_));
    const Duration patience =
        kindOf(message.type) == MessageKind::query ? patience_.query : patience_.change;
    const PersonalText answer(TRY(link_.exchange(pathOf(message.type), wire.reveal(), patience)));
    return parseReply(answer.reveal(), message, signer_);
}

Result<Reply> Courier::query(MessageType type, const Business& business, std::string_view body) {
    Outgoing message;
    message.type = type;
    message.messageId = randomId(random_);
    message.idempotencyKey =
        idempotencyKey(terminal_.terminalId, business.bizId, nameOf(type), message.messageId);
    message.business = business;
    message.body = body;
    return send(std::move(message));
}

Result<Progress> Courier::progress(const Business& business, ProgressBy by, std::string value) {
    const ProgressQuery question{by, PersonalText(std::move(value))};
    const PersonalText body = TRY(bodyOf(question));
    const Reply reply = TRY(query(MessageType::progressQuery, business, body.reveal()));
    if (reply.code != ReplyCode::ok) return fail(errorOf(reply));
    Progress answer = TRY(readProgress(reply.body.reveal()));
    if (answer.value != question.value) {
        return fail(by == ProgressBy::socialNumber ? ErrorCode::answerForOtherPerson
                                                   : ErrorCode::provinceReplyMalformed,
                    "PROGRESS.QUERY: about something else");
    }
    return answer;
}

}  // namespace liqu::province
