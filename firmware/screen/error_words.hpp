// The two sentences of an error that people read.
#pragma once

#include "firmware/base/error.hpp"
#include "firmware/screen/phrase.hpp"

namespace liqu::screen {

// "error.20203.what": what happened.
inline Phrase whatHappened(ErrorCode code) {
    return {"error." + std::to_string(numberOf(code)) + ".what"};
}
// "error.20203.next": what is to be done now.
inline Phrase whatIsNext(ErrorCode code) {
    return {"error." + std::to_string(numberOf(code)) + ".next"};
}

}  // namespace liqu::screen
