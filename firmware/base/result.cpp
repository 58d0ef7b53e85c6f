#include "firmware/base/result.hpp"

namespace liqu {

tl::unexpected<Error> fail(ErrorCode code, std::string cause) {
    return tl::unexpected<Error>(Error{code, std::move(cause), std::nullopt});
}
tl::unexpected<Error> fail(ErrorCode code, std::string cause, CardFate fate) {
    return tl::unexpected<Error>(Error{code, std::move(cause), fate});
}
tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace liqu
