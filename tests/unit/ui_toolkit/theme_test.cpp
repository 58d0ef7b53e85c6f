#include "ui/toolkit/theme.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace liqu;
using namespace liqu::ui;

namespace {

struct Pair {
    std::string_view name;
    Colour ink;
    Colour surface;
};

// Every pair of colours in which words are written.
std::vector<Pair> textPairs(const Theme& theme) {
    return {
        {"ink on background", theme.ink, theme.background},
        {"ink on surface", theme.ink, theme.surface},
        {"ink on soft", theme.ink, theme.soft},
        {"muted ink on background", theme.mutedInk, theme.background},
        {"muted ink on surface", theme.mutedInk, theme.surface},
        {"muted ink on soft", theme.mutedInk, theme.soft},
        {"primary on background", theme.primary, theme.background},
        {"primary on surface", theme.primary, theme.surface},
        {"primary on soft", theme.primary, theme.soft},
        {"on primary", theme.onPrimary, theme.primary},
        {"on primary held", theme.onPrimary, theme.primaryHeld},
        {"info", theme.info.ink, theme.info.surface},
        {"success", theme.success.ink, theme.success.surface},
        {"warning", theme.warning.ink, theme.warning.surface},
        {"danger", theme.danger.ink, theme.danger.surface},
    };
}

// What is told by a line or by the change of a colour.
std::vector<Pair> linePairs(const Theme& theme) {
    return {
        {"outline on background", theme.outline, theme.background},
        {"outline on surface", theme.outline, theme.surface},
        {"primary on surface", theme.primary, theme.surface},
        {"held on surface", theme.primaryHeld, theme.surface},
        {"focus beside its edge", theme.focus, theme.focusEdge},
        {"detail on skin", theme.detail, theme.skin},
        {"detail on gold", theme.detail, theme.gold},
        {"info", theme.info.line, theme.background},
        {"success", theme.success.line, theme.background},
        {"warning", theme.warning.line, theme.background},
        {"danger", theme.danger.line, theme.background},
    };
}

Look shippedLook() {
    auto look = Look::read(std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config/theme.toml");
    REQUIRE_MESSAGE(look, (look ? "" : describe(look.error())));
    return *look;
}

}  // namespace

TEST_CASE("contrast follows WCAG") {
    CHECK(contrast({0, 0, 0}, {255, 255, 255}) == doctest::Approx(21.0));
    CHECK(contrast({119, 119, 119}, {255, 255, 255}) == doctest::Approx(4.48).epsilon(0.001));
    CHECK(contrast({10, 20, 30}, {10, 20, 30}) == doctest::Approx(1.0));
}

TEST_CASE("every pair of colours that carries words is readable") {
    const auto look = shippedLook();
    for (const auto kind : wordTable<screen::Contrast>.values()) {
        const Theme theme = look.theme(kind);
        const double least = kind == screen::Contrast::usual ? 4.5 : 7;
        for (const Pair& pair : textPairs(theme)) {
            CAPTURE(std::string(nameOf(kind)) + ", " + std::string(pair.name));
            CHECK(contrast(pair.ink, pair.surface) >= least);
        }
    }
}

TEST_CASE("every line that tells something apart is seen") {
    const auto look = shippedLook();
    for (const auto kind : wordTable<screen::Contrast>.values()) {
        const Theme theme = look.theme(kind);
        for (const Pair& pair : linePairs(theme)) {
            CAPTURE(std::string(nameOf(kind)) + ", " + std::string(pair.name));
            CHECK(contrast(pair.ink, pair.surface) >= 3);
        }
    }
}

TEST_CASE("letters keep the floors of the rules for elderly people") {
    const auto look = shippedLook();
    const Theme theme = look.theme(screen::Contrast::usual);
    CHECK(theme.titleSize >= 64);
    CHECK(theme.smallSize >= 40);
    CHECK(theme.target >= 120);
    // The smallest words of a page, 18 pt and more.
    CHECK(look.lettersMm(screen::LetterSize::small) * theme.smallSize / theme.bodySize >= 6.35F);
    CHECK(look.lettersMm(screen::LetterSize::medium) >= 9.2F);
    CHECK(look.lettersMm(screen::LetterSize::large) >= 11.5F);
    CHECK(look.lettersMm(screen::LetterSize::largest) >= 14.0F);
}

TEST_CASE("colours are read strictly") {
    CHECK(*colourFromHex("#0B5C66") == Colour{0x0B, 0x5C, 0x66});
    for (const auto* wrong : {"", "#0B5C6", "0B5C66F", "#0B5C6G"})
        CHECK_FALSE(colourFromHex(wrong));
}
