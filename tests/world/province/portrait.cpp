#include "tests/world/province/portrait.hpp"

#include <algorithm>
#include <array>
#include <cairo.h>
#include <cmath>
#include <cstdlib>
#include <jpeglib.h>
#include <memory>
#include <numbers>
#include <stddef.h>
#include <stdio.h>

#include "firmware/base/assert.hpp"
#include "firmware/base/random.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::world {
namespace {

struct Colour {
    double red, green, blue;

    Colour shaded(double factor) const { return {red * factor, green * factor, blue * factor}; }
};

constexpr std::array<Colour, 4> skins{
    {{0.98, 0.86, 0.75}, {0.95, 0.80, 0.67}, {0.91, 0.74, 0.60}, {0.85, 0.67, 0.53}}};
constexpr std::array<Colour, 4> hairs{
    {{0.10, 0.09, 0.10}, {0.17, 0.12, 0.10}, {0.25, 0.17, 0.12}, {0.13, 0.13, 0.17}}};

// Hue in degrees; the other two from 0 to 1.
Colour fromHue(double hue, double saturation, double value) {
    const auto channel = [&](double n) {
        const double k = std::fmod(n + hue / 60, 6.0);
        return value * (1 - saturation * std::clamp(std::min(k, 4 - k), 0.0, 1.0));
    };
    return {channel(5), channel(3), channel(1)};
}

struct Features {
    Colour skin, hair, cloth, tie;
    double headWidth, headHeight, browTilt, mouthCurve, eyeSize, fringe;
    bool glasses, longHair;
};

Features featuresOf(const Look& look) {
    SeededRandom random(look.seed);
    const auto between = [&](double least, double most) {
        return least + (most - least) * static_cast<double>(random.below(1001)) / 1000.0;
    };
    Features features{};
    features.skin = skins[random.below(skins.size())];
    features.hair = look.age >= 62 ? Colour{0.70, 0.70, 0.72} : hairs[random.below(hairs.size())];
    // What tells two people apart at the size of a stamp.
    features.cloth = fromHue(between(0, 360), between(0.3, 0.9), between(0.2, 0.8));
    features.tie = fromHue(between(0, 360), between(0.5, 1), between(0.3, 0.9));
    features.headWidth = between(70, 78);
    features.headHeight = between(94, 102);
    features.browTilt = between(-2.5, 2.5);
    features.mouthCurve = between(5, 10);
    features.eyeSize = between(6.8, 8.2);
    features.fringe = between(-16, 16);
    features.glasses = random.below(3) == 0;
    features.longHair = look.longHair;
    return features;
}

// Draws in the picture's pixels; the middle of the face is (centreX, centreY).
class Painter {
  public:
    Painter(cairo_t* cairo, const Features& features) : cairo_(cairo), is_(features) {}

    void paint() {
        background();
        if (is_.longHair) hairBehind();
        shoulders();
        neck();
        if (!is_.longHair) ears();
        head();
        hairOnTop();
        eyes();
        nose();
        mouth();
        if (is_.glasses) glasses();
    }

  private:
    static constexpr double centreX = portraitWidth / 2.0;
    static constexpr double centreY = 200;

    void colour(const Colour& c, double alpha = 1) {
        cairo_set_source_rgba(cairo_, c.red, c.green, c.blue, alpha);
    }
    void fill(const Colour& c, double alpha = 1) {
        colour(c, alpha);
        cairo_fill(cairo_);
    }
    void stroke(const Colour& c, double width, double alpha = 1) {
        colour(c, alpha);
        cairo_set_line_width(cairo_, width);
        cairo_stroke(cairo_);
    }
    void ellipse(double x, double y, double radiusX, double radiusY, double from = 0,
                 double to = 2 * std::numbers::pi) {
        cairo_save(cairo_);
        cairo_translate(cairo_, x, y);
        cairo_scale(cairo_, radiusX, radiusY);
        cairo_new_sub_path(cairo_);
        cairo_arc(cairo_, 0, 0, 1, from, to);
        cairo_restore(cairo_);
    }

    void background() {
        cairo_set_source_rgb(cairo_, 1, 1, 1);
        cairo_paint(cairo_);
    }

    void hairBehind() {
        const double top = centreY - is_.headHeight - 16;
        const double half = is_.headWidth + 30;
        cairo_move_to(cairo_, centreX - half + 6, 352);
        cairo_curve_to(cairo_, centreX - half - 18, 230, centreX - half, top, centreX, top);
        cairo_curve_to(cairo_, centreX + half, top, centreX + half + 18, 230, centreX + half - 6,
                       352);
        cairo_close_path(cairo_);
        fill(is_.hair.shaded(0.85));
    }

    void shoulders() {
        cairo_move_to(cairo_, 18, portraitHeight);
        cairo_curve_to(cairo_, 24, 366, 88, 352, centreX - 38, 332);
        cairo_line_to(cairo_, centreX + 38, 332);
        cairo_curve_to(cairo_, portraitWidth - 88, 352, portraitWidth - 24, 366, portraitWidth - 18,
                       portraitHeight);
        cairo_close_path(cairo_);
        fill(is_.cloth);
        // A white shirt shows between the lapels.
        cairo_move_to(cairo_, centreX - 40, 331);
        cairo_line_to(cairo_, centreX, 418);
        cairo_line_to(cairo_, centreX + 40, 331);
        cairo_close_path(cairo_);
        fill({0.97, 0.97, 0.98});
        cairo_move_to(cairo_, centreX - 9, 352);
        cairo_line_to(cairo_, centreX + 9, 352);
        cairo_line_to(cairo_, centreX + 15, 420);
        cairo_line_to(cairo_, centreX - 15, 420);
        cairo_close_path(cairo_);
        fill(is_.tie);
        for (const double side : {-1.0, 1.0}) {
            cairo_move_to(cairo_, centreX + side * 40, 331);
            cairo_line_to(cairo_, centreX, 418);
            cairo_line_to(cairo_, centreX + side * 4, 441);
            cairo_line_to(cairo_, centreX + side * 66, 368);
            cairo_close_path(cairo_);
            fill(is_.cloth.shaded(0.82));
        }
    }

    void neck() {
        cairo_move_to(cairo_, centreX - 34, 262);
        cairo_line_to(cairo_, centreX - 36, 332);
        cairo_curve_to(cairo_, centreX - 20, 364, centreX + 20, 364, centreX + 36, 332);
        cairo_line_to(cairo_, centreX + 34, 262);
        cairo_close_path(cairo_);
        fill(is_.skin.shaded(0.90));
    }

    void ears() {
        for (const double side : {-1.0, 1.0}) {
            const double x = centreX + side * (is_.headWidth + 1);
            ellipse(x, centreY + 8, 12, 21);
            fill(is_.skin.shaded(0.93));
            ellipse(x + side, centreY + 8, 6, 13);
            fill(is_.skin.shaded(0.84));
        }
    }

    // Round above, narrower at the chin.
    void headPath() {
        const double width = is_.headWidth;
        const double top = centreY - is_.headHeight;
        const double chin = centreY + is_.headHeight;
        cairo_new_path(cairo_);
        cairo_move_to(cairo_, centreX, top);
        cairo_curve_to(cairo_, centreX + width, top, centreX + width + 6, centreY - 20,
                       centreX + width, centreY + 22);
        cairo_curve_to(cairo_, centreX + width - 6, centreY + 66, centreX + 36, chin, centreX,
                       chin);
        cairo_curve_to(cairo_, centreX - 36, chin, centreX - width + 6, centreY + 66,
                       centreX - width, centreY + 22);
        cairo_curve_to(cairo_, centreX - width - 6, centreY - 20, centreX - width, top, centreX,
                       top);
        cairo_close_path(cairo_);
    }

    void head() {
        headPath();
        fill(is_.skin);
        // A soft blush, kept inside the face.
        for (const double side : {-1.0, 1.0}) {
            ellipse(centreX + side * 44, centreY + 40, 17, 11);
            fill({0.93, 0.52, 0.46}, 0.14);
        }
    }

    // The hair covers the upper head; its lower edge is the fringe.
    void hairOnTop() {
        const double width = is_.headWidth;
        const double top = centreY - is_.headHeight;
        const double side = is_.longHair ? centreY + 34 : centreY - 2;
        cairo_move_to(cairo_, centreX - width - 5, side);
        cairo_curve_to(cairo_, centreX - width - 20, top + 20, centreX - width + 6, top - 24,
                       centreX, top - 24);
        cairo_curve_to(cairo_, centreX + width - 6, top - 24, centreX + width + 20, top + 20,
                       centreX + width + 5, side);
        cairo_curve_to(cairo_, centreX + width - 4, centreY - 30, centreX + width - 12,
                       centreY - 48, centreX + width - 22, centreY - 58);
        cairo_curve_to(cairo_, centreX + 34 + is_.fringe, centreY - 44, centreX + is_.fringe,
                       centreY - 50, centreX - is_.fringe, centreY - 68);
        cairo_curve_to(cairo_, centreX - 30, centreY - 48, centreX - width + 30, centreY - 46,
                       centreX - width + 14, centreY - 48);
        cairo_curve_to(cairo_, centreX - width + 8, centreY - 36, centreX - width + 2, centreY - 20,
                       centreX - width - 5, side);
        cairo_close_path(cairo_);
        fill(is_.hair);
        // One line of light.
        cairo_move_to(cairo_, centreX - width + 20, top + 22);
        cairo_curve_to(cairo_, centreX - 30, top - 8, centreX + 10, top - 10, centreX + 30,
                       top - 4);
        stroke({1, 1, 1}, 5, 0.13);
    }

    void eyes() {
        const double y = centreY - 4;
        for (const double side : {-1.0, 1.0}) {
            const double x = centreX + side * 31;
            ellipse(x, y, 15, is_.eyeSize);
            fill({1, 1, 1});
            ellipse(x, y, is_.eyeSize * 0.92, is_.eyeSize * 0.92);
            fill({0.20, 0.12, 0.08});
            ellipse(x + 2, y - 2.5, 2, 2);
            fill({1, 1, 1});
            ellipse(x, y, 15.5, is_.eyeSize + 0.5, std::numbers::pi, 2 * std::numbers::pi);
            stroke({0.13, 0.09, 0.08}, 2.6);
            cairo_move_to(cairo_, x - side * 15, y - 21 + side * is_.browTilt);
            cairo_curve_to(cairo_, x - side * 4, y - 28, x + side * 9, y - 27, x + side * 18,
                           y - 19);
            cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_ROUND);
            stroke(is_.hair.shaded(0.9), 5);
        }
    }

    void nose() {
        cairo_move_to(cairo_, centreX + 3, centreY + 6);
        cairo_curve_to(cairo_, centreX + 6, centreY + 22, centreX + 13, centreY + 32, centreX + 9,
                       centreY + 37);
        cairo_curve_to(cairo_, centreX + 3, centreY + 41, centreX - 4, centreY + 41, centreX - 9,
                       centreY + 37);
        stroke(is_.skin.shaded(0.72), 2.6);
    }

    void mouth() {
        const double y = centreY + 60;
        cairo_move_to(cairo_, centreX - 24, y);
        cairo_curve_to(cairo_, centreX - 10, y - 6, centreX + 10, y - 6, centreX + 24, y);
        cairo_curve_to(cairo_, centreX + 12, y + is_.mouthCurve + 4, centreX - 12,
                       y + is_.mouthCurve + 4, centreX - 24, y);
        cairo_close_path(cairo_);
        fill(is_.longHair ? Colour{0.78, 0.38, 0.38} : Colour{0.78, 0.50, 0.44});
        cairo_move_to(cairo_, centreX - 25, y - 1);
        cairo_curve_to(cairo_, centreX - 10, y + is_.mouthCurve - 3, centreX + 10,
                       y + is_.mouthCurve - 3, centreX + 25, y - 1);
        stroke({0.52, 0.20, 0.20}, 2.2);
    }

    void glasses() {
        const Colour frame{0.16, 0.17, 0.20};
        const double y = centreY - 3;
        for (const double side : {-1.0, 1.0}) {
            const double x = centreX + side * 31;
            ellipse(x, y, 24, 19);
            fill({0.80, 0.90, 1.0}, 0.16);
            ellipse(x, y, 24, 19);
            stroke(frame, 3);
            cairo_move_to(cairo_, x + side * 24, y - 4);
            cairo_line_to(cairo_, centreX + side * (is_.headWidth - 1), y - 8);
            stroke(frame, 3);
        }
        cairo_move_to(cairo_, centreX - 8, y - 2);
        cairo_curve_to(cairo_, centreX - 4, y - 7, centreX + 4, y - 7, centreX + 8, y - 2);
        stroke(frame, 3);
    }

    cairo_t* cairo_;
    Features is_;
};

struct SurfaceEnd {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct CairoEnd {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

// Cairo's RGB24 is a native 32-bit word, 0x00RRGGBB.
Bytes rgbRow(const std::uint8_t* pixels) {
    Bytes row;
    row.reserve(portraitWidth * 3);
    for (int x = 0; x < portraitWidth; ++x) {
        const std::uint8_t* pixel = pixels + 4 * x;
        row.insert(row.end(), {pixel[2], pixel[1], pixel[0]});
    }
    return row;
}

}  // namespace

std::uint64_t lookSeed(std::string_view text) {
    std::uint64_t seed = 14695981039346656037ULL;  // FNV-1a
    for (const char byte : text) {
        seed = (seed ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    }
    return seed;
}

Look lookOf(const Person& person, WallTime now) {
    const int born = std::atoi(person.birthDate.c_str());
    const int today = std::atoi(formatDate(chinaDate(now)).c_str());
    const std::string& whose = person.looksLike.empty() ? person.socialNumber : person.looksLike;
    return {lookSeed(whose), person.sex == "2", (today - born) / 10000};
}

Bytes drawPortrait(const Look& look) {
    Bytes pixels(std::size_t{portraitWidth} * portraitHeight * 4);
    const std::unique_ptr<cairo_surface_t, SurfaceEnd> surface(cairo_image_surface_create_for_data(
        pixels.data(), CAIRO_FORMAT_RGB24, portraitWidth, portraitHeight, portraitWidth * 4));
    const std::unique_ptr<cairo_t, CairoEnd> cairo(cairo_create(surface.get()));
    LIQU_ASSERT(cairo_status(cairo.get()) == CAIRO_STATUS_SUCCESS);
    Painter(cairo.get(), featuresOf(look)).paint();
    cairo_surface_flush(surface.get());
    return pixels;
}

Bytes portraitJpeg(const Look& look) {
    const Bytes pixels = drawPortrait(look);
    jpeg_error_mgr errors{};
    jpeg_compress_struct jpeg{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &out, &size);
    jpeg.image_width = portraitWidth;
    jpeg.image_height = portraitHeight;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 85, TRUE);
    jpeg.density_unit = 1;  // dots per inch
    jpeg.X_density = 350;
    jpeg.Y_density = 350;
    jpeg_start_compress(&jpeg, TRUE);
    for (std::size_t y = 0; y < portraitHeight; ++y) {
        Bytes row = rgbRow(pixels.data() + y * portraitWidth * 4);
        JSAMPROW pointer = row.data();
        jpeg_write_scanlines(&jpeg, &pointer, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    Bytes result(out, out + size);
    std::free(out);
    return result;
}

}  // namespace liqu::world
