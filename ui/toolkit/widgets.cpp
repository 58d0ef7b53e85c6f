#include "ui/toolkit/widgets.hpp"

#include <algorithm>

#include "ui/toolkit/signs.hpp"

namespace liqu::ui {

float denseSize(const Scene& scene) {
    return scene.theme.smallSize * 0.85F;
}

namespace {

constexpr float signSide = 64;
constexpr float padding = 32;
constexpr float numberColumn = 84;
constexpr float factHeight = 104;
constexpr float labelShare = 0.36F;
constexpr float leastFact = 0.6F;  // of its size, where it is long
constexpr float mostLabelShare = 0.55F;

TextLook lookOf(const Scene& scene, TextSize size) {
    if (scene.dense) {
        const float height = size == TextSize::large ? scene.theme.bodySize : denseSize(scene);
        return {height, size == TextSize::large ? Weight::bold : Weight::regular};
    }
    switch (size) {
        case TextSize::large:
            return {scene.theme.largeSize, Weight::bold};
        case TextSize::small:
            return {scene.theme.smallSize, Weight::regular};
        case TextSize::body:
            break;
    }
    return {scene.theme.bodySize, Weight::regular};
}

// A leading sentence stands in the middle where everything does.
TextLook paragraphLook(const Scene& scene, const Paragraph& paragraph) {
    TextLook look = lookOf(scene, paragraph.size);
    look.balanced = paragraph.size == TextSize::large;
    if (scene.centred && paragraph.size == TextSize::large) look.align = Align::centre;
    return look;
}

TextLook noticeLook(const Scene& scene) {
    return {scene.dense ? denseSize(scene) : scene.theme.bodySize};
}

// Landscape has fewer lines to spare.
TextLook listLook(const Scene& scene) {
    const float size = scene.dense     ? denseSize(scene)
                       : scene.centred ? scene.theme.bodySize
                                       : scene.theme.smallSize;
    return {size};
}

TextLook buttonLook(const Scene& scene, bool primary) {
    const float size = scene.dense ? scene.theme.smallSize
                       : primary   ? scene.theme.largeSize
                                   : scene.theme.bodySize;
    return {size, Weight::bold, Align::centre, true};
}

float heightOf(Scene& scene, const Paragraph& paragraph, float width) {
    return scene.canvas.measure(scene.say(paragraph.text), paragraphLook(scene, paragraph), width)
        .size.height;
}

void draw(Scene& scene, const Paragraph& paragraph, const Rect& place, const std::string& id) {
    const bool fits =
        scene.canvas.text(place, scene.say(paragraph.text), paragraphLook(scene, paragraph),
                          paragraph.muted ? scene.theme.mutedInk : scene.theme.ink);
    scene.publish(id, Role::text, place, paragraph.text.key, fits);
}

float noticePadding(const Scene& scene) {
    return scene.dense ? 20 : padding;
}
float noticeSign(const Scene& scene) {
    return scene.dense ? 44 : signSide;
}
float noticeTextWidth(const Scene& scene, float width) {
    return width - 3 * noticePadding(scene) - noticeSign(scene);
}

float heightOf(Scene& scene, const Notice& notice, float width) {
    const MeasuredText words = scene.canvas.measure(scene.say(notice.text), noticeLook(scene),
                                                    noticeTextWidth(scene, width));
    return std::max(words.size.height, noticeSign(scene)) + 2 * noticePadding(scene) * 0.8F;
}

Sign signOf(Tone tone) {
    switch (tone) {
        case Tone::success:
            return Sign::tick;
        case Tone::warning:
            return Sign::warning;
        case Tone::danger:
            return Sign::stop;
        default:
            return Sign::info;
    }
}

void draw(Scene& scene, const Notice& notice, const Rect& place, const std::string& id) {
    const ToneColours colours = scene.theme.of(notice.tone);
    scene.canvas.box(place, colours.surface, scene.theme.radius);
    scene.canvas.frame(place, colours.line, 3, scene.theme.radius);
    const float side = noticeSign(scene);
    const Rect sign{place.x + noticePadding(scene), place.centre().y - side / 2, side, side};
    drawSign(scene.canvas, signOf(notice.tone), sign, colours.ink);
    const Rect words{sign.right() + noticePadding(scene), place.y,
                     noticeTextWidth(scene, place.width), place.height};
    const bool fits =
        scene.canvas.text(words, scene.say(notice.text), noticeLook(scene), colours.ink);
    scene.publish(id, Role::notice, place, notice.text.key, fits);
}

float factHeightOf(const Scene& scene) {
    return scene.dense ? 68 : factHeight;
}

// Where label and value have no room beside each other, the value stands below.
struct FactRow {
    float label = 0;  // its width
    bool isStacked = false;
    float height = 0;
};

FactRow rowOf(Scene& scene, const Fact& fact, float width) {
    const TextLook look = lookOf(scene, TextSize::small);
    const float inner = width - 2 * padding;
    const float needed = scene.canvas.measure(scene.say(fact.label), look, 0).size.width + padding;
    FactRow row{.label = std::max(needed, inner * labelShare), .height = factHeightOf(scene)};
    row.isStacked = row.label > inner * mostLabelShare;
    if (row.isStacked) row.height *= 1.5F;
    return row;
}

float heightOf(Scene& scene, const Facts& facts, float width) {
    float height = 0;
    for (const Fact& fact : facts.facts) height += rowOf(scene, fact, width).height;
    return height;
}

// A long name in smaller letters, as far as it can be read; then in two lines.
TextLook factLook(Scene& scene, const std::string& value, float width) {
    const float size = scene.dense ? scene.theme.smallSize : scene.theme.largeSize;
    return scene.canvas.fitted(value, {size, Weight::bold, Align::end}, width, leastFact,
                               Privacy::personal);
}

void drawFact(Scene& scene, const Fact& fact, const FactRow& row, Rect place,
              const std::string& id) {
    Canvas& canvas = scene.canvas;
    if (row.isStacked) place = place.inset(0, factHeightOf(scene) * 0.14F);
    const Rect label =
        row.isStacked ? cutTop(place, place.height * 0.45F) : cutLeft(place, row.label);
    const std::string words = scene.say(fact.label);
    const TextLook look =
        canvas.fitted(words, lookOf(scene, TextSize::small), label.width, leastFact);
    const bool labelFits = canvas.text(label, words, look, scene.theme.mutedInk);
    const std::string& value = fact.value.reveal();
    const bool valueFits = canvas.text(place, value, factLook(scene, value, place.width),
                                       scene.theme.ink, Privacy::personal);
    scene.publish(id + "-label", Role::text, label, fact.label.key, labelFits);
    scene.publish(id, Role::personal, place, "", valueFits);
    scene.sayPersonal(fact.value);
}

void draw(Scene& scene, const Facts& facts, const Rect& place, const std::string& id) {
    Canvas& canvas = scene.canvas;
    canvas.shadow(place, scene.theme.radius);
    canvas.box(place, scene.theme.surface, scene.theme.radius);
    Rect rest = place.inset(padding, 0);
    for (std::size_t i = 0; i < facts.facts.size(); ++i) {
        const FactRow row = rowOf(scene, facts.facts[i], place.width);
        const Rect at = cutTop(rest, row.height);
        if (i > 0) {
            canvas.box({at.x, at.y - 1, at.width, 2}, scene.theme.outline.faded(0.6F));
        }
        drawFact(scene, facts.facts[i], row, at, id + "-" + std::to_string(i + 1));
    }
}

TextLook quoteLook(const Scene& scene) {
    return {scene.theme.bodySize, Weight::bold};
}

float heightOf(Scene& scene, const Quote& quote, float width) {
    const float who =
        scene.canvas.measure(scene.say(quote.who), lookOf(scene, TextSize::small), width)
            .size.height;
    return who +
           scene.canvas.measure(quote.text.reveal(), quoteLook(scene), width, Privacy::personal)
               .size.height;
}

void draw(Scene& scene, const Quote& quote, const Rect& place, const std::string& id) {
    const TextLook small = lookOf(scene, TextSize::small);
    const std::string words = scene.say(quote.who);
    Rect rest = place;
    const Rect who = cutTop(rest, scene.canvas.measure(words, small, place.width).size.height);
    const bool whoFits = scene.canvas.text(who, words, small, scene.theme.mutedInk);
    const bool fits = scene.canvas.text(rest, quote.text.reveal(), quoteLook(scene),
                                        scene.theme.ink, Privacy::personal);
    scene.publish(id + "-who", Role::text, who, quote.who.key, whoFits);
    scene.publish(id, Role::personal, rest, "", fits);
    scene.sayPersonal(quote.text);
}

float itemHeight(Scene& scene, const Phrase& item, float width) {
    const MeasuredText words =
        scene.canvas.measure(scene.say(item), listLook(scene), width - numberColumn);
    return std::max(words.size.height, scene.dense ? 60.0F : 72.0F);
}

float itemGap(const Scene& scene) {
    return scene.dense ? 8 : padding * 0.6F;
}

float heightOf(Scene& scene, const NumberedList& list, float width) {
    float height = 0;
    for (const Phrase& item : list.items) height += itemHeight(scene, item, width) + itemGap(scene);
    return height - itemGap(scene);
}

void draw(Scene& scene, const NumberedList& list, const Rect& place, const std::string& id) {
    Rect rest = place;
    int number = list.first - 1;
    for (const Phrase& item : list.items) {
        Rect row = cutTop(rest, itemHeight(scene, item, place.width));
        const std::string rowId = id + "-" + std::to_string(++number);
        const Rect whole = row;
        const Rect mark = cutLeft(row, numberColumn);
        const Point centre{mark.x + 30, mark.centre().y};
        scene.canvas.disc(centre, 30, scene.theme.primary);
        scene.canvas.text({centre.x - 30, centre.y - 30, 60, 60}, std::to_string(number),
                          {scene.theme.smallSize, Weight::bold, Align::centre},
                          scene.theme.onPrimary);
        const bool fits = scene.canvas.text(row, scene.say(item), listLook(scene), scene.theme.ink);
        scene.publish(rowId, Role::text, whole, item.key, fits);
        cutTop(rest, itemGap(scene));
    }
}

}  // namespace

bool cutsLabel(Scene& scene, const Button& button, float width) {
    const float room = width - 2 * padding;
    const MeasuredText words =
        scene.canvas.measure(scene.say(button.label), buttonLook(scene, button.primary), room);
    return words.brokenWord || words.size.width > room;
}

float heightOf(Scene& scene, const Button& button, float width) {
    const MeasuredText words = scene.canvas.measure(
        scene.say(button.label), buttonLook(scene, button.primary), width - 2 * padding);
    const bool large = button.primary && !scene.dense;
    const float least = large ? scene.theme.target * 1.25F : scene.theme.target;
    return std::max(words.size.height + padding, least);
}

namespace {

struct Face {
    std::string id;
    Phrase label;
    TextLook look;
    bool primary = false;
    WidgetState state = WidgetState::enabled;
};

Touch drawFace(Scene& scene, const Face& face, const Rect& place) {
    const Touch touch = scene.touchable(face.id, face.primary ? Role::primary : Role::secondary,
                                        place, face.label.key, face.state);
    Canvas& canvas = scene.canvas;
    const Theme& theme = scene.theme;
    Colour ink = theme.primary;
    if (face.state == WidgetState::disabled) {
        canvas.box(place, theme.soft, theme.radius);
        ink = theme.mutedInk;
    } else if (face.primary) {
        canvas.shadow(place, theme.radius);
        canvas.box(place, theme.primary, theme.radius);
        if (touch.held) canvas.frame(place, theme.primaryHeld, heldFrame, theme.radius);
        ink = theme.onPrimary;
    } else {
        canvas.box(place, touch.held ? theme.soft : theme.surface, theme.radius);
        canvas.frame(place, theme.primary, touch.held ? heldFrame : 4, theme.radius);
    }
    if (!canvas.text(place.inset(padding, 0), scene.say(face.label), face.look, ink)) {
        scene.tellClipped(face.id);
    }
    return touch;
}

}  // namespace

void draw(Scene& scene, const Button& button, const Rect& place, bool enabled) {
    const Face face{
        .id = button.choice.empty() ? std::string(nameOf(button.action)) : button.choice,
        .label = button.label,
        .look = buttonLook(scene, button.primary),
        .primary = button.primary,
        .state = enabled ? WidgetState::enabled : WidgetState::disabled};
    if (!drawFace(scene, face, place).tapped) return;
    screen::Action action;
    action.kind = button.action;
    action.choice = button.choice;
    if (button.action == ActionKind::attendantConfirm || button.action == ActionKind::submit) {
        action.typed = scene.form.values;
    }
    scene.answer(std::move(action));
}

bool drawTurn(Scene& scene, const Turn& turn, const Rect& place) {
    const std::string parts = std::to_string(turn.parts);
    const Phrase on{"frame.part-next", {{"part", std::to_string(turn.part + 1)}, {"parts", parts}}};
    const Phrase label = turn.forward ? on : Phrase{"frame.part-before"};
    const Face face{.id = turn.forward ? "part-next" : "part-before",
                    .label = label,
                    .look = scene.canvas.fitted(scene.say(label), buttonLook(scene, false),
                                                place.width - 2 * padding),
                    .primary = turn.forward};
    return drawFace(scene, face, place).tapped;
}

bool cutsWord(Scene& scene, const Block& block, float width) {
    const auto cuts = [&scene](const Phrase& words, const TextLook& look, float room) {
        const MeasuredText measured = scene.canvas.measure(scene.say(words), look, room);
        return measured.brokenWord || measured.size.width > room;
    };
    if (const auto* paragraph = std::get_if<Paragraph>(&block))
        return cuts(paragraph->text, paragraphLook(scene, *paragraph), width);
    if (const auto* notice = std::get_if<Notice>(&block))
        return cuts(notice->text, noticeLook(scene), noticeTextWidth(scene, width));
    return false;
}

float heightOf(Scene& scene, const Block& block, float width) {
    return std::visit([&](const auto& one) { return heightOf(scene, one, width); }, block);
}

void draw(Scene& scene, const Block& block, const Rect& place, const std::string& id) {
    std::visit([&](const auto& one) { draw(scene, one, place, id); }, block);
}

}  // namespace liqu::ui
