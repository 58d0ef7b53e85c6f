#include "tests/scenario/kiosk/card_owner.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "firmware/base/assert.hpp"
#include "firmware/base/config_file.hpp"
#include "tests/world/judge/portrait_match.hpp"
#include "tests/world/province/portrait.hpp"
#include "tests/world/truth/world_watch.hpp"

namespace liqu::scenario {
namespace {

judge::PortraitPlace shippedPlace() {
    const auto layout =
        ConfigFile::read(LIQU_SOURCE_DIR "/kiosk-config/card-faces/third-generation.toml");
    LIQU_ASSERT(layout.has_value());
    const auto at = [&layout](const char* name) {
        return layout->real(std::string("portrait.") + name, 0, 100).value();
    };
    return {at("x"), at("y"), at("width"), at("height")};
}

judge::FacePicture pictureOf(const world::Person& person, WallTime now) {
    const Bytes drawn = world::drawPortrait(world::lookOf(person, now));
    judge::FacePicture picture{world::portraitWidth, world::portraitHeight, {}};
    picture.rgb.reserve(drawn.size() / 4 * 3);
    for (std::size_t i = 0; i + 3 < drawn.size(); i += 4) {
        for (const std::size_t channel : {i + 2, i + 1, i}) picture.rgb.push_back(drawn[channel]);
    }
    return picture;
}

std::string colourOf(const world::PlasticCard& card) {
    std::string digests;
    for (const char panel : {'y', 'm', 'c'}) {
        const auto found = card.panels.find(panel);
        if (found != card.panels.end()) digests += found->second.sha256;
    }
    return digests;
}

}  // namespace

std::vector<std::string> foreignItems(const world::Person& person, const world::CardEngine& chip) {
    const auto items = nlohmann::json::parse(chip.json()).value("items", nlohmann::json::object());
    const std::pair<const char*, const std::string&> wanted[] = {
        {"social-number", person.socialNumber},
        {"name", person.name},
        {"sex", person.sex},
        {"ethnic", person.ethnicCode},
        {"birth-date", person.birthDate},
        {"birth-place", person.birthPlace}};
    std::vector<std::string> foreign;
    for (const auto& [name, value] : wanted) {
        if (items.value(name, std::string()) != value) {
            foreign.push_back(std::string("another person's ") + name + " on the chip");
        }
    }
    return foreign;
}

bool showsFaceOf(const world::PlasticCard& card, const world::Person& person, WallTime now) {
    static const judge::PortraitPlace place = shippedPlace();
    // The same picture on many cards of a test is looked at once.
    static std::map<std::string, bool> known;
    const std::string look = colourOf(card) + person.socialNumber;
    if (const auto found = known.find(look); found != known.end()) return found->second;
    const judge::FacePicture face{static_cast<int>(world::faceWidth),
                                  static_cast<int>(world::faceHeight), world::faceRgb(card)};
    const double apart = judge::portraitDifference(face, place, pictureOf(person, now));
    return known[look] = apart < judge::samePersonBelow;
}

OwnerGuard::OwnerGuard(Outside& outside, Seams& seams,
                       std::function<const std::optional<world::Document>&()> holder)
    : outside_(outside), seams_(seams), holder_(std::move(holder)) {
    outside.clock.add(
        {[this](Instant) { look(); }, []() -> std::optional<Instant> { return std::nullopt; }});
}

void OwnerGuard::look() {
    const world::PlasticCard* card = outside_.printer->cardAtMouth();
    if (card == nullptr) {
        lastSeen_.clear();
    } else if (card->id != lastSeen_) {
        lastSeen_ = card->id;
        compare(*card);
    }
}

void OwnerGuard::compare(const world::PlasticCard& card) {
    if (card.id == outside_.laidByStaff) return;
    const auto& document = holder_();
    const world::Person* person =
        document ? truth::personOf(outside_.province(), *document) : nullptr;
    if (person == nullptr) {
        found_.push_back(card.id + " at the mouth, and nobody's ID card was read");
        return;
    }
    for (const std::string& what : foreignItems(*person, outside_.chipOf(card.id))) {
        found_.push_back(card.id + " at the mouth with " + what);
    }
    const WallTime now = outside_.clock.wallTime();
    const auto told = seams_.showsFaceOf(card, *person, now);
    if (!(told ? *told : showsFaceOf(card, *person, now))) {
        found_.push_back(card.id + " at the mouth with another person's face");
    }
}

}  // namespace liqu::scenario
