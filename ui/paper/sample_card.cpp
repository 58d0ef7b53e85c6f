#include "ui/paper/sample_card.hpp"

#include <array>
#include <memory>
#include <turbojpeg.h>

namespace liqu::ui {
namespace {

// As the province has them: 26 x 32 mm at 350 dpi.
constexpr int width = 358;
constexpr int height = 441;
constexpr int quality = 92;

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour wall{226, 232, 238};
constexpr Colour person{122, 136, 150};

bool isInEllipse(int x, int y, int left, int top, int right, int bottom) {
    const double across = (x - (left + right) / 2.0) * 2 / (right - left);
    const double down = (y - (top + bottom) / 2.0) * 2 / (bottom - top);
    return across * across + down * down <= 1;
}

// A head and its shoulders.
Colour colourAt(int x, int y) {
    const bool head = isInEllipse(x, y, 108, 80, 250, 270);
    const bool shoulders = isInEllipse(x, y, 28, 290, 330, 640);
    return head || shoulders ? person : wall;
}

struct CompressorDeleter {
    void operator()(void* handle) const { tjDestroy(handle); }
};
struct BufferDeleter {
    void operator()(unsigned char* buffer) const { tjFree(buffer); }
};

Result<Bytes> outlineJpeg() {
    Bytes rgb;
    rgb.reserve(std::size_t{width} * height * 3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (const std::uint8_t channel : colourAt(x, y)) rgb.push_back(channel);
        }
    }
    const std::unique_ptr<void, CompressorDeleter> compressor(tjInitCompress());
    unsigned char* written = nullptr;
    unsigned long size = 0;
    const int failed = compressor == nullptr ||
                       tjCompress2(compressor.get(), rgb.data(), width, 0, height, TJPF_RGB,
                                   &written, &size, TJSAMP_444, quality, 0) != 0;
    const std::unique_ptr<unsigned char, BufferDeleter> owned(written);
    if (failed != 0) return fail(ErrorCode::portraitUnreadable, "the outline cannot be written");
    return Bytes(written, written + size);
}

}  // namespace

Result<card::FaceItems> sampleItems() {
    card::FaceItems items;
    items.printName = PersonalText("测试样例");
    items.socialNumber = PersonalText("110000198503120015");
    items.cardNumber = "A1234567X";
    items.issueDate = "20240511";
    items.portraitJpeg = PersonalBytes(TRY(outlineJpeg()));
    return items;
}

}  // namespace liqu::ui
