#include "ui/toolkit/theme.hpp"

#include <cmath>

#include "firmware/base/bytes.hpp"
#include "firmware/base/config_file.hpp"

namespace liqu::ui {

namespace {

double linear(std::uint8_t channel) {
    const double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

Result<Colour> readColour(const ConfigFile& file, const std::string& key) {
    const auto colour = colourFromHex(TRY(file.text(key)));
    if (!colour) TRY(file.refuse(ErrorCode::configBadValue, key, "must be like \"#0B5C66\""));
    return colour.value_or(Colour{});
}

Result<ToneColours> readTone(const ConfigFile& file, const std::string& name) {
    return ToneColours{TRY(readColour(file, name + ".surface")),
                       TRY(readColour(file, name + ".ink")), TRY(readColour(file, name + ".line"))};
}

Result<float> readSize(const ConfigFile& file, const std::string& name, double least) {
    return static_cast<float>(TRY(file.real("size." + name, least, 400)));
}

Result<Palette> readPalette(const ConfigFile& file, const std::string& name) {
    const std::string at = "palette." + name + ".";
    Palette palette;
    palette.background = TRY(readColour(file, at + "background"));
    palette.surface = TRY(readColour(file, at + "surface"));
    palette.outline = TRY(readColour(file, at + "outline"));
    palette.ink = TRY(readColour(file, at + "ink"));
    palette.mutedInk = TRY(readColour(file, at + "mutedInk"));
    palette.primary = TRY(readColour(file, at + "primary"));
    palette.primaryHeld = TRY(readColour(file, at + "primaryHeld"));
    palette.onPrimary = TRY(readColour(file, at + "onPrimary"));
    palette.soft = TRY(readColour(file, at + "soft"));
    palette.skin = TRY(readColour(file, at + "skin"));
    palette.gold = TRY(readColour(file, at + "gold"));
    palette.detail = TRY(readColour(file, at + "detail"));
    palette.focus = TRY(readColour(file, at + "focus"));
    palette.focusEdge = TRY(readColour(file, at + "focusEdge"));
    palette.info = TRY(readTone(file, at + "info"));
    palette.success = TRY(readTone(file, at + "success"));
    palette.warning = TRY(readTone(file, at + "warning"));
    palette.danger = TRY(readTone(file, at + "danger"));
    return palette;
}

// The floors are those of the acceptance rules for elderly people, not a matter of taste.
Result<Sizes> readSizes(const ConfigFile& file) {
    Sizes theme;
    theme.titleSize = TRY(readSize(file, "title", 64));
    theme.largeSize = TRY(readSize(file, "large", 44));
    theme.bodySize = TRY(readSize(file, "body", 40));
    theme.smallSize = TRY(readSize(file, "small", 40));
    theme.margin = TRY(readSize(file, "margin", 24));
    theme.gap = TRY(readSize(file, "gap", 12));
    theme.radius = TRY(readSize(file, "radius", 0));
    theme.target = TRY(readSize(file, "target", 120));
    return theme;
}

}  // namespace

Colour Colour::faded(float share) const {
    return {red, green, blue, static_cast<std::uint8_t>(static_cast<float>(alpha) * share)};
}

Result<Colour> colourFromHex(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return fail(ErrorCode::configBadValue, "not a colour");
    const Bytes bytes = TRY(fromHex(text.substr(1)));
    return Colour{bytes[0], bytes[1], bytes[2]};
}

double contrast(Colour one, Colour other) {
    const double left = luminance(one) + 0.05;
    const double right = luminance(other) + 0.05;
    return left > right ? left / right : right / left;
}

Result<Look> Look::read(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    Look look;
    look.sizes_ = TRY(readSizes(file));
    for (std::size_t i = 0; i < look.palettes_.size(); ++i) {
        const std::string name(wordTable<screen::Contrast>.texts()[i]);
        look.palettes_[i] = TRY(readPalette(file, name));
    }
    // 18 pt are 6.35 mm: the smallest letters beside body text of 7.4.
    for (std::size_t i = 0; i < look.letters_.size(); ++i) {
        const std::string key = "letters." + std::string(wordTable<screen::LetterSize>.texts()[i]);
        look.letters_[i] = static_cast<float>(TRY(file.real(key, 7.4, 40)));
        if (i > 0 && look.letters_[i] <= look.letters_[i - 1])
            TRY(file.refuse(ErrorCode::configBadValue, key, "is no larger than the one before"));
    }
    TRY(file.refuseUnknownKeys());
    return look;
}

Theme Look::theme(screen::Contrast contrast) const {
    return {palettes_[static_cast<std::size_t>(contrast)], sizes_};
}

float Look::lettersMm(screen::LetterSize size) const {
    return letters_[static_cast<std::size_t>(size)];
}

ToneColours Palette::of(Tone tone) const {
    switch (tone) {
        case Tone::info:
            return info;
        case Tone::success:
            return success;
        case Tone::warning:
            return warning;
        case Tone::danger:
            return danger;
        case Tone::plain:
            break;
    }
    return {surface, ink, outline};
}

}  // namespace liqu::ui
