#include "ui/paper/portrait.hpp"

#include <algorithm>
#include <cairo.h>
#include <memory>
#include <turbojpeg.h>

#include "firmware/ports/photo_decoder.hpp"

namespace liqu::ui {
namespace {

constexpr std::size_t mostBytes = 1024 * 1024;
constexpr int leastSide = 64;
constexpr int mostSide = 4096;
// A picture that would lose more than this in one direction is no portrait.
constexpr double leastKept = 0.7;

struct DecoderDeleter {
    void operator()(void* decoder) const { tjDestroy(decoder); }
};
struct SurfaceDeleter {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDeleter {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Decoder = std::unique_ptr<void, DecoderDeleter>;
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDeleter>;
using Context = std::unique_ptr<cairo_t, ContextDeleter>;

// Pixels as cairo and the decoder both know them: four bytes, B G R and one unused.
struct Canvas {
    Canvas(int w, int h)
        : width(w),
          height(h),
          pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 4) {}
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;
    ~Canvas() { wipe(pixels); }

    Surface surface() {
        return Surface(cairo_image_surface_create_for_data(pixels.data(), CAIRO_FORMAT_RGB24, width,
                                                           height, width * 4));
    }

    int width;
    int height;
    Bytes pixels;
};

tl::unexpected<Error> unreadable(std::string why) {
    return fail(ErrorCode::portraitUnreadable, std::move(why));
}

// A file that lost its end marker holds the whole picture still. With the marker put back, the
// decoder tells it from one that was cut in the picture: only there a block is missing.
PersonalBytes withEndMarker(ByteView jpeg) {
    constexpr std::uint8_t marker[] = {0xFF, 0xD9};
    Bytes whole;
    whole.reserve(jpeg.size() + std::size(marker));
    whole.assign(jpeg.begin(), jpeg.end());
    const bool ends = jpeg.size() >= 2 && std::ranges::equal(jpeg.last(2), marker);
    if (!ends) whole.insert(whole.end(), std::begin(marker), std::end(marker));
    return PersonalBytes(std::move(whole));
}

// Programs that write this segment write their inks inverted: 255 is no ink. Without it nobody can
// say what the numbers mean.
bool hasAdobeSegment(ByteView jpeg) {
    constexpr std::uint8_t app14 = 0xEE;
    constexpr std::uint8_t startOfScan = 0xDA;
    for (std::size_t at = 2; at + 9 <= jpeg.size() && jpeg[at] == 0xFF;) {
        if (jpeg[at + 1] == startOfScan) return false;
        const ByteView name = jpeg.subspan(at + 4, 5);
        if (jpeg[at + 1] == app14 && std::ranges::equal(name, std::string_view("Adobe")))
            return true;
        at += 2 + (std::size_t{jpeg[at + 2]} << 8 | jpeg[at + 3]);
    }
    return false;
}

// In place: from inverted C M Y K to B G R and one unused.
void mixInks(Bytes& pixels) {
    for (std::size_t at = 0; at + 3 < pixels.size(); at += 4) {
        const int light = pixels[at + 3];
        const auto mixed = [&](std::size_t ink) {
            return static_cast<std::uint8_t>(pixels[at + ink] * light / 255);
        };
        const std::uint8_t red = mixed(0);
        const std::uint8_t blue = mixed(2);
        pixels[at + 1] = mixed(1);
        pixels[at] = blue;
        pixels[at + 2] = red;
    }
}

Result<std::unique_ptr<Canvas>> decode(ByteView given) {
    if (given.size() > mostBytes) return unreadable("more than 1 MiB");
    const PersonalBytes whole = withEndMarker(given);
    const ByteView jpeg = whole.reveal();
    const Decoder decoder(tjInitDecompress());
    if (!decoder) return unreadable("no decoder");
    const auto size = static_cast<unsigned long>(jpeg.size());
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(decoder.get(), jpeg.data(), size, &width, &height, &subsampling,
                            &colours) != 0) {
        return unreadable("not a JPEG");
    }
    if (width < leastSide || height < leastSide || width > mostSide || height > mostSide) {
        return unreadable(std::to_string(width) + " x " + std::to_string(height) + " pixels");
    }
    auto canvas = std::make_unique<Canvas>(width, height);
    // A truncated file is only a warning to the decoder, and half a face on a card to us.
    const bool inks = colours == TJCS_CMYK || colours == TJCS_YCCK;
    if (inks && !hasAdobeSegment(jpeg)) return unreadable("four inks of unknown meaning");
    const int flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT;
    if (tjDecompress2(decoder.get(), jpeg.data(), size, canvas->pixels.data(), width, width * 4,
                      height, inks ? TJPF_CMYK : TJPF_BGRX, flags) != 0) {
        return unreadable("damaged JPEG");
    }
    if (inks) mixInks(canvas->pixels);
    return canvas;
}

// Its pixels stand there as they are, red first.
std::unique_ptr<Canvas> canvasOf(ByteView documentPhoto) {
    const ByteView rgb = documentPhoto.last(ports::documentPhotoSize);
    auto canvas = std::make_unique<Canvas>(ports::documentPhotoWidth, ports::documentPhotoHeight);
    for (std::size_t from = 0, to = 0; from < rgb.size(); from += 3, to += 4) {
        canvas->pixels[to] = rgb[from + 2];
        canvas->pixels[to + 1] = rgb[from + 1];
        canvas->pixels[to + 2] = rgb[from];
    }
    return canvas;
}

struct Crop {
    double left;
    double top;
    double scale;
};

// The largest part of the frame's proportion: equally from both sides, or from the bottom, because
// a head stands near the upper edge.
Result<Crop> cropFor(const Canvas& picture, int width, int height) {
    const double horizontal = static_cast<double>(width) / picture.width;
    const double vertical = static_cast<double>(height) / picture.height;
    const double scale = std::max(horizontal, vertical);
    if (std::min(horizontal, vertical) < leastKept * scale) {
        return unreadable("not the proportion of a portrait");
    }
    return Crop{(picture.width - width / scale) / 2, 0, scale};
}

void scaleInto(Canvas& picture, const Crop& crop, Canvas& frame) {
    const Surface source = picture.surface();
    const Surface target = frame.surface();
    const Context context(cairo_create(target.get()));
    cairo_scale(context.get(), crop.scale, crop.scale);
    cairo_set_source_surface(context.get(), source.get(), -crop.left, -crop.top);
    cairo_pattern_t* pattern = cairo_get_source(context.get());
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_GOOD);
    // Edge pixels would else blend with nothing and turn dark.
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
    cairo_paint(context.get());
    cairo_surface_flush(target.get());
}

}  // namespace

Result<Picture> fitPortrait(ByteView portrait, int width, int height) {
    const auto picture =
        ports::isDocumentPhoto(portrait) ? canvasOf(portrait) : TRY(decode(portrait));
    const Crop crop = TRY(cropFor(*picture, width, height));
    Canvas frame(width, height);
    scaleInto(*picture, crop, frame);
    Bytes rgb;
    rgb.reserve(frame.pixels.size() / 4 * 3);
    for (std::size_t at = 0; at < frame.pixels.size(); at += 4) {
        rgb.push_back(frame.pixels[at + 2]);
        rgb.push_back(frame.pixels[at + 1]);
        rgb.push_back(frame.pixels[at]);
    }
    return Picture{width, height, PersonalBytes(std::move(rgb))};
}

}  // namespace liqu::ui
