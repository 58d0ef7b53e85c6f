#include "tests/world/legacy_province/legacy_link.hpp"

namespace liqu::world {

Result<ports::SoapReply> LegacyLink::exchange(const LegacyRequest& request, Duration patience) {
    LegacyExchange exchange = exchangeInProcess(front_, clock_, request, patience);
    switch (exchange.fate) {
        case LegacyFate::neverSent:
            return fail(ErrorCode::provinceUnreachable, "nothing listens");
        case LegacyFate::unknown:
        case LegacyFate::torn:
            return fail(ErrorCode::provinceOutcomeUnknown, "the line was cut");
        case LegacyFate::answered:
            break;
    }
    LegacyAnswer& answer = exchange.answer;
    return ports::SoapReply{answer.status, std::move(answer.body), std::move(answer.date)};
}

Result<ports::SoapReply> LegacyLink::post(const ports::SoapPost& post, Duration patience) {
    return exchange({{"POST", post.path, "text/xml; charset=" + post.charset,
                      std::string("\"").append(post.action).append("\"")},
                     std::string(post.body)},
                    patience);
}

Result<ports::SoapReply> LegacyLink::look(const std::string& path, Duration patience) {
    return exchange({{"GET", path, "", std::nullopt}, ""}, patience);
}

}  // namespace liqu::world
