#include "drivers/card_printer/evolis/command.hpp"

#include <doctest/doctest.h>

using namespace liqu;
using namespace liqu::drivers;

TEST_CASE("a command is ESC, its text, CR") {
    CHECK(toHex(encodeCommand("Sis")) == "1B5369730D");
    CHECK(toHex(encodeCommand("Pneab;A;1")) == "1B506E6561623B413B310D");
}

TEST_CASE("panel headers have the lengths of the guide") {
    const Bytes data(3, 0x0D);
    // ESC Db;y;128; is 10 bytes, ESC Db;k;2; is 8.
    CHECK(toHex(encodePanel(Panel::yellow, 7, data)) ==
          "1B44623B793B3132383B"
          "0D0D0D"
          "0D");
    CHECK(toHex(encodePanel(Panel::black, 1, data)) ==
          "1B44623B6B3B323B"
          "0D0D0D"
          "0D");
    CHECK(textOf(encodePanel(Panel::cyan, 5, {})) ==
          "\x1B"
          "Db;c;32;\r");
    CHECK(textOf(encodePanel(Panel::magenta, 6, {})) ==
          "\x1B"
          "Db;m;64;\r");
    CHECK(textOf(encodePanel(Panel::yellow, 8, {})) ==
          "\x1B"
          "Db;y;256;\r");
    CHECK(textOf(encodePanel(Panel::overlay, 1, {})) ==
          "\x1B"
          "Db;o;2;\r");
}

TEST_CASE("a compressed panel says its byte count") {
    CHECK(toHex(encodeCompressedPanel(Panel::black, Bytes{0x00, 0xFF})) ==
          "1B4462633B6B3B323B323B"
          "00FF"
          "0D");
}
