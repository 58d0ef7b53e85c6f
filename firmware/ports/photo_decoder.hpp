// Port: decoder of the 1024-byte WLT photo of an identity document. The codec is proprietary;
// without a vendor's program the answer is photoDecoderNotAvailable and the portrait comes from
// the province (hardware-notes/id-reader.md, "The photo").
#pragma once

#include <string_view>

#include "firmware/base/bytes.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ports {

inline constexpr std::size_t encodedPhotoSize = 1024;
inline constexpr int documentPhotoWidth = 102;
inline constexpr int documentPhotoHeight = 126;
inline constexpr std::size_t documentPhotoSize =
    std::size_t{documentPhotoWidth} * std::size_t{documentPhotoHeight} * 3;

class PhotoDecoder {
  public:
    virtual ~PhotoDecoder() = default;
    // Asked before a person is: without one no photo of a document is ever used.
    virtual bool installed() const = 0;
    // 102 x 126 pixels, RGB, rows from the top, 38,556 bytes.
    virtual Result<PersonalBytes> decode(ByteView wlt) = 0;
};

class NoPhotoDecoder final : public PhotoDecoder {
  public:
    bool installed() const override { return false; }
    Result<PersonalBytes> decode(ByteView) override {
        return fail(ErrorCode::photoDecoderNotAvailable, "no decoder is installed");
    }
};

// Where the portrait of a card is kept, a decoded photo stands behind this head, which no JPEG has.
inline constexpr std::string_view documentPhotoHead = "P6\n102 126\n255\n";
// Is it the photo of an identity document, and no picture of the province's?
inline bool isDocumentPhoto(ByteView portrait) {
    return portrait.size() == documentPhotoHead.size() + documentPhotoSize &&
           textOf(portrait.first(documentPhotoHead.size())) == documentPhotoHead;
}

}  // namespace liqu::ports
