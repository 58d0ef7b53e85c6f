// What is drawn is made of triangles: each point of a shape under exactly one, and few around it.
#include "ui/toolkit/canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <filesystem>
#include <imgui.h>
#include <vector>

using namespace liqu;
using namespace liqu::ui;

namespace {

using Triangle = std::array<ImDrawVert, 3>;

class Drawing {
  public:
    Drawing() : layouter_(std::move(*TextLayouter::open(fonts()))), texts_(*layouter_, nullptr, 0) {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().DisplaySize = {1080, 1920};
        ImGui::NewFrame();
        canvas_.emplace(*ImGui::GetForegroundDrawList(), texts_, screen::Language::chinese,
                        writing_, Size{1080, 1920});
    }
    Drawing(const Drawing&) = delete;
    Drawing& operator=(const Drawing&) = delete;
    ~Drawing() {
        ImGui::EndFrame();
        ImGui::DestroyContext();
    }

    Canvas& canvas() { return *canvas_; }
    std::vector<Triangle> triangles() const {
        const ImDrawList& list = *ImGui::GetForegroundDrawList();
        std::vector<Triangle> all;
        for (int i = 0; i + 2 < list.IdxBuffer.Size; i += 3) {
            all.push_back({list.VtxBuffer[list.IdxBuffer[i]], list.VtxBuffer[list.IdxBuffer[i + 1]],
                           list.VtxBuffer[list.IdxBuffer[i + 2]]});
        }
        return all;
    }

  private:
    static std::filesystem::path fonts() {
        return std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/fonts/fonts.conf";
    }
    std::unique_ptr<TextLayouter> layouter_;
    TextCache texts_;
    Writing writing_{};
    std::optional<Canvas> canvas_;
};

float side(const ImDrawVert& from, const ImDrawVert& to, Point point) {
    return (to.pos.x - from.pos.x) * (point.y - from.pos.y) -
           (to.pos.y - from.pos.y) * (point.x - from.pos.x);
}

bool isUnder(const Triangle& one, Point point) {
    const float a = side(one[0], one[1], point);
    const float b = side(one[1], one[2], point);
    const float c = side(one[2], one[0], point);
    return (a > 0 && b > 0 && c > 0) || (a < 0 && b < 0 && c < 0);
}

int layersAt(const std::vector<Triangle>& all, Point point) {
    return static_cast<int>(
        std::ranges::count_if(all, [point](const Triangle& one) { return isUnder(one, point); }));
}

double lookedAt(const std::vector<Triangle>& all) {
    double pixels = 0;
    for (const Triangle& one : all) {
        const auto [left, right] = std::minmax({one[0].pos.x, one[1].pos.x, one[2].pos.x});
        const auto [top, bottom] = std::minmax({one[0].pos.y, one[1].pos.y, one[2].pos.y});
        pixels += static_cast<double>(right - left) * static_cast<double>(bottom - top);
    }
    return pixels;
}

// How far inside a box with round corners; negative: outside.
float depthIn(const Rect& box, float radius, Point point) {
    if (radius <= 0) {
        return std::min(
            {point.x - box.x, box.right() - point.x, point.y - box.y, box.bottom() - point.y});
    }
    const Rect inner = box.inset(radius);
    const float across = std::max({inner.x - point.x, point.x - inner.right(), 0.0F});
    const float down = std::max({inner.y - point.y, point.y - inner.bottom(), 0.0F});
    return radius - std::hypot(across, down);
}

// The points stand beside every edge between two triangles.
template <typename Act>
void atPoints(const Rect& area, Act act) {
    for (float y = area.y + 0.37F; y < area.bottom(); y += 3) {
        for (float x = area.x + 0.41F; x < area.right(); x += 3) act(Point{x, y});
    }
}

}  // namespace

TEST_CASE("a round box covers each of its points once, and nothing around it") {
    const Rect place{100, 200, 401, 151};
    for (const float radius : {0.0F, 8.0F, 40.0F, 500.0F}) {
        CAPTURE(radius);
        const float round = std::min(radius, std::floor(place.height / 2));
        Drawing drawing;
        drawing.canvas().box(place, {10, 20, 30, 128}, radius);
        const auto triangles = drawing.triangles();
        int inside = 0;
        atPoints(place.inset(-6), [&](Point point) {
            const float depth = depthIn(place, round, point);
            CAPTURE(point.x);
            CAPTURE(point.y);
            if (depth > 1) ++inside;
            if (depth > 1) CHECK(layersAt(triangles, point) == 1);
            if (depth < -1) CHECK(layersAt(triangles, point) == 0);
        });
        CHECK(inside > 4000);
        // A fan across the whole box would be looked at dozens of times.
        CHECK(lookedAt(triangles) < 3.0 * static_cast<double>(place.width * place.height));
    }
}

TEST_CASE("a disc is round, and looked at in quarters") {
    const Point centre{300, 300};
    Drawing drawing;
    drawing.canvas().disc(centre, 120, {10, 20, 30, 128});
    const auto triangles = drawing.triangles();
    atPoints({170, 170, 260, 260}, [&](Point point) {
        const float distance = std::hypot(point.x - centre.x, point.y - centre.y);
        CAPTURE(point.x);
        CAPTURE(point.y);
        if (distance < 119) CHECK(layersAt(triangles, point) == 1);
        if (distance > 121) CHECK(layersAt(triangles, point) == 0);
    });
}

TEST_CASE("a box thinner than a pixel is as thin as one; one of nothing is not there") {
    Drawing drawing;
    drawing.canvas().box({10, 20.1F, 100, 0.3F}, {0, 0, 0, 255});
    const auto line = drawing.triangles();
    REQUIRE(line.size() == 2);
    CHECK(line[0][0].pos.y == 20);
    CHECK(line[0][2].pos.y == 21);
    drawing.canvas().box({10, 20, 0, 30}, {0, 0, 0, 255});
    CHECK(drawing.triangles().size() == 2);
}

TEST_CASE("the cells of a grid fill the width, row by row") {
    const Rect place{10, 20, 320, 500};
    const Rect first = cellOf(place, 0, 3, 10, 50);
    const Rect last = cellOf(place, 2, 3, 10, 50);
    const Rect below = cellOf(place, 4, 3, 10, 50);
    CHECK(first.x == 10);
    CHECK(first.y == 20);
    CHECK(first.width == 100);
    CHECK(first.height == 50);
    CHECK(last.right() == place.right());
    CHECK(below.x == first.right() + 10);
    CHECK(below.y == first.bottom() + 10);
}
