#include "firmware/province/adapter.hpp"

#include <algorithm>

#include "firmware/province/bodies.hpp"

namespace liqu::province {

Result<Reply> Adapter::send(Outgoing message) {
    if (message.messageId.empty()) message.messageId = randomId(random_);
    // Where the clock was set back, what happened did so before it is sent all the same.
    message.sentAt = std::max(clock_.wallTime(), message.happenedAt);
    if (message.happenedAt == WallTime{}) message.happenedAt = message.sentAt;
    if (message.policyId.empty()) message.policyId = terminal_.policyId;
    return exchange(message);
}

Result<Reply> Adapter::query(MessageType type, const Business& business, std::string_view body) {
    Outgoing message;
    message.type = type;
    message.messageId = randomId(random_);
    message.idempotencyKey =
        idempotencyKey(terminal_.terminalId, business.bizId, nameOf(type), message.messageId);
    message.business = business;
    message.body = body;
    return send(std::move(message));
}

Result<Progress> Adapter::progress(const Business& business, ProgressBy by, std::string value) {
    const ProgressQuery question{by, PersonalText(std::move(value))};
    const PersonalText body = TRY(bodyOf(question));
    const Reply reply = TRY(query(MessageType::progressQuery, business, body.reveal()));
    if (reply.code != ReplyCode::ok) return fail(errorOf(reply));
    Progress answer = TRY(read<Progress>(reply.body.reveal()));
    if (answer.value != question.value) {
        return fail(by == ProgressBy::socialNumber ? ErrorCode::answerForOtherPerson
                                                   : ErrorCode::provinceReplyMalformed,
                    "PROGRESS.QUERY: about something else");
    }
    return answer;
}

Result<std::string> Adapter::numberAssigned(const std::string&) {
    return std::string();
}

}  // namespace liqu::province
