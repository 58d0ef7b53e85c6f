#include "ui/toolkit/arrangement.hpp"

#include <algorithm>

#include "ui/toolkit/page_view.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

constexpr float largestPicture = 620;
constexpr float smallestPicture = 200;
constexpr float columnGap = 80;
constexpr float leftShare = 0.40F;
constexpr float leftShareOfLists = 0.28F;
constexpr float leftShareOfLongWords = 0.34F;
constexpr float widestAnswer = 1300;
// Narrower, and words beside a picture are cut.
constexpr float narrowestBeside = 420;

template <typename Kind>
bool holdsAny(const std::vector<Block>& blocks) {
    return std::ranges::any_of(
        blocks, [](const Block& block) { return std::holds_alternative<Kind>(block); });
}

// What one looks at while one types, waits or scans stays together.
bool isOneThing(const std::vector<Block>& blocks) {
    return holdsAny<Keypad>(blocks) || holdsAny<StepList>(blocks) ||
           holdsAny<ProgressBar>(blocks) || holdsAny<QrCode>(blocks);
}

// The answers: one below the other in portrait; in landscape in a row, the main one at the end,
// where no word is cut there.
class Answers {
  public:
    Answers(Scene& scene, const std::vector<Button>& buttons, float width, Orientation orientation)
        : scene_(scene), buttons_(buttons), stacked_(orientation == Orientation::portrait) {
        const auto count = static_cast<float>(std::max<std::size_t>(buttons.size(), 1));
        const float share = (width - scene.theme.gap * (count - 1)) / count;
        const auto isCut = [&](const Button& button) { return cutsLabel(scene, button, share); };
        stacked_ = stacked_ || std::ranges::any_of(buttons, isCut);
        share_ = stacked_ ? width : std::min(widestAnswer, share);
        for (const Button& button : buttons) {
            const float height = heightOf(scene, button, share_);
            height_ = stacked_ ? height_ + height + (height_ > 0 ? scene.theme.gap : 0)
                               : std::max(height_, height);
        }
    }

    float height() const { return height_; }

    void place(Arrangement& arrangement, Rect rest) const {
        for (const Button& button : buttons_) {
            const Rect at =
                stacked_ ? cutTop(rest, heightOf(scene_, button, share_)) : cutRight(rest, share_);
            arrangement.placed.push_back({button, at});
            stacked_ ? cutTop(rest, scene_.theme.gap) : cutRight(rest, scene_.theme.gap);
        }
    }

  private:
    Scene& scene_;
    const std::vector<Button>& buttons_;
    bool stacked_;
    float share_ = 0;
    float height_ = 0;
};

void placePicture(Arrangement& arrangement, Picture picture, const Rect& place) {
    const float side = std::min({place.width, place.height, largestPicture});
    if (picture == Picture::none || side < smallestPicture) return;
    const Point centre = place.centre();
    arrangement.placed.push_back({picture, {centre.x - side / 2, centre.y - side / 2, side, side}});
}

// A column of words with the answers below, in as many parts as it takes.
class Column {
  public:
    Column(Scene& scene, std::vector<Block> blocks, const Answers& answers, const Rect& place)
        : scene_(scene), answers_(answers), place_(place) {
        const float gap = scene.theme.gap;
        // A gap stands below each block, so also above the answers.
        const float whole = stackHeight(scene, blocks, place.width, gap);
        if (whole + answers.height() <= place.height + 0.5F || isOneThing(blocks)) {
            fits_ = whole + answers.height() <= place.height + 0.5F;
            parts_.push_back(std::move(blocks));
            return;
        }
        const float turn = scene.theme.target + gap;
        const float answered = answers.height() > 0 ? answers.height() + gap : 0;
        auto parts = inParts(scene, blocks, {place.width, gap}, place.height - turn,
                             place.height - turn - answered);
        fits_ = parts.has_value();
        parts_ = fits_ ? *std::move(parts) : std::vector<std::vector<Block>>{std::move(blocks)};
    }

    bool fits() const { return fits_; }
    std::size_t count() const { return parts_.size(); }
    const std::vector<Block>& blocks(std::size_t part) const { return parts_[part]; }
    // What is left beside the words of this part.
    float spare(std::size_t part) const {
        return place_.height - stackHeight(scene_, parts_[part], place_.width, scene_.theme.gap) -
               below(part);
    }
    void place(Arrangement& arrangement, float above) const {
        const std::size_t part = arrangement.part;
        Rect rest = place_;
        if (part + 1 == parts_.size()) {
            answers_.place(arrangement, cutBottom(rest, answers_.height()));
            if (answers_.height() > 0 && count() > 1) cutBottom(rest, scene_.theme.gap);
        }
        if (count() > 1)
            placeTurns(scene_, arrangement, count(), cutBottom(rest, scene_.theme.target));
        cutTop(rest, above);
        placeStack(scene_, arrangement, parts_[part], rest, scene_.theme.gap, "block-");
    }

  private:
    float below(std::size_t part) const {
        const float turn = count() > 1 ? scene_.theme.target : 0;
        return turn +
               (part + 1 == count() ? answers_.height() + (turn > 0 ? scene_.theme.gap : 0) : 0);
    }

    Scene& scene_;
    const Answers& answers_;
    Rect place_;
    std::vector<std::vector<Block>> parts_;
    bool fits_ = true;
};

Arrangement arrangePortrait(Scene& scene, const Page& page, Rect rest, std::size_t part) {
    Arrangement arrangement{.placed = {}, .body = rest};
    placeHeading(scene, arrangement, page,
                 {scene.theme.titleSize, Weight::bold, Align::centre, true}, rest, scene.theme.gap);
    std::vector<Block> blocks = page.blocks;
    blocks.insert(page.besideLast ? blocks.end() : blocks.begin(), page.beside.begin(),
                  page.beside.end());
    const Answers answers(scene, page.buttons, rest.width, Orientation::portrait);
    const Column column(scene, std::move(blocks), answers, rest);
    arrangement.fits = column.fits();
    arrangement.part = std::min(part, column.count() - 1);
    const float spare = column.spare(arrangement.part);
    float pictureRoom = 0;
    if (page.picture != Picture::none && column.count() == 1 &&
        spare >= smallestPicture + scene.theme.gap) {
        pictureRoom = std::min(spare, largestPicture + 2 * scene.theme.gap);
    }
    // What is left over goes above and below the words, not all to one side.
    const float slack = spare - pictureRoom;
    const float above =
        pictureRoom > 0 ? pictureRoom + slack * 0.4F : std::max(0.0F, slack * 0.35F);
    if (pictureRoom > 0) {
        placePicture(arrangement, page.picture, {rest.x, rest.y, rest.width, above});
    }
    column.place(arrangement, above);
    return arrangement;
}

// A wide picture where the words leave room for it; long words take the room.
float leftShareOf(Scene& scene, const Page& page, const Rect& rest) {
    if (holdsAny<NumberedList>(page.blocks)) return leftShareOfLists;
    const float width = rest.width * (1 - leftShare) - columnGap / 2;
    const Answers answers(scene, page.buttons, width, Orientation::landscape);
    const float needed = stackHeight(scene, page.blocks, width, scene.theme.gap) + answers.height();
    return needed <= rest.height + 0.5F ? leftShare : leftShareOfLongWords;
}

// The picture, and what stands beside the words, at the start; words and answers at the end.
void placeBeside(Scene& scene, Arrangement& arrangement, const Page& page, Rect left,
                 float besideHeight) {
    const float room = std::max(0.0F, left.height - besideHeight);
    const bool alone = besideHeight > 0 && room < smallestPicture;
    const Rect beside = alone ? left : cutBottom(left, besideHeight);
    if (!alone) placePicture(arrangement, page.picture, left);
    placeStack(scene, arrangement, page.beside, beside, scene.theme.gap, "beside-");
}

Arrangement arrangeLandscape(Scene& scene, const Page& page, Rect rest, std::size_t part) {
    Arrangement arrangement{.placed = {}, .body = rest};
    placeHeading(scene, arrangement, page,
                 {scene.theme.titleSize, Weight::bold, Align::start, true}, rest, scene.theme.gap);
    std::vector<Block> blocks = page.blocks;
    const float gap = scene.theme.gap;
    bool columns = page.picture != Picture::none || !page.beside.empty();
    const float leftWidth =
        columns ? rest.width * leftShareOf(scene, page, rest) - columnGap / 2 : 0;
    const float besideHeight = columns ? stackHeight(scene, page.beside, leftWidth, gap) : 0;
    const bool narrow =
        !page.beside.empty() &&
        (leftWidth < narrowestBeside || std::ranges::any_of(page.beside, [&](const Block& block) {
             return cutsWord(scene, block, leftWidth);
         }));
    if (columns && (narrow || besideHeight - gap > rest.height + 0.5F)) {
        columns = false;
        blocks.insert(page.besideLast ? blocks.end() : blocks.begin(), page.beside.begin(),
                      page.beside.end());
    }
    if (columns) {
        placeBeside(scene, arrangement, page, cutLeft(rest, leftWidth), besideHeight);
        cutLeft(rest, columnGap);
    }
    const Answers answers(scene, page.buttons, rest.width, Orientation::landscape);
    const Column column(scene, std::move(blocks), answers, rest);
    arrangement.fits = column.fits();
    arrangement.part = std::min(part, column.count() - 1);
    const float spare = column.spare(arrangement.part);
    column.place(arrangement, std::max(0.0F, spare * 0.4F));
    return arrangement;
}

// Each kind of thing, where it was placed.
struct Drawer {
    Scene& scene;
    const Placed& placed;

    void operator()(const Heading& heading) const {
        const bool fits = scene.canvas.text(placed.place, scene.say(heading.words), heading.look,
                                            scene.theme.ink);
        scene.publish("question", Role::heading, placed.place, heading.words.key, fits);
    }
    void operator()(Picture picture) const {
        scene.drawPicture(picture, placed.place);
        scene.publish("picture", Role::picture, placed.place);
    }
    void operator()(const Block& block) const { draw(scene, block, placed.place, placed.id); }
    void operator()(const Button& button) const {
        draw(scene, button, placed.place, isEnabled(scene, button));
    }
    void operator()(const Turn& turn) const {
        if (drawTurn(scene, turn, placed.place)) {
            scene.turnTo(turn.forward ? turn.part + 1 : turn.part - 1);
        }
    }
};

}  // namespace

float stackHeight(Scene& scene, const std::vector<Block>& blocks, float width, float gap) {
    float height = 0;
    for (const Block& block : blocks) height += heightOf(scene, block, width) + gap;
    return height;
}

void placeStack(Scene& scene, Arrangement& arrangement, const std::vector<Block>& blocks,
                const Rect& place, float gap, const std::string& idPrefix) {
    Rect rest = place;
    int number = 0;
    for (const Block& block : blocks) {
        const Rect at = cutTop(rest, heightOf(scene, block, place.width));
        arrangement.placed.push_back({block, at, idPrefix + std::to_string(++number)});
        cutTop(rest, gap);
    }
}

void placeHeading(Scene& scene, Arrangement& arrangement, const Page& page, const TextLook& look,
                  Rect& rest, float gap) {
    const float height =
        scene.canvas.measure(scene.say(page.question), look, rest.width).size.height;
    arrangement.placed.push_back({Heading{page.question, look}, cutTop(rest, height)});
    cutTop(rest, gap);
}

void placeTurns(const Scene& scene, Arrangement& arrangement, std::size_t parts, Rect row) {
    const std::size_t part = arrangement.part;
    const float half = (row.width - scene.theme.gap) / 2;
    if (part > 0) {
        arrangement.placed.push_back({Turn{false, part, parts}, cutLeft(row, half)});
    }
    if (part + 1 < parts) {
        arrangement.placed.push_back({Turn{true, part, parts}, cutRight(row, half)});
    }
}

Arrangement arrange(Scene& scene, const Page& page, Rect rest, Orientation orientation,
                    std::size_t part) {
    if (page.dense) return arrangeDense(scene, page, rest, orientation, part);
    const bool portrait = orientation == Orientation::portrait;
    scene.centred = portrait;
    rest = rest.inset(scene.theme.margin, 0);
    return portrait ? arrangePortrait(scene, page, rest, part)
                    : arrangeLandscape(scene, page, rest, part);
}

void draw(Scene& scene, const Arrangement& arrangement) {
    scene.publish("body", Role::picture, arrangement.body, "", arrangement.fits);
    for (const Placed& placed : arrangement.placed) {
        scene.begin(std::holds_alternative<Heading>(placed.what) ? Role::heading : Role::text);
        std::visit(Drawer{scene, placed}, placed.what);
    }
}

}  // namespace liqu::ui
