// Header and footer: what is at the same place on every screen.
#include <algorithm>
#include <array>

#include "ui/toolkit/page_view.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float portraitBrandHeight = 120;
constexpr float landscapeBrandHeight = 100;
constexpr float stageHeight = 92;
constexpr float portraitPadding = 24;
constexpr float landscapePadding = 18;
constexpr float stripGap = 20;
constexpr float buttonHeight = 132;
constexpr float buttonGap = 20;
constexpr float iconSide = 46;
constexpr float staffCornerSide = 180;
constexpr float signedInWidth = 420;
constexpr float leastBrand = 0.8F;  // of its size, where it is a long name

// The emblem: a card whose chip is a tick.
void drawEmblem(Scene& scene, const Rect& place) {
    Canvas& canvas = scene.canvas;
    canvas.box(place, scene.theme.onPrimary, 12);
    const Rect mark = place.inset(16, 8);
    drawSign(canvas, Sign::tick, {mark.centre().x - 22, mark.centre().y - 22, 44, 44},
             scene.theme.primary);
}

// Three touches here open the sign-in of staff; nothing is to be seen.
void drawStaffCorner(Scene& scene, const Rect& bar) {
    const Rect corner{bar.right() - staffCornerSide, bar.y, staffCornerSide,
                      std::max(bar.height, scene.theme.target)};
    if (scene.touchable("staff-corner", Role::corner, corner, "").tapped) {
        scene.answer({ActionKind::staffCorner});
    }
}

void drawSignedIn(Scene& scene, const Rect& bar, const std::string& signedIn) {
    const TextLook look{scene.theme.smallSize * 0.9F, Weight::bold, Align::end};
    const bool fits = scene.canvas.text(bar, signedIn, look, scene.theme.onPrimary);
    scene.publish("signed-in", Role::text, bar, "", fits);
}

void drawBrand(Scene& scene, Rect place) {
    cutLeft(place, scene.theme.margin);
    const Rect emblem = cutLeft(place, 84);
    drawEmblem(scene, {emblem.x, emblem.centre().y - 27, 84, 54});
    cutLeft(place, 24);
    const std::string words = scene.say({"frame.brand"});
    const TextLook look =
        scene.canvas.fitted(words, {scene.theme.bodySize, Weight::bold}, place.width, leastBrand);
    const bool fits = scene.canvas.text(place, words, look, scene.theme.onPrimary);
    scene.publish("brand", Role::text, place, "frame.brand", fits);
}

struct StageColours {
    Colour present;
    Colour onPresent;
    Colour quiet;
};

void drawStageMark(Scene& scene, Point centre, std::size_t index, std::size_t current,
                   const StageColours& colours) {
    Canvas& canvas = scene.canvas;
    constexpr float radius = 27;
    const Rect place{centre.x - radius, centre.y - radius, 2 * radius, 2 * radius};
    if (index < current) {
        canvas.disc(centre, radius, colours.present);
        drawSign(canvas, Sign::tick, place.inset(9), colours.onPresent);
        return;
    }
    const bool present = index == current;
    if (present) {
        canvas.disc(centre, radius, colours.present);
    } else {
        canvas.ring(centre, radius - 2, colours.quiet, 3);
    }
    canvas.text(place, std::to_string(index + 1),
                {scene.theme.smallSize, Weight::bold, Align::centre},
                present ? colours.onPresent : colours.quiet);
}

// Where no card is made, what is checked is followed by the end.
std::size_t placeOf(VisitStage stage, const PageFrame& frame) {
    const std::size_t place = static_cast<std::size_t>(stage) - 1;
    const bool isMaking = stage == VisitStage::make || stage == VisitStage::take;
    return frame.makesCard || !isMaking ? place : place - 1;
}

struct Stages {
    std::span<const std::string_view> keys;
    std::size_t current = 0;
};
Stages stagesOf(const Page& page, const PageFrame& frame) {
    return {stageKeys(frame), placeOf(page.stage, frame)};
}

void drawStages(Scene& scene, const Rect& place, const Stages& stages,
                const StageColours& colours) {
    Canvas& canvas = scene.canvas;
    const auto& [keys, current] = stages;
    const TextLook plain{scene.theme.smallSize, Weight::regular};
    const TextLook strong{scene.theme.smallSize, Weight::bold};
    constexpr float markWidth = 54 + 14;
    std::array<float, stagesOfCard.size()> widths{};
    float total = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::string words = scene.say({std::string(keys[i])});
        widths[i] = canvas.measure(words, i == current ? strong : plain, 0).size.width + 4;
        total += markWidth + widths[i];
    }
    const float gap = (place.width - total) / static_cast<float>(keys.size() - 1);
    float x = place.x;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Rect whole{x, place.y, markWidth + widths[i], place.height};
        drawStageMark(scene, {x + 27, place.centre().y}, i, current, colours);
        const bool fits = canvas.text(
            {x + markWidth, place.y, widths[i], place.height}, scene.say({std::string(keys[i])}),
            i == current ? strong : plain, i <= current ? colours.present : colours.quiet);
        scene.publish("stage-" + std::to_string(i + 1), Role::text, whole, keys[i],
                      fits && gap >= 16);
        if (i + 1 < keys.size() && gap > 40) {
            // A box, not a line: it stays sharp.
            canvas.box({whole.right() + 14, place.centre().y - 1.5F, gap - 28, 3},
                       (i < current ? colours.present : colours.quiet).faded(0.6F));
        }
        x += whole.width + gap;
    }
}

void drawFooterButton(Scene& scene, const FooterButton& button, const Rect& place,
                      Orientation orientation) {
    const bool portrait = orientation == Orientation::portrait;
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const std::string id(button.id);
    const Touch touch =
        scene.touchable(id, Role::footer, place, button.label.key,
                        button.enabled ? WidgetState::enabled : WidgetState::disabled);
    canvas.box(place, touch.held ? theme.soft : theme.surface, theme.radius);
    canvas.frame(place, touch.held ? theme.primaryHeld : theme.outline, touch.held ? heldFrame : 3,
                 theme.radius);
    const Colour ink = button.enabled ? theme.primary : theme.success.ink;
    const std::string words = scene.say(button.label);
    const TextLook look{theme.smallSize, Weight::bold, portrait ? Align::centre : Align::start};
    bool fits = true;
    const float room = portrait ? place.width - 12 : place.width - iconSide - 32;
    if (canvas.measure(words, look, 0).size.width > room) {
        // What somebody is to know is read in full; the sign gives way to a second line.
        fits = canvas.text(place.inset(portrait ? 4 : 20, 2), words,
                           {look.size, look.weight, Align::centre}, ink);
    } else if (portrait) {
        Rect rest = place.inset(6, 6);
        const Rect top = cutTop(rest, iconSide);
        drawSign(canvas, button.sign,
                 {top.centre().x - iconSide / 2, top.y + 2, iconSide, iconSide}, ink);
        fits = canvas.text(rest, words, look, ink);
    } else {
        const float textWidth = canvas.measure(words, look, 0).size.width;
        const float left = place.centre().x - (iconSide + 16 + textWidth) / 2;
        drawSign(canvas, button.sign, {left, place.centre().y - iconSide / 2, iconSide, iconSide},
                 ink);
        const Rect text{left + iconSide + 16, place.y, textWidth + 4, place.height};
        fits = canvas.text(text, words, look, ink) && left >= place.x + 8;
    }
    if (!fits) scene.tellClipped(id);
    if (touch.tapped) scene.answer({button.action});
}

TextLook moreTimeLook(const Scene& scene) {
    return {scene.theme.smallSize, Weight::bold, Align::centre};
}

void drawMoreTime(Scene& scene, const Rect& place, bool hurry) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const Phrase label{"frame.more-time"};
    const Colour ink = hurry ? theme.warning.ink : theme.primary;
    const Touch touch = scene.touchable("more-time", Role::footer, place, label.key);
    canvas.box(place, touch.held ? theme.soft : theme.surface, theme.radius);
    canvas.frame(place, ink, touch.held ? heldFrame : hurry ? 5 : 3, theme.radius);
    if (!canvas.text(place, scene.say(label), moreTimeLook(scene), ink)) {
        scene.tellClipped("more-time");
    }
    if (touch.tapped) scene.answer({ActionKind::moreTime});
}

// The seconds beside a clock, and the offer of more.
void drawTimeStrip(Scene& scene, const PageFrame& frame, const Rect& place) {
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    const int seconds = *frame.secondsLeft;
    const bool hurry = seconds <= hurrySeconds;
    const ToneColours colours =
        hurry ? theme.warning : ToneColours{theme.soft, theme.ink, theme.outline};
    canvas.box(place, colours.surface, theme.radius);
    Rect rest = place;
    if (frame.moreTimeOffered) {
        const Size label =
            canvas.measure(scene.say({"frame.more-time"}), moreTimeLook(scene), 0).size;
        drawMoreTime(scene, cutRight(rest, std::max(240.0F, label.width + 56)), hurry);
    }
    cutLeft(rest, 30);
    const Point clock{rest.x + 26, rest.centre().y};
    canvas.ring(clock, 26, colours.ink, 5);
    canvas.line(clock, {clock.x, clock.y - 14}, colours.ink, 5);
    canvas.line(clock, {clock.x + 10, clock.y + 5}, colours.ink, 5);
    cutLeft(rest, 72);
    const Phrase left{"frame.time-left", {{"seconds", std::to_string(seconds)}}};
    const TextLook look{theme.smallSize, Weight::bold};
    const bool fits = canvas.text(rest, scene.say(left), look, colours.ink);
    scene.publish("time-left", Role::text, rest, left.key, fits);
}

void drawPortraitFooter(Scene& scene, const PageFrame& frame, Rect rest) {
    if (frame.secondsLeft) {
        drawTimeStrip(scene, frame, cutTop(rest, scene.theme.target));
        cutTop(rest, stripGap);
    }
    const auto buttons = footerButtons(frame);
    const float width = (rest.width - 3 * buttonGap) / 4;
    Rect row = cutTop(rest, buttonHeight);
    for (const FooterButton& button : buttons) {
        const Rect place = cutLeft(row, width);
        if (button.shown) drawFooterButton(scene, button, place, Orientation::portrait);
        cutLeft(row, buttonGap);
    }
}

void drawLandscapeFooter(Scene& scene, const PageFrame& frame, Rect rest) {
    // Back, home, call assistant, settings: as wide as their words need.
    const float homeWidth = frame.signedIn.empty() ? 220 : 300;
    const std::array<float, 4> widths = {220, homeWidth, 350, 290};
    const auto buttons = footerButtons(frame);
    Rect row = cutTop(rest, scene.theme.target);
    for (std::size_t i = 0; i < 2; ++i) {
        const Rect place = cutLeft(row, widths[i]);
        if (buttons[i].shown) drawFooterButton(scene, buttons[i], place, Orientation::landscape);
        cutLeft(row, buttonGap);
    }
    for (std::size_t i = 3; i >= 2; --i) {
        // Staff have nobody to call: the time takes the room.
        if (!buttons[i].shown && !frame.signedIn.empty()) continue;
        const Rect place = cutRight(row, widths[i]);
        if (buttons[i].shown) drawFooterButton(scene, buttons[i], place, Orientation::landscape);
        cutRight(row, buttonGap);
    }
    if (frame.secondsLeft) drawTimeStrip(scene, frame, row);
}

}  // namespace

namespace {

FooterButton callButton(const PageFrame& frame) {
    using screen::StaffCall;
    const bool shown = frame.call.has_value();
    constexpr auto kind = ActionKind::callAssistant;
    constexpr std::string_view id = "call-assistant";
    switch (frame.call.value_or(StaffCall::ready)) {
        case StaffCall::asked:
            return {kind, id, {"frame.call-asked"}, Sign::help, shown, false};
        case StaffCall::acknowledged:
            return {kind, id, {"frame.call-heard"}, Sign::tick, shown, false};
        case StaffCall::unheard:
            return {kind, id, {"frame.call-unheard"}, Sign::help, shown};
        case StaffCall::ready:
            break;
    }
    return {kind, id, {"frame.call-assistant"}, Sign::help, shown};
}

}  // namespace

std::array<FooterButton, 4> footerButtons(const PageFrame& frame) {
    return {
        {{ActionKind::back, "back", {"frame.back"}, Sign::back, frame.canGoBack},
         {ActionKind::home,
          "home",
          {frame.signedIn.empty() ? "frame.home" : "frame.sign-out"},
          Sign::home,
          frame.canGoHome},
         callButton(frame),
         {ActionKind::adjust, "settings", {"frame.settings"}, Sign::language, frame.canAdjust}}};
}

std::span<const std::string_view> stageKeys(const PageFrame& frame) {
    if (frame.makesCard) return stagesOfCard;
    return stagesWithoutCard;
}

float headerHeight(const Page& page, Orientation orientation) {
    const bool portrait = orientation == Orientation::portrait;
    if (!portrait) return landscapeBrandHeight;
    return portraitBrandHeight + (page.stage == VisitStage::none ? 0 : stageHeight);
}

void drawHeader(Scene& scene, const Page& page, const PageFrame& frame, const Rect& place,
                Orientation orientation) {
    const bool portrait = orientation == Orientation::portrait;
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    Rect rest = place;
    Rect bar = cutTop(rest, portrait ? portraitBrandHeight : landscapeBrandHeight);
    canvas.box(bar, theme.primary);
    if (!frame.signedIn.empty()) {
        cutRight(bar, theme.margin * 0.6F);
        drawSignedIn(scene, cutRight(bar, signedInWidth), frame.signedIn);
        drawBrand(scene, bar);
    } else if (page.stage == VisitStage::none) {
        if (page.staffCorner) {
            drawStaffCorner(scene, bar);
            cutRight(bar, staffCornerSide);
        }
        drawBrand(scene, bar);
    } else if (portrait) {
        drawBrand(scene, bar);
        canvas.box(rest, theme.surface);
        canvas.box({rest.x, rest.bottom() - 2, rest.width, 2}, theme.outline.faded(0.6F));
        drawStages(scene, rest.inset(theme.margin, 0), stagesOf(page, frame),
                   {theme.primary, theme.onPrimary, theme.mutedInk});
    } else {
        drawBrand(scene, cutLeft(bar, 680));
        drawStages(scene, bar.inset(theme.margin, 0), stagesOf(page, frame),
                   {theme.onPrimary, theme.primary, theme.soft});
    }
}

float footerHeight(const PageFrame& frame, Orientation orientation) {
    const bool portrait = orientation == Orientation::portrait;
    if (!portrait) return 120 + 2 * landscapePadding;
    const float strip = frame.secondsLeft ? 120 + stripGap : 0;
    return strip + buttonHeight + 2 * portraitPadding;
}

void drawFooter(Scene& scene, const PageFrame& frame, const Rect& place, Orientation orientation) {
    const bool portrait = orientation == Orientation::portrait;
    scene.canvas.box(place, scene.theme.surface);
    scene.canvas.box({place.x, place.y, place.width, 2}, scene.theme.outline.faded(0.6F));
    const Rect inner =
        place.inset(scene.theme.margin, portrait ? portraitPadding : landscapePadding);
    if (portrait) {
        drawPortraitFooter(scene, frame, inner);
    } else {
        drawLandscapeFooter(scene, frame, inner);
    }
}

}  // namespace liqu::ui
