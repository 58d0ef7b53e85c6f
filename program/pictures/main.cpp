// liqu-pictures: draws the pictures of the window. One order (ui/toolkit/picture_order.hpp) comes
// on the standard input, pixels go to the standard output. A program of its own that ends at once:
// librsvg and what it loads would cost the kiosk 20 MiB for as long as it runs. It opens no file.
#include <array>
#include <cairo.h>
#include <cstdio>
#include <librsvg/rsvg.h>
#include <memory>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ui/toolkit/picture_file.hpp"
#include "ui/toolkit/picture_order.hpp"

namespace liqu::pictures {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr rlim_t mostMemory = RLIM_INFINITY;
#else
constexpr rlim_t mostMemory = 256U << 20;
#endif
constexpr rlim_t mostSeconds = 8;

// Of its own, and no more of them: whatever a drawing asks for, the kiosk goes on.
void confine() {
    const auto limit = [](__rlimit_resource resource, rlim_t most) {
        const rlimit both{most, most};
        ::setrlimit(resource, &both);
    };
    limit(RLIMIT_DATA, mostMemory);
    limit(RLIMIT_CPU, mostSeconds);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 256U << 20);
    // With the window, whatever ends it.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

struct Free {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(GError* error) const { g_error_free(error); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

tl::unexpected<Error> refused(const std::string& why) {
    return fail(ErrorCode::configBadValue, why);
}
tl::unexpected<Error> refused(GError* error) {
    const Owned<GError> owned(error);
    return refused(owned ? owned->message : "cannot be drawn");
}
const guint8* bytesOf(const std::string& text) {
    return reinterpret_cast<const guint8*>(text.data());
}

// The window's renderer blends what is not premultiplied.
std::uint32_t straight(std::uint32_t pixel) {
    const std::uint32_t alpha = pixel >> 24U;
    if (alpha == 0) return 0;
    std::uint32_t out = alpha << 24U;
    for (const unsigned shift : {0U, 8U, 16U}) {
        const std::uint32_t part = pixel >> shift & 0xFFU;
        out |= std::min(255U, (part * 255U + alpha / 2) / alpha) << shift;
    }
    return out;
}

std::string pixelsOf(cairo_surface_t* surface, std::uint32_t side) {
    cairo_surface_flush(surface);
    const unsigned char* rows = cairo_image_surface_get_data(surface);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    std::string pixels;
    pixels.reserve(ui::bytesOfPicture(side));
    for (std::size_t y = 0; y < side; ++y) {
        const auto* row = reinterpret_cast<const std::uint32_t*>(rows + y * stride);
        for (std::size_t x = 0; x < side; ++x) {
            const std::uint32_t pixel = straight(row[x]);
            for (const unsigned shift : {0U, 8U, 16U, 24U})
                pixels.push_back(static_cast<char>(pixel >> shift & 0xFFU));
        }
    }
    return pixels;
}

Result<std::string> drawn(const std::string& style, const ui::PictureOrder::Wish& wish) {
    TRY(ui::judgePicture(wish.svg));
    GError* error = nullptr;
    // Without a base of its own it could not find another file either.
    const Owned<RsvgHandle> handle(
        rsvg_handle_new_from_data(bytesOf(wish.svg), wish.svg.size(), &error));
    if (!handle) return refused(error);
    if (!rsvg_handle_set_stylesheet(handle.get(), bytesOf(style), style.size(), &error))
        return refused(error);
    const int side = static_cast<int>(wish.side);
    const Owned<cairo_surface_t> surface(
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side));
    const Owned<cairo_t> context(cairo_create(surface.get()));
    const RsvgRectangle whole{0, 0, static_cast<double>(side), static_cast<double>(side)};
    if (!rsvg_handle_render_document(handle.get(), context.get(), &whole, &error))
        return refused(error);
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
        return refused("no memory to draw it in");
    return pixelsOf(surface.get(), wish.side);
}

bool write(std::string_view bytes) {
    return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size();
}

bool answer(const Result<std::string>& picture) {
    using Kind = ui::AnswerHead::Kind;
    std::string body = picture ? *picture : picture.error().cause;
    if (!picture) body.resize(std::min<std::size_t>(body.size(), ui::AnswerHead::longestWords));
    const ui::AnswerHead head{picture ? Kind::pixels : Kind::words,
                              static_cast<std::uint32_t>(body.size())};
    return write(ui::bytesOfHead(head)) && write(body);
}

std::string orderRead() {
    std::string bytes;
    std::array<char, 16384> part{};
    while (bytes.size() <= ui::largestPictureOrder) {
        const std::size_t count = std::fread(part.data(), 1, part.size(), stdin);
        if (count == 0) break;
        bytes.append(part.data(), count);
    }
    return bytes;
}

int run() {
    confine();
    const auto order = ui::pictureOrderFrom(orderRead());
    if (!order) {
        std::fprintf(stderr, "liqu-pictures: %s\n", order.error().cause.c_str());
        return 1;
    }
    for (const ui::PictureOrder::Wish& wish : order->wishes) {
        if (!answer(drawn(order->style, wish))) return 1;
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace liqu::pictures

int main() {
    return liqu::pictures::run();
}
