// Text to coverage: wrapping, shaping and rasterising by Pango and Cairo with the kiosk's private
// fontconfig file, so that glyphs are the same on every machine.
// One thread only. Pango keeps a copy of the last text; forget() drops it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::ui {

enum class Weight : std::uint8_t { regular, bold };
// Start is where reading begins: the right side of a right to left page.
enum class Align : std::uint8_t { start, centre, end };

// Which way a page is read.
enum class Direction : std::uint8_t { leftToRight, rightToLeft };

// Whether any letter of it is.
bool isReadFromTheRight(std::string_view text);

// All measures in pixels.
struct TextStyle {
    float size = 40;
    Weight weight = Weight::regular;
    Align align = Align::start;
    Direction direction = Direction::leftToRight;  // of the page
    float width = 0;                               // lines are wrapped here; 0: one line
    bool balanced = false;                         // lines of about equal length, for headings
    screen::Language language = screen::Language::chinese;
    // Families with commas; empty: those of the kiosk. Lives as long as the style.
    std::string_view fonts{};

    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

struct TextCoverage {
    int width = 0;      // of the widest line
    int height = 0;     // of all lines
    int inkHeight = 0;  // from the top of the highest letter to the foot of the lowest
    int lines = 0;
    bool brokenWord = false;         // a Latin word did not fit and was cut
    std::vector<std::uint8_t> rows;  // width × height, 0 … 255
};

class TextLayouter {
  public:
    // Sets FONTCONFIG_FILE: call before anything else in the process uses fontconfig.
    static Result<std::unique_ptr<TextLayouter>> open(const std::filesystem::path& fontsFile);
    ~TextLayouter();

    TextCoverage draw(std::string_view text, const TextStyle& style);
    void forget();

  private:
    struct Pango;
    explicit TextLayouter(std::unique_ptr<Pango> pango);
    std::unique_ptr<Pango> pango_;
};

}  // namespace liqu::ui
