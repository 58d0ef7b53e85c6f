#include "tests/world/province/in_process_link.hpp"

#include <algorithm>

namespace liqu::world {

Result<std::string> InProcessLink::exchange(std::string_view path, std::string_view envelope,
                                            Duration patience) {
    if (front_.certificateExpired()) {
        return fail(ErrorCode::provinceCertificateWrong, "the server's certificate has ended");
    }
    const Treatment treatment =
        front_.receive({path, envelope, certificateName_}, clock_.wallTime());
    if (treatment.event == LineEvent::gone) {
        return fail(ErrorCode::provinceUnreachable, "nothing listens");
    }
    clock_.sleepFor(std::min(treatment.delay, patience));
    if (treatment.event != LineEvent::answered || treatment.delay > patience) {
        return fail(ErrorCode::provinceOutcomeUnknown, "sent, but no answer came");
    }
    if (treatment.answer.httpStatus != 200) {
        return fail(ErrorCode::provinceReplyMalformed,
                    "HTTP " + std::to_string(treatment.answer.httpStatus));
    }
    return treatment.answer.body;
}

}  // namespace liqu::world
