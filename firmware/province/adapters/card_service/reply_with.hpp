// A reply with its body. For this folder's .cpp files.
#pragma once

#include "firmware/base/china_time.hpp"
#include "firmware/province/adapter.hpp"
#include "firmware/province/bodies.hpp"

namespace liqu::province::card_service {

template <typename Message>
Result<Reply> replyWith(ReplyCode code, const Message& body, const std::string& serverTime) {
    Reply reply;
    reply.code = code;
    reply.detail = "NONE";
    reply.serverTime = serverTime;
    reply.body = TRY(bodyOf(body));
    return reply;
}

}  // namespace liqu::province::card_service
