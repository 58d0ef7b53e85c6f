#include "ui/paper/face_ink.hpp"

#include <algorithm>
#include <cairo.h>
#include <cstring>
#include <memory>
#include <string_view>

#include "firmware/base/plain_file.hpp"

namespace liqu::ui {
namespace {

using ports::CardFace;

constexpr std::size_t mostBytes = std::size_t{1} << 20;
constexpr std::uint32_t mostPixels = 4096;  // of one side of the picture
constexpr std::uint32_t inkBelow = 128;
constexpr std::uint32_t bare = 0xFFD8D8D8;

struct SurfaceDeleter {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDeleter>;
struct ContextDeleter {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Context = std::unique_ptr<cairo_t, ContextDeleter>;

cairo_status_t readOn(void* rest, unsigned char* to, unsigned int length) {
    auto& bytes = *static_cast<std::string_view*>(rest);
    if (bytes.size() < length) return CAIRO_STATUS_READ_ERROR;
    std::copy_n(bytes.data(), length, to);
    bytes.remove_prefix(length);
    return CAIRO_STATUS_SUCCESS;
}

cairo_status_t append(void* file, const unsigned char* from, unsigned int length) {
    auto& bytes = *static_cast<Bytes*>(file);
    bytes.insert(bytes.end(), from, from + length);
    return CAIRO_STATUS_SUCCESS;
}

// Its first chunk says how big a PNG is; nobody makes room for more than a card could show.
bool isOfSize(std::string_view png) {
    constexpr std::string_view mark = "\x89PNG\r\n\x1A\n";
    constexpr std::size_t widthAt = 16;
    if (png.size() < widthAt + 8 || !png.starts_with(mark)) return false;
    const auto number = [&png](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value << 8 | static_cast<std::uint8_t>(png[at + i]);
        return value;
    };
    const std::uint32_t width = number(widthAt);
    const std::uint32_t height = number(widthAt + 4);
    return width > 0 && height > 0 && width <= mostPixels && height <= mostPixels;
}

std::uint32_t* rowOf(cairo_surface_t* surface, int y) {
    unsigned char* data = cairo_image_surface_get_data(surface);
    return reinterpret_cast<std::uint32_t*>(data + static_cast<std::ptrdiff_t>(y) *
                                                       cairo_image_surface_get_stride(surface));
}

// Of 0xAARRGGBB.
std::uint32_t lightOf(std::uint32_t pixel) {
    const std::uint32_t red = pixel >> 16 & 0xFF;
    const std::uint32_t green = pixel >> 8 & 0xFF;
    const std::uint32_t blue = pixel & 0xFF;
    return (red * 3 + green * 6 + blue) / 10;
}

// White, and the picture in its middle.
Surface fitted(cairo_surface_t* picture, int width, int height) {
    Surface page(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    const Context context(cairo_create(page.get()));
    cairo_set_source_rgb(context.get(), 1, 1, 1);
    cairo_paint(context.get());
    const double ownWidth = cairo_image_surface_get_width(picture);
    const double ownHeight = cairo_image_surface_get_height(picture);
    const double scale = std::min(width / ownWidth, height / ownHeight);
    cairo_translate(context.get(), (width - ownWidth * scale) / 2,
                    (height - ownHeight * scale) / 2);
    cairo_scale(context.get(), scale, scale);
    cairo_set_source_surface(context.get(), picture, 0, 0);
    cairo_paint(context.get());
    cairo_surface_flush(page.get());
    return page;
}

}  // namespace

Result<Bytes> readInk(const std::filesystem::path& png, int width, int height) {
    const auto file = PlainFile::open(png);
    if (!file) return fail(ErrorCode::configBadValue, file.error().cause);
    const auto text = file->read(mostBytes);
    if (!text) return fail(ErrorCode::configBadValue, text.error().cause);
    std::string_view rest = *text;
    const std::string name = png.filename().string();
    if (!isOfSize(rest)) {
        return fail(ErrorCode::configBadValue,
                    name + " is no PNG of at most 4096 x 4096 pixels and 1 MiB");
    }
    const Surface picture(cairo_image_surface_create_from_png_stream(readOn, &rest));
    if (cairo_surface_status(picture.get()) != CAIRO_STATUS_SUCCESS)
        return fail(ErrorCode::configBadValue, name + " is a damaged PNG");
    if (width < 1 || height < 1) return fail(ErrorCode::configBadValue, name + " has no room");
    const Surface page = fitted(picture.get(), width, height);
    Bytes ink;
    ink.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        const std::uint32_t* row = rowOf(page.get(), y);
        for (int x = 0; x < width; ++x) ink.push_back(lightOf(row[x]) < inkBelow ? 1 : 0);
    }
    return ink;
}

Bytes pngOf(const ports::CardSide& side) {
    const Surface page(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, CardFace::width, CardFace::height));
    const ByteView rgb = side.rgb.reveal();
    const ByteView black = side.black.reveal();
    std::size_t dot = 0;
    for (int y = 0; y < CardFace::height; ++y) {
        std::uint32_t* row = rowOf(page.get(), y);
        for (int x = 0; x < CardFace::width; ++x, ++dot) {
            std::uint32_t pixel = 0xFFFFFFFF;
            if (!rgb.empty()) {
                pixel = 0xFF000000 | std::uint32_t{rgb[dot * 3]} << 16 |
                        std::uint32_t{rgb[dot * 3 + 1]} << 8 | rgb[dot * 3 + 2];
            }
            const bool unvarnished = !side.overlay.empty() && side.overlay[dot] == 0;
            if (unvarnished) pixel = bare;
            if (black[dot] != 0) pixel = 0xFF000000;
            row[x] = pixel;
        }
    }
    cairo_surface_mark_dirty(page.get());
    Bytes png;
    cairo_surface_write_to_png_stream(page.get(), append, &png);
    return png;
}

}  // namespace liqu::ui
