// What one frame of a page needs: where to draw, which words, what was touched, and the map of it.
// Main thread only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/screen/action.hpp"
#include "ui/toolkit/canvas.hpp"
#include "ui/toolkit/dictionary.hpp"
#include "ui/toolkit/picture_shelf.hpp"
#include "ui/toolkit/screen_map.hpp"

namespace liqu::ui {

// What has been typed so far, by the field's id. Wiped when the screen changes.
struct EntryForm {
    std::map<std::string, SecretText, std::less<>> values;
    std::string selected;              // the field the keys type into
    std::size_t longest = 0;           // … and how much it takes
    std::string next;                  // the field after it
    bool complete = true;              // no field is empty
    std::vector<std::string> secrets;  // the fields that hold a PIN

    // Once they are sent.
    void forgetSecrets() {
        for (const std::string& field : secrets) values.erase(field);
    }
};

struct Touch {
    bool held = false;    // a finger is on it
    bool tapped = false;  // it began and ended here
};

class Scene {
  public:
    struct Speech {
        const Dictionary& words;
        Language language;
        Plainness plainness = Plainness::usual;
    };
    Scene(Canvas& sceneCanvas, const Theme& sceneTheme, PictureShelf& pictures,
          const Speech& speech, ScreenMap& map, EntryForm& entryForm, std::size_t part)
        : canvas(sceneCanvas),
          theme(sceneTheme),
          form(entryForm),
          pictures_(pictures),
          speech_(speech),
          map_(map),
          part_(part) {}

    Canvas& canvas;
    const Theme& theme;
    EntryForm& form;
    // One column: leading sentences stand in the middle, like the question.
    bool centred = false;
    // A page for staff: small letters.
    bool dense = false;

    // Whatever is said is told to the map, unless it is only measured.
    std::string say(const Phrase& phrase) const {
        if (tells_ && !phrase.empty()) map_.say(Readable{phrase, {}, role_, chosen_});
        return textOf(phrase);
    }
    // What only the eye needs: who listens is not told of it.
    std::string show(const Phrase& phrase) const {
        if (tells_ && !phrase.empty()) map_.say(phrase.key);
        return textOf(phrase);
    }
    // Beside publishing its place.
    void sayPersonal(const PersonalText& value) const {
        if (tells_ && !dense) map_.say(Readable{{}, value, Role::personal});
    }
    // What is said next is of this.
    void begin(Role role) {
        role_ = role;
        chosen_ = false;
    }
    void tells(bool all) { tells_ = all; }

    // What the keys do: the control they are at, and the one that is pressed by them now.
    struct Keys {
        std::string at;
        std::optional<std::string> pressed;
    };
    void useKeys(Keys keys) { keys_ = std::move(keys); }
    // Around the control the keys are at; last, so that nothing lies over it.
    void drawFocus();
    // In the middle of the place, as large as fits; upright in every language.
    void drawPicture(screen::Picture picture, const Rect& place) const;
    // The edge of the page, in two bands that are seen on any ground.
    void drawBorder(Tone tone);
    // Over everything: what stands there is heard and not seen.
    void drawDarkness(const Theme& dark);

    // Which part of a long page is shown.
    std::size_t part() const { return part_; }
    void turnTo(std::size_t part) { turned_ = part; }
    std::optional<std::size_t> takeTurn() { return std::exchange(turned_, std::nullopt); }

    void publish(std::string_view id, Role role, const Rect& place, std::string_view key = {},
                 bool fits = true);
    Touch touchable(std::string_view id, Role role, const Rect& place, std::string_view key,
                    WidgetState state = WidgetState::enabled);
    // Whether any of it was touched in this frame.
    bool wasTouched() const { return touched_; }
    // The words of something touchable turned out not to fit.
    void tellClipped(std::string_view id);

    void answer(screen::Action action) { action_ = std::move(action); }
    std::optional<screen::Action> takeAnswer() { return std::exchange(action_, std::nullopt); }

  private:
    std::string textOf(const Phrase& phrase) const {
        return speech_.words.text(speech_.language, phrase, speech_.plainness);
    }

    PictureShelf& pictures_;
    const Speech speech_;
    ScreenMap& map_;
    std::size_t part_;
    std::optional<std::size_t> turned_;
    Keys keys_{};
    struct Ring {
        Rect place;
        float scale = 1;
    };
    std::optional<Ring> ring_;
    bool tells_ = true;
    bool touched_ = false;
    Role role_ = Role::text;
    bool chosen_ = false;
    std::optional<screen::Action> action_;
};

}  // namespace liqu::ui
