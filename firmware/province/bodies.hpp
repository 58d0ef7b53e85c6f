// Bodies of messages: typed values to canonical JSON and back, each by its one list of fields
// (message_fields.hpp, fact_fields.hpp). Reading is strict and bounded: what is read comes from
// outside. For every message of messages.hpp. Pure functions.
#pragma once

#include <string_view>

#include "firmware/base/result.hpp"
#include "firmware/province/messages.hpp"

namespace liqu::province {

// documentDataInvalid where a text in it is not UTF-8.
template <typename Message>
Result<PersonalText> bodyOf(const Message& message);

// provinceReplyMalformed; the cause names a field.
template <typename Message>
Result<Message> read(std::string_view body);

}  // namespace liqu::province
