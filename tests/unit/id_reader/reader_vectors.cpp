#include "tests/unit/id_reader/reader_vectors.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <openssl/evp.h>

#include "firmware/base/encoding.hpp"

namespace liqu::test {

Bytes joined(std::initializer_list<ByteView> parts) {
    Bytes all;
    for (const ByteView part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

Bytes hex(std::string_view text) {
    auto bytes = fromHex(text);
    REQUIRE(bytes.has_value());
    return std::move(bytes).value();
}

Bytes answerFrame(std::string_view statusHex, ByteView data) {
    const std::size_t length = 4 + data.size();
    Bytes frame = joined(
        {hex("AA AA AA 96 69"),
         Bytes{static_cast<std::uint8_t>(length / 256), static_cast<std::uint8_t>(length % 256)},
         hex(statusHex), data});
    std::uint8_t check = 0;
    for (std::size_t i = 5; i < frame.size(); ++i)
        check = static_cast<std::uint8_t>(check ^ frame[i]);
    frame.push_back(check);
    return frame;
}

TextBlock::TextBlock() {
    for (int i = 0; i < 128; ++i) bytes_.insert(bytes_.end(), {0x20, 0x00});
}

TextBlock& TextBlock::put(std::size_t at, std::size_t size, std::string_view utf8,
                          std::uint8_t padding) {
    const Bytes text = utf16leFromUtf8(utf8).value();
    REQUIRE(text.size() <= size);
    for (std::size_t i = 0; i < size; i += 2) {
        bytes_[at + i] = i < text.size() ? text[i] : padding;
        bytes_[at + i + 1] = i < text.size() ? text[i + 1] : std::uint8_t{0};
    }
    return *this;
}

TextBlock citizenT1() {
    return TextBlock()
        .put(0, 30, "测试样例")
        .put(30, 2, "1")
        .put(32, 4, "01")
        .put(36, 16, "19850312")
        .put(52, 70, "测试省测试市测试路1号")
        .put(122, 36, "110000198503120015")
        .put(158, 30, "测试市公安局")
        .put(188, 16, "20200101")
        .put(204, 16, "长期");
}

TextBlock permitJ() {
    return TextBlock()
        .put(0, 30, "测试港民")
        .put(30, 2, "2")
        .put(36, 16, "19940823")
        .put(52, 70, "测试省测试市测试路2号")
        .put(122, 36, "810000199408230021")
        .put(158, 30, "测试市公安局")
        .put(188, 16, "20200101")
        .put(204, 16, "20250101")
        .put(220, 18, "H12345678")
        .put(238, 4, "01")
        .put(248, 2, "J");
}

TextBlock foreigner2017I() {
    return TextBlock()
        .put(0, 120, "SAMPLE, TEST MIDDLE")
        .put(120, 2, "2")
        .put(122, 30, "ABC310085031200")
        .put(152, 6, "ABC")
        .put(158, 30, "样例")
        .put(188, 16, "20180601")
        .put(204, 16, "20280601")
        .put(220, 16, "19850312")
        .put(236, 4, "01")
        .put(240, 8, "1500")
        .put(248, 2, "I");
}

TextBlock foreigner2023Y() {
    // 35 characters in the first part; the name goes on without a space.
    return TextBlock()
        .put(0, 30, "样例")
        .put(30, 2, "1")
        .put(32, 4, "02")
        .put(36, 16, "19850312")
        .put(52, 70, "SAMPLE, ALEXANDRA BARTHOLOMEWA CONS")
        .put(122, 36, "91184019850312001X")
        .put(188, 16, "20240101")
        .put(204, 16, "20340101")
        .put(220, 22, "TANTINA")
        .put(242, 6, "USA")
        .put(248, 2, "Y")
        .put(250, 6, "123");
}

Bytes photoW1() {
    Bytes photo = hex("57 4C 66 00 7E 00 32 00");
    for (int i = 0; i < 1016; ++i) photo.push_back(static_cast<std::uint8_t>((7 * i + 3) % 256));
    return photo;
}

Bytes fingerprintF1() {
    const Bytes rest(505, 0);
    return joined({hex("43 01 00 00 01 0B 50"), rest, hex("43 01 00 00 01 10 50"), rest});
}

Bytes baseData(ByteView text, ByteView photo) {
    const Bytes lengths{1, 0, static_cast<std::uint8_t>(photo.size() / 256), 0};
    return joined({lengths, text, photo});
}

Bytes addressData(std::string_view utf8) {
    const TextBlock block = TextBlock().put(0, 70, utf8);
    return Bytes(block.bytes().begin(), block.bytes().begin() + 70);
}

std::string sha256(ByteView bytes) {
    std::uint8_t digest[32];
    unsigned size = 0;
    REQUIRE(EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) == 1);
    std::string text = toHex(ByteView(digest, size));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

}  // namespace liqu::test
