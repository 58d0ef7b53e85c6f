// Drawing in the units of a page: shapes by ImGui's draw list, words by the text cache. x begins at
// the side where reading begins, so that nobody who places things need know the direction: where it
// is right to left, the canvas mirrors places, lines and arrows. Pictures stay upright. One canvas
// lives for one frame. Main thread only.
#pragma once

#include <span>
#include <string_view>

#include "ui/toolkit/geometry.hpp"
#include "ui/toolkit/languages.hpp"
#include "ui/toolkit/text_cache.hpp"
#include "ui/toolkit/theme.hpp"

struct ImDrawList;
struct SDL_Texture;

namespace liqu::ui {

struct TextLook {
    float size = 40;
    Weight weight = Weight::regular;
    Align align = Align::start;
    bool balanced = false;
};

struct MeasuredText {
    Size size;
    int lines = 0;
    bool brokenWord = false;
};

class Canvas {
  public:
    // window: in pixels.
    Canvas(ImDrawList& list, TextCache& texts, screen::Language language, const Writing& writing,
           Size window)
        : list_(list),
          texts_(texts),
          language_(language),
          writing_(writing),
          mirrored_(writing.direction == Direction::rightToLeft),
          window_(window) {}

    // Pixels to a unit. Places that were made before mean something else afterwards.
    void use(float scale) { scale_ = scale; }
    float scale() const { return scale_; }
    Size size() const { return {window_.width / scale_, window_.height / scale_}; }
    // As it is on the glass.
    Rect inPixels(const Rect& place) const;

    // While it lives, what is drawn in the place is not mirrored: x grows to the right.
    class Upright {
      public:
        Upright(Canvas& canvas, const Rect& place);
        ~Upright() { canvas_.mirrored_ = before_; }
        Upright(const Upright&) = delete;
        Upright& operator=(const Upright&) = delete;
        const Rect place;

      private:
        Canvas& canvas_;
        const bool before_;
    };

    void box(const Rect& place, Colour colour, float radius = 0);
    void frame(const Rect& place, Colour colour, float thickness, float radius = 0);
    void line(Point from, Point to, Colour colour, float thickness);
    void disc(Point centre, float radius, Colour colour);
    void ring(Point centre, float radius, Colour colour, float thickness);
    // Angles in turns, from twelve o'clock, clockwise.
    void arc(Point centre, float radius, float from, float to, Colour colour, float thickness);
    void path(std::span<const Point> points, Colour colour, float thickness);
    void shadow(const Rect& place, float radius);
    // In pixels of the glass, never mirrored.
    void image(SDL_Texture* texture, const Rect& pixels);

    MeasuredText measure(std::string_view text, const TextLook& look, float width,
                         Privacy privacy = Privacy::open);
    // In letters so much smaller that one line has room, but no smaller than this share.
    TextLook fitted(std::string_view text, TextLook look, float width, float least = 0.6F,
                    Privacy privacy = Privacy::open);
    // In the middle of the place's height; answers whether it fitted.
    bool text(const Rect& place, std::string_view text, const TextLook& look, Colour colour,
              Privacy privacy = Privacy::open);

  private:
    struct Pixel {
        float x;
        float y;
    };
    Pixel pixel(Point point) const;
    Rect physical(const Rect& place) const;
    float turned(float turns) const { return mirrored_ ? -turns : turns; }
    TextStyle styleOf(const TextLook& look, float width) const;

    ImDrawList& list_;
    TextCache& texts_;
    screen::Language language_;
    const Writing& writing_;
    bool mirrored_;
    Size window_;
    float scale_ = 1;
};

}  // namespace liqu::ui
