// The synthetic vectors of hardware-notes/id-reader.md, "Test vectors", built by code the driver
// does not share.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/bytes.hpp"

namespace liqu::test {

Bytes joined(std::initializer_list<ByteView> parts);
Bytes hex(std::string_view text);

// An answer of the module: preamble, length, status, data, check byte.
Bytes answerFrame(std::string_view statusHex, ByteView data = {});

// A text block of spaces into which fields are written.
class TextBlock {
  public:
    TextBlock();
    // Writes UTF-16LE and fills the field with its padding.
    TextBlock& put(std::size_t at, std::size_t size, std::string_view utf8,
                   std::uint8_t padding = ' ');
    const Bytes& bytes() const { return bytes_; }

  private:
    Bytes bytes_;
};

TextBlock citizenT1();  // "T1"
TextBlock permitJ();
TextBlock foreigner2017I();
TextBlock foreigner2023Y();
Bytes photoW1();        // "W1"
Bytes fingerprintF1();  // "F1"
Bytes baseData(ByteView text, ByteView photo);
Bytes addressData(std::string_view utf8);  // 70 bytes

std::string sha256(ByteView bytes);  // lower-case hex

}  // namespace liqu::test
