// What window and painter say to each other.
#include "ui/toolkit/picture_order.hpp"

#include <doctest/doctest.h>

namespace liqu::ui {
namespace {

PictureOrder orderOf(std::uint32_t side, std::size_t count = 1, std::size_t length = 4) {
    PictureOrder order{"style", {}};
    for (std::size_t i = 0; i < count; ++i)
        order.wishes.push_back({side, std::string(length, 'x')});
    return order;
}

bool isTaken(const PictureOrder& order) {
    return pictureOrderFrom(bytesOfOrder(order)).has_value();
}

}  // namespace

TEST_CASE("an order is read as it was written") {
    const PictureOrder order{".ink{}", {{200, "<svg/>"}, {64, ""}}};
    CHECK(pictureOrderFrom(bytesOfOrder(order)) == order);
}

TEST_CASE("an order has limits on every number") {
    CHECK(isTaken(orderOf(8)));
    CHECK_FALSE(isTaken(orderOf(7)));
    CHECK(isTaken(orderOf(2048)));
    CHECK_FALSE(isTaken(orderOf(2049)));
    CHECK_FALSE(isTaken(orderOf(0xFFFFFFFF)));
    CHECK(isTaken(orderOf(2048, 2)));
    CHECK_FALSE(isTaken(orderOf(2048, 3)));
    CHECK(isTaken(orderOf(64, 32)));
    CHECK_FALSE(isTaken(orderOf(64, 33)));
    CHECK(isTaken(orderOf(64, 1, 65'536)));
    CHECK_FALSE(isTaken(orderOf(64, 1, 65'537)));
    PictureOrder styled = orderOf(64);
    styled.style.assign(17'000, ' ');
    CHECK_FALSE(isTaken(styled));
}

TEST_CASE("an order that is cut anywhere, longer or another thing is none") {
    const std::string whole = bytesOfOrder(orderOf(64, 2));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(pictureOrderFrom(whole.substr(0, length)));
    }
    CHECK(pictureOrderFrom(whole));
    CHECK_FALSE(pictureOrderFrom(whole + "x"));
    CHECK_FALSE(pictureOrderFrom("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
}

TEST_CASE("an answer is of the size that was asked for, or words") {
    using Kind = AnswerHead::Kind;
    const auto taken = [](AnswerHead head, std::uint32_t side) {
        return answerHeadFrom(bytesOfHead(head), side).has_value();
    };
    CHECK(taken({Kind::pixels, 64 * 64 * 4}, 64));
    CHECK_FALSE(taken({Kind::pixels, 64 * 64 * 4}, 72));
    CHECK_FALSE(taken({Kind::pixels, 0xFFFFFFFF}, 64));
    CHECK(taken({Kind::words, 500}, 64));
    CHECK_FALSE(taken({Kind::words, 501}, 64));
    CHECK_FALSE(taken({static_cast<Kind>(7), 4}, 64));
    CHECK_FALSE(answerHeadFrom("1234567", 64));
}

}  // namespace liqu::ui
