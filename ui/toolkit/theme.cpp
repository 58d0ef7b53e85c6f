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
    return ToneColours{TRY(readColour(file, "tone." + name + ".surface")),
                       TRY(readColour(file, "tone." + name + ".ink"))};
}

Result<float> readSize(const ConfigFile& file, const std::string& name, double least) {
    return static_cast<float>(TRY(file.real("size." + name, least, 400)));
}

Result<void> readColours(const ConfigFile& file, Theme& theme) {
    theme.background = TRY(readColour(file, "colour.background"));
    theme.surface = TRY(readColour(file, "colour.surface"));
    theme.outline = TRY(readColour(file, "colour.outline"));
    theme.ink = TRY(readColour(file, "colour.ink"));
    theme.mutedInk = TRY(readColour(file, "colour.mutedInk"));
    theme.primary = TRY(readColour(file, "colour.primary"));
    theme.primaryHeld = TRY(readColour(file, "colour.primaryHeld"));
    theme.onPrimary = TRY(readColour(file, "colour.onPrimary"));
    theme.soft = TRY(readColour(file, "colour.soft"));
    theme.skin = TRY(readColour(file, "colour.skin"));
    theme.gold = TRY(readColour(file, "colour.gold"));
    return {};
}

Result<void> readTones(const ConfigFile& file, Theme& theme) {
    theme.info = TRY(readTone(file, "info"));
    theme.success = TRY(readTone(file, "success"));
    theme.warning = TRY(readTone(file, "warning"));
    theme.danger = TRY(readTone(file, "danger"));
    return {};
}

// The floors are those of the acceptance rules for elderly people, not a matter of taste.
Result<void> readSizes(const ConfigFile& file, Theme& theme) {
    theme.titleSize = TRY(readSize(file, "title", 64));
    theme.largeSize = TRY(readSize(file, "large", 44));
    theme.bodySize = TRY(readSize(file, "body", 40));
    theme.smallSize = TRY(readSize(file, "small", 40));
    theme.margin = TRY(readSize(file, "margin", 24));
    theme.gap = TRY(readSize(file, "gap", 12));
    theme.radius = TRY(readSize(file, "radius", 0));
    theme.target = TRY(readSize(file, "target", 120));
    return {};
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

Result<Theme> Theme::read(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    Theme theme;
    TRY(readColours(file, theme));
    TRY(readTones(file, theme));
    TRY(readSizes(file, theme));
    TRY(file.refuseUnknownKeys());
    return theme;
}

ToneColours Theme::of(Tone tone) const {
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
    return {surface, ink};
}

}  // namespace liqu::ui
