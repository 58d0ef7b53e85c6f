#include "ui/toolkit/picture_style.hpp"

#include <algorithm>
#include <array>

#include "firmware/base/bytes.hpp"

namespace liqu::ui {
namespace {

struct Role {
    std::string_view name;
    Colour colour;
};

// Those that pictures may use; the focus is the keys' alone.
auto rolesOf(const Palette& palette) {
    return std::array{Role{"background", palette.background},
                      Role{"surface", palette.surface},
                      Role{"outline", palette.outline},
                      Role{"ink", palette.ink},
                      Role{"muted-ink", palette.mutedInk},
                      Role{"primary", palette.primary},
                      Role{"primary-held", palette.primaryHeld},
                      Role{"on-primary", palette.onPrimary},
                      Role{"soft", palette.soft},
                      Role{"skin", palette.skin},
                      Role{"gold", palette.gold},
                      Role{"detail", palette.detail},
                      Role{"info-surface", palette.info.surface},
                      Role{"info-ink", palette.info.ink},
                      Role{"info-line", palette.info.line},
                      Role{"success-surface", palette.success.surface},
                      Role{"success-ink", palette.success.ink},
                      Role{"success-line", palette.success.line},
                      Role{"warning-surface", palette.warning.surface},
                      Role{"warning-ink", palette.warning.ink},
                      Role{"warning-line", palette.warning.line},
                      Role{"danger-surface", palette.danger.surface},
                      Role{"danger-ink", palette.danger.ink},
                      Role{"danger-line", palette.danger.line}};
}

constexpr std::string_view strokePrefix = "stroke-";

std::string hexOf(Colour colour) {
    return "#" + toHex(Bytes{colour.red, colour.green, colour.blue});
}

}  // namespace

std::string styleSheetOf(const Palette& palette) {
    std::string css = "svg{fill:none;stroke:none}\n";
    for (const Role& role : rolesOf(palette)) {
        const std::string name(role.name);
        const std::string colour = hexOf(role.colour);
        css.append(".").append(name).append("{fill:").append(colour).append("}\n");
        css.append(".").append(strokePrefix).append(name).append("{stroke:").append(colour);
        css += "}\n";
    }
    return css;
}

bool isPictureClass(std::string_view name) {
    if (name.starts_with(strokePrefix)) name.remove_prefix(strokePrefix.size());
    const auto roles = rolesOf({});
    return std::ranges::find(roles, name, &Role::name) != roles.end();
}

}  // namespace liqu::ui
