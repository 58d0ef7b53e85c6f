// Long content in parts: a list between two of its items, everything else as a whole.
#include <algorithm>
#include <iterator>

#include "ui/toolkit/arrangement.hpp"
#include "ui/toolkit/widgets.hpp"

namespace liqu::ui {

namespace {

// What a list is made of; none: the block is one thing.
template <typename Kind>
auto* itemsOf(Kind& block) {
    using Plain = std::remove_const_t<Kind>;
    if constexpr (std::is_same_v<Plain, NumberedList>) {
        return &block.items;
    } else if constexpr (std::is_same_v<Plain, Choices>) {
        return &block.choices;
    } else if constexpr (std::is_same_v<Plain, Facts>) {
        return &block.facts;
    } else if constexpr (std::is_same_v<Plain, Table> || std::is_same_v<Plain, FactTable>) {
        return &block.rows;
    } else if constexpr (std::is_same_v<Plain, Tiles>) {
        return &block.tiles;
    } else {
        return static_cast<std::vector<int>*>(nullptr);
    }
}

std::size_t countOf(const Block& block) {
    return std::visit(
        [](const auto& one) {
            const auto* items = itemsOf(one);
            return items == nullptr || items->empty() ? std::size_t{1} : items->size();
        },
        block);
}

// The items from `from` on, `count` of them.
Block sliceOf(const Block& block, std::size_t from, std::size_t count) {
    return std::visit(
        [from, count](auto one) -> Block {
            auto* items = itemsOf(one);
            if (items == nullptr || items->empty()) return one;
            using Items = std::remove_pointer_t<decltype(items)>;
            [[maybe_unused]] const auto all = static_cast<int>(items->size());
            const auto first = items->begin() + static_cast<std::ptrdiff_t>(from);
            Items some(std::make_move_iterator(first),
                       std::make_move_iterator(first + static_cast<std::ptrdiff_t>(count)));
            *items = std::move(some);
            if constexpr (std::is_same_v<decltype(one), NumberedList>) {
                one.first += static_cast<int>(from);
            }
            if constexpr (std::is_same_v<decltype(one), Choices>) {
                one.of = std::max(one.of, all);
            }
            return one;
        },
        block);
}

// How many items of it fit; all of what is one thing, or none.
std::size_t fitting(Scene& scene, const Block& block, float width, float room) {
    std::size_t count = countOf(block);
    while (count > 0 && heightOf(scene, sliceOf(block, 0, count), width) > room + 0.5F) --count;
    return count;
}

class Cutter {
  public:
    Cutter(Scene& scene, std::vector<Block> blocks, Stack stack)
        : scene_(scene), rest_(std::move(blocks)), stack_(stack) {}

    bool empty() const { return rest_.empty(); }
    bool fits(float room) const {
        return stackHeight(scene_, rest_, stack_.width, stack_.gap) - stack_.gap <= room + 0.5F;
    }
    // As much as there is room for; nothing where not even one item has it.
    std::vector<Block> take(float room) {
        std::vector<Block> part;
        while (!rest_.empty()) {
            const Block& next = rest_.front();
            const std::size_t count = fitting(scene_, next, stack_.width, room);
            if (count == 0) break;
            const std::size_t all = countOf(next);
            part.push_back(sliceOf(next, 0, count));
            room -= heightOf(scene_, part.back(), stack_.width) + stack_.gap;
            if (count < all) {
                rest_.front() = sliceOf(next, count, all - count);
                break;
            }
            rest_.erase(rest_.begin());
        }
        return part;
    }
    std::vector<Block> takeAll() { return std::exchange(rest_, {}); }

  private:
    Scene& scene_;
    std::vector<Block> rest_;
    Stack stack_;
};

}  // namespace

std::optional<std::vector<std::vector<Block>>> inParts(Scene& scene, std::vector<Block> blocks,
                                                       Stack stack, float room, float roomOfLast) {
    Cutter cutter(scene, std::move(blocks), stack);
    std::vector<std::vector<Block>> parts;
    while (!cutter.fits(roomOfLast)) {
        std::vector<Block> part = cutter.take(room);
        if (part.empty()) return std::nullopt;
        parts.push_back(std::move(part));
    }
    parts.push_back(cutter.takeAll());
    return parts;
}

}  // namespace liqu::ui
