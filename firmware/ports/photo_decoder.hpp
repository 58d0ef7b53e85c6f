// Port: decoder of the 1024-byte WLT photo of an identity document. The codec is proprietary;
// without a vendor's library the answer is photoDecoderNotAvailable and the portrait comes from
// the province (hardware-notes/id-reader.md, "The photo").
#pragma once

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

class PhotoDecoder {
  public:
    virtual ~PhotoDecoder() = default;
    // 102 x 126 pixels, RGB, rows from the top, 38,556 bytes.
    virtual Result<PersonalBytes> decode(ByteView wlt) = 0;
};

class NoPhotoDecoder final : public PhotoDecoder {
  public:
    Result<PersonalBytes> decode(ByteView) override {
        return fail(ErrorCode::photoDecoderNotAvailable, "no decoder is installed");
    }
};

}  // namespace liqu::ports
