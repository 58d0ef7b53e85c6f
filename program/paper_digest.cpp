#include "program/paper_digest.hpp"

#include "firmware/security/sm3.hpp"

namespace liqu::program {

ui::PaperDigest paperDigest() {
    return {"SM3", [](ByteView bytes) { return toHex(security::sm3(bytes)); }};
}

}  // namespace liqu::program
