#include "ui/toolkit/key_input.hpp"

#include <SDL.h>

namespace liqu::ui {

namespace {

// Longer than what stands on a box of cards.
constexpr std::size_t mostWaiting = 64;

std::optional<char> signOf(SDL_Keycode key) {
    if (key >= SDLK_0 && key <= SDLK_9) return static_cast<char>('0' + (key - SDLK_0));
    if (key >= SDLK_a && key <= SDLK_z) return static_cast<char>('A' + (key - SDLK_a));
    if (key == SDLK_KP_0) return '0';
    if (key >= SDLK_KP_1 && key <= SDLK_KP_9) return static_cast<char>('1' + (key - SDLK_KP_1));
    return std::nullopt;
}

std::optional<KeyStroke> strokeOf(const SDL_Keysym& key) {
    using Kind = KeyStroke::Kind;
    // With these a desktop is meant, not this window.
    if ((key.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) return std::nullopt;
    switch (key.sym) {
        case SDLK_TAB:
            return KeyStroke{(key.mod & KMOD_SHIFT) != 0 ? Kind::back : Kind::forward};
        case SDLK_DOWN:
            return KeyStroke{Kind::forward};
        case SDLK_UP:
            return KeyStroke{Kind::back};
        case SDLK_LEFT:
            return KeyStroke{Kind::left};
        case SDLK_RIGHT:
            return KeyStroke{Kind::right};
        case SDLK_RETURN:
        case SDLK_KP_ENTER:
        case SDLK_SPACE:
            return KeyStroke{Kind::press};
        case SDLK_ESCAPE:
            return KeyStroke{Kind::leave};
        case SDLK_BACKSPACE:
        case SDLK_DELETE:
            return KeyStroke{Kind::erase};
        default:
            break;
    }
    const auto sign = signOf(key.sym);
    return sign ? std::optional(KeyStroke{Kind::sign, *sign}) : std::nullopt;
}

}  // namespace

bool KeyInput::take(const SDL_Event& event) {
    if (event.type != SDL_KEYDOWN && event.type != SDL_KEYUP) return false;
    if (event.type == SDL_KEYUP || event.key.repeat != 0) return true;
    used_ = true;
    if (const auto key = hearingKeys_.find(event.key.keysym.sym); key != hearingKeys_.end()) {
        if (hearing_.size() < mostWaiting) hearing_.push_back(key->second);
        return true;
    }
    const auto stroke = strokeOf(event.key.keysym);
    if (stroke && queue_.size() < mostWaiting) queue_.push_back(*stroke);
    return true;
}

std::optional<HearingKey> KeyInput::nextHearing() {
    if (hearing_.empty()) return std::nullopt;
    const HearingKey key = hearing_.front();
    hearing_.pop_front();
    return key;
}

Result<HearingKeys> hearingKeysFrom(const std::map<std::string, std::string>& names) {
    HearingKeys keys;
    for (const auto& [what, name] : names) {
        const auto key = named<HearingKey>(what);
        const SDL_Keycode code = SDL_GetKeyFromName(name.c_str());
        if (!key || code == SDLK_UNKNOWN || strokeOf({SDL_SCANCODE_UNKNOWN, code, 0, 0}))
            return fail(ErrorCode::configBadValue,
                        "sound.keys." + what + ": " + name + " is no key that can be used for it");
        if (!keys.emplace(code, *key).second)
            return fail(ErrorCode::configBadValue, "sound.keys." + what + ": " + name + " twice");
    }
    return keys;
}

std::optional<KeyStroke> KeyInput::next() {
    if (queue_.empty()) return std::nullopt;
    const KeyStroke stroke = queue_.front();
    queue_.pop_front();
    return stroke;
}

}  // namespace liqu::ui
