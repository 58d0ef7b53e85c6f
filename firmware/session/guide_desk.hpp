// 办事指南 at the machine: nobody lays down a document, and nothing is asked of anybody.
#pragma once

#include <string>

#include "firmware/session/conversation.hpp"

namespace liqu::session {

// What the machine can do just now: nothing, where it is out of service.
enum class Serves : std::uint8_t { all, withoutCards, nothing };

// Of one topic: how, and then with what, where and how long.
void readTopic(SessionParts& parts, Conversation& conversation, Serves serves,
               const std::string& id);
// Until the reader goes back, or home, or is gone.
void readGuide(SessionParts& parts, Conversation& conversation, Serves serves);

}  // namespace liqu::session
