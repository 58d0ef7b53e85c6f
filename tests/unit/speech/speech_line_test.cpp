// The line to the voice: what is told comes back as it was, and what must not be said is refused on
// both sides.
#include "ui/speech/speech_line.hpp"

#include <doctest/doctest.h>

namespace liqu::ui {
namespace {

SayOrder anOrder() {
    return {.speech = screen::Speech::loud,
            .ears = Ears::everybody,
            .rate = 4,
            .volume = 6,
            .language = "zh-CN",
            .voice = "cmn",
            .key = "take-card.question",
            .words = PersonalText("卡做好了，请取卡")};
}

std::optional<Order> back(const Order& order) {
    std::string line = lineOf(order).reveal();
    if (line.empty()) return std::nullopt;
    REQUIRE(line.back() == '\n');
    line.pop_back();
    return orderFrom(line);
}

TEST_CASE("an order comes back as it was told") {
    CHECK(lineOf(Order(anOrder())).reveal() ==
          "say loud public 4 6 zh-CN cmn take-card.question\t卡做好了，请取卡\n");
    CHECK(back(Order(anOrder())) == Order(anOrder()));
    SayOrder forOne = anOrder();
    forOne.ears = Ears::one;
    forOne.speech = screen::Speech::headphones;
    CHECK(back(Order(forOne)) == Order(forOne));
    CHECK(back(Order(StopOrder{})) == Order(StopOrder{}));
}

TEST_CASE("a short sound comes back as it was told; one that means nothing is refused") {
    const PlayOrder play{screen::Speech::headphones, 10, Earcon::cardOut};
    CHECK(lineOf(Order(play)).reveal() == "play headphones 10 card-out\n");
    CHECK(back(Order(play)) == Order(play));
    for (const PlayOrder& wrong : {PlayOrder{screen::Speech::off, 5, Earcon::touch},
                                   PlayOrder{screen::Speech::loud, 0, Earcon::touch},
                                   PlayOrder{screen::Speech::loud, 11, Earcon::touch}})
        CHECK(lineOf(Order(wrong)).reveal().empty());
    for (const char* wrong : {"play loud 6", "play loud 6 bang", "play off 6 touch",
                              "play loud 0 touch", "play loud 6 touch ", "play loud x touch"}) {
        CAPTURE(std::string(wrong));
        CHECK_FALSE(orderFrom(wrong));
    }
}

TEST_CASE("what is private has no way to the loudspeaker, on neither side of the line") {
    SayOrder order = anOrder();
    order.ears = Ears::one;
    CHECK(lineOf(Order(order)).empty());
    CHECK_FALSE(orderFrom("say loud private 4 6 zh-CN cmn personal\t张三"));
    CHECK(orderFrom("say headphones private 4 6 zh-CN cmn personal\t张三"));
}

TEST_CASE("a line that is no order is refused whole") {
    for (const char* line :
         {"", "say", "stop ", "say loud public 4 6 zh-CN cmn key",
          "say off public 4 6 en en key\tw", "say loud public 0 6 en en key\tw",
          "say loud public 8 6 en en key\tw", "say loud public 4 11 en en key\tw",
          "say loud public 4 6x en en key\tw", "say loud public 4 6 en -w/etc/passwd key\tw",
          "say loud public 4 6 en en key more\tw", "say loud public 4 6 en en ../key\tw",
          "say loud public 4 6 en  key\tw", "say loud public 4 6 en en key\t",
          "say loud public 4 6 en en key\ta\tb", "say loud public 4 6 en en key\t\xFF\xFE",
          "shout loud public 4 6 en en key\tw"}) {
        CAPTURE(std::string(line));
        CHECK_FALSE(orderFrom(line));
    }
    CHECK_FALSE(orderFrom("say loud public 4 6 en en key\t" + std::string(mostWordBytes + 1, 'a')));
    CHECK(orderFrom("say loud public 4 6 en en key\t" + std::string(mostWordBytes, 'a')));
}

TEST_CASE("words on several lines become one, and a long sentence is cut at a character") {
    SayOrder order = anOrder();
    order.words = PersonalText("one\ntwo\tthree");
    const auto said = back(Order(order));
    REQUIRE(said);
    CHECK(std::get<SayOrder>(*said).words.reveal() == "one two three");
    std::string longer;
    while (longer.size() < 2 * mostWordBytes) longer += "卡";
    order.words = PersonalText(longer);
    const auto cut = back(Order(order));
    REQUIRE(cut);
    const std::size_t size = std::get<SayOrder>(*cut).words.reveal().size();
    CHECK(size % 3 == 0);
    CHECK(size > mostWordBytes - 3);
}

TEST_CASE("bytes become lines as they come; a line without end is no line of ours") {
    LineBuffer lines;
    CHECK(lines.add("sto"));
    CHECK_FALSE(lines.take());
    CHECK(lines.add("p\nstop\nst"));
    CHECK(lines.take()->reveal() == "stop");
    CHECK(lines.take()->reveal() == "stop");
    CHECK_FALSE(lines.take());
    CHECK_FALSE(lines.add(std::string(mostLineBytes, 'x')));
}

}  // namespace
}  // namespace liqu::ui
