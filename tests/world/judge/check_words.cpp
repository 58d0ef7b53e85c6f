// What stands on the face is what the chip says, set in the place the layout names; the portrait is
// in colour in its frame and nowhere else, and it is the person's own; no varnish lies on the
// contacts.
#include <cmath>
#include <toml++/toml.h>

#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/face_text.hpp"
#include "tests/world/judge/portrait_match.hpp"

namespace liqu::judge {
namespace {

constexpr double dotsPerMillimetre = 300 / 25.4;

struct Frame {
    int left, top, right, bottom;
    bool holds(int x, int y) const { return x >= left && x < right && y >= top && y < bottom; }
};

Frame frameOf(const toml::table& layout, const char* name, int margin) {
    const auto at = [&](const char* key) { return layout[name][key].value_or(0.0); };
    const double left = at("x") * dotsPerMillimetre;
    const double top = at("y") * dotsPerMillimetre;
    return {static_cast<int>(left) - margin, static_cast<int>(top) - margin,
            static_cast<int>(std::ceil(left + at("width") * dotsPerMillimetre)) + margin,
            static_cast<int>(std::ceil(top + at("height") * dotsPerMillimetre)) + margin};
}

// The face went in turned a quarter clockwise.
int inkAt(const PanelData& panel, int x, int y) {
    return panel.dots[static_cast<std::size_t>(x) * panelDots +
                      static_cast<std::size_t>(panelDots - 1 - y)];
}

InkMask maskOf(const PanelData& panel) {
    InkMask mask{panelLines, panelDots, {}};
    mask.ink.reserve(static_cast<std::size_t>(panelLines) * panelDots);
    for (int y = 0; y < panelDots; ++y) {
        for (int x = 0; x < panelLines; ++x) {
            mask.ink.push_back(static_cast<std::uint8_t>(inkAt(panel, x, y)));
        }
    }
    return mask;
}

std::string monthOf(const std::string& date) {
    if (date.size() != 8) return {};
    const std::string month = date[4] == '0' ? date.substr(5, 1) : date.substr(4, 2);
    return date.substr(0, 4) + "年" + month + "月";
}

// A layout's text with what the chip has in the place of its items.
std::string filledIn(std::string text, const Json& chip) {
    const std::pair<const char*, std::string> items[] = {
        {"{name}", textAt(chip, "items/name")},
        {"{socialNumber}", textAt(chip, "items/social-number")},
        {"{cardNumber}", textAt(chip, "items/card-number")},
        {"{issueDate}", monthOf(textAt(chip, "items/issue-date"))}};
    for (const auto& [item, value] : items) {
        const std::size_t at = text.find(item);
        if (at != std::string::npos) text.replace(at, std::string_view(item).size(), value);
    }
    return text;
}

void checkTexts(Bench& bench, const toml::table& layout, const PrintedJob& job, const Json& chip) {
    const InkMask face = maskOf(job.panels.at('k'));
    const toml::array* texts = layout["text"].as_array();
    bench.expect(texts != nullptr && !texts->empty(), "the face has texts");
    for (std::size_t i = 0; texts != nullptr && i < texts->size(); ++i) {
        const auto item = layout["text"][i];
        TextPlace place;
        place.fontFamily = layout["font"]["family"].value_or("");
        place.bold = layout["font"]["weight"].value_or("") == std::string("bold");
        place.largest = item["size"].value_or(layout["font"]["size"].value_or(8.0));
        place.least = item["leastSize"].value_or(layout["font"]["leastSize"].value_or(5.5));
        place.x = item["x"].value_or(0.0);
        place.y = item["y"].value_or(0.0);
        place.width = item["width"].value_or(0.0);
        const std::string key = item["text"].value_or("");
        const std::string text = filledIn(key, chip);
        const double fit = text.empty() ? 0 : worstCharacter(face, text, place);
        bench.expect(fit >= goodFit, "the face says what the chip says: " + key,
                     "the worst character fits to " + std::to_string(fit));
    }
}

void checkPortrait(Bench& bench, const toml::table& layout, const PrintedJob& job) {
    const Frame frame = frameOf(layout, "portrait", 1);
    long inside = 0;
    long outside = 0;
    for (int y = 0; y < panelDots; ++y) {
        for (int x = 0; x < panelLines; ++x) {
            const bool coloured = inkAt(job.panels.at('y'), x, y) != 0 ||
                                  inkAt(job.panels.at('m'), x, y) != 0 ||
                                  inkAt(job.panels.at('c'), x, y) != 0;
            if (coloured) ++(frame.holds(x, y) ? inside : outside);
        }
    }
    const long area = long{frame.right - frame.left} * (frame.bottom - frame.top);
    bench.expect(inside > area / 4, "there is a portrait in its frame");
    bench.expect(outside == 0, "colour lies nowhere else");
    const auto at = [&](const char* key) { return layout["portrait"][key].value_or(0.0); };
    const PortraitPlace place{at("x"), at("y"), at("width"), at("height")};
    const double apart = portraitDifference({panelLines, panelDots, pictureOf(job)}, place,
                                            readPng(bench.evidence.folder / "person.png"));
    bench.expect(apart < samePersonBelow,
                 "the portrait is the face of the person whose ID card lay there",
                 "the colours lie " + std::to_string(apart) + " apart");
}

void checkVarnish(Bench& bench, const toml::table& layout, const PrintedJob& job) {
    const Frame contacts = frameOf(layout, "contacts", -1);
    long missing = 0;
    long onContacts = 0;
    for (int y = 0; y < panelDots; ++y) {
        for (int x = 0; x < panelLines; ++x) {
            const bool varnished = inkAt(job.panels.at('o'), x, y) != 0;
            if (contacts.holds(x, y) && varnished) ++onContacts;
            if (!contacts.holds(x, y) && !varnished) ++missing;
        }
    }
    bench.expect(onContacts == 0, "no varnish lies on the contacts");
    bench.expect(missing < 2L * 2 * (panelLines + panelDots), "varnish lies everywhere else");
}

}  // namespace

void checkWords(Bench& bench, const PrintedJob& job, const std::string& cardNumber) {
    const Json* chip = bench.chipOf(cardNumber);
    bench.expect(chip != nullptr, "the card has a chip");
    if (chip == nullptr) return;
    try {
        const toml::table layout =
            toml::parse_file((bench.evidence.folder / "kiosk" / "card-face.toml").string());
        checkTexts(bench, layout, job, *chip);
        checkPortrait(bench, layout, job);
        checkVarnish(bench, layout, job);
    } catch (const toml::parse_error& error) {
        bench.expect(false, "the face has a layout", error.what());
    }
}

}  // namespace liqu::judge
