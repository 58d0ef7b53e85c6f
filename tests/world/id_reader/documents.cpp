#include "tests/world/id_reader/documents.hpp"

#include <algorithm>

#include "firmware/base/encoding.hpp"

namespace liqu::world {
namespace {

constexpr std::size_t textLength = 256;
constexpr std::size_t photoLength = 1024;
constexpr std::size_t templateLength = 512;
constexpr std::size_t newAddressLength = 70;

// A block of UTF-16LE fields on a ground of spaces.
class FieldBlock {
  public:
    explicit FieldBlock(std::size_t length) {
        for (std::size_t i = 0; i < length / 2; ++i) {
            bytes_.push_back(0x20);
            bytes_.push_back(0x00);
        }
    }

    void put(std::size_t offset, std::size_t length, const std::string& text) {
        const Bytes units = utf16leFromUtf8(text).value_or(Bytes{});
        std::copy_n(units.begin(), std::min(length, units.size()),
                    bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
    }

    Bytes take() { return std::move(bytes_); }

  private:
    Bytes bytes_;
};

void putResident(FieldBlock& block, const Document& document) {
    block.put(0, 30, document.name);
    block.put(30, 2, document.sex);
    block.put(32, 4, document.ethnic);
    block.put(36, 16, document.birth);
    block.put(52, 70, document.address);
    block.put(122, 36, document.number);
    block.put(158, 30, document.authority);
    block.put(188, 16, document.validFrom);
    block.put(204, 16, document.validTo);
}

void putPermit(FieldBlock& block, const Document& document) {
    putResident(block, document);
    block.put(220, 18, document.travelPermit);
    block.put(238, 4, document.issueCount);
    block.put(248, 2, "J");
}

void putForeigner2017(FieldBlock& block, const Document& document) {
    block.put(0, 120, document.nameLatin);
    block.put(120, 2, document.sex);
    block.put(122, 30, document.number);
    block.put(152, 6, document.nationality);
    block.put(158, 30, document.name);
    block.put(188, 16, document.validFrom);
    block.put(204, 16, document.validTo);
    block.put(220, 16, document.birth);
    block.put(236, 4, document.cardVersion);
    block.put(240, 8, document.authority);
    block.put(248, 2, "I");
}

void putForeigner2023(FieldBlock& block, const Document& document) {
    constexpr std::size_t firstPart = 35;
    block.put(0, 30, document.name);
    block.put(30, 2, document.sex);
    block.put(32, 4, document.issueCount);
    block.put(36, 16, document.birth);
    block.put(52, 70, document.nameLatin.substr(0, firstPart));
    block.put(122, 36, document.number);
    block.put(188, 16, document.validFrom);
    block.put(204, 16, document.validTo);
    if (document.nameLatin.size() > firstPart) {
        block.put(220, 22, document.nameLatin.substr(firstPart));
    }
    block.put(242, 6, document.nationality);
    block.put(248, 2, "Y");
    block.put(250, 6, document.oldNumberLink);
}

}  // namespace

Bytes encodeText(const Document& document) {
    FieldBlock block(textLength);
    switch (document.layout) {
        case DocumentLayout::resident:
            putResident(block, document);
            break;
        case DocumentLayout::permit:
            putPermit(block, document);
            break;
        case DocumentLayout::foreigner2017:
            putForeigner2017(block, document);
            break;
        case DocumentLayout::foreigner2023:
            putForeigner2023(block, document);
            break;
    }
    if (!document.typeMark.empty()) block.put(248, 2, document.typeMark);
    return block.take();
}

Bytes encodePhoto(const Document& document) {
    Bytes photo{0x57, 0x4C, 0x66, 0x00, 0x7E, 0x00, 0x32, 0x00};
    if (document.photoNamesHolder) {
        for (const char sign : document.number) photo.push_back(static_cast<std::uint8_t>(sign));
        photo.resize(photoLength);
    }
    for (std::size_t i = 0; photo.size() < photoLength; ++i) {
        photo.push_back(static_cast<std::uint8_t>((7 * i + 3) % 256));
    }
    return photo;
}

Bytes encodeFingerprints(const Document& document) {
    Bytes all;
    // Right thumb, left thumb; enrolled, quality 80.
    for (const std::uint8_t finger : {std::uint8_t{0x0B}, std::uint8_t{0x10}}) {
        if (all.size() == templateLength * static_cast<std::size_t>(document.fingers)) break;
        Bytes one{0x43, 0x01, 0x00, 0x00, 0x01, finger, 0x50};
        one.resize(templateLength);
        all.insert(all.end(), one.begin(), one.end());
    }
    return all;
}

Bytes encodeNewAddress(const Document& document) {
    FieldBlock block(newAddressLength);
    block.put(0, newAddressLength, document.newAddress);
    return block.take();
}

std::string withCheckCharacter(const std::string& first17) {
    // ISO 7064 MOD 11-2, pure system: double and add.
    int remainder = 0;
    for (const char digit : first17) remainder = (remainder + (digit - '0')) * 2 % 11;
    const int check = (12 - remainder) % 11;
    return first17 + (check == 10 ? 'X' : static_cast<char>('0' + check));
}

namespace documents {

Document resident() {
    Document document;
    document.name = "测试样例";
    document.ethnic = "01";
    document.birth = "19850312";
    document.address = "测试省测试市测试路1号";
    document.number = "110000198503120015";
    document.authority = "测试市公安局";
    document.validFrom = "20200101";
    return document;
}

Document residentRareName() {
    Document document = resident();
    document.name = "测𬭸㛃";
    document.sex = "2";
    document.ethnic = "05";
    document.birth = "19491001";
    document.number = withCheckCharacter("65000019491001002");
    document.address = "测试省测试市样例街道样例社区样例路一百二十三号";
    document.newAddress = "测试省测试市新住址2号";
    return document;
}

Document permit() {
    Document document = resident();
    document.layout = DocumentLayout::permit;
    document.name = "样例港";
    document.ethnic.clear();
    document.birth = "19940823";
    document.sex = "2";
    document.number = "810000199408230021";
    document.travelPermit = "H00000000";
    document.issueCount = "01";
    document.validFrom = "20220901";
    document.validTo = "20320901";
    return document;
}

Document foreigner2017() {
    Document document;
    document.layout = DocumentLayout::foreigner2017;
    document.nameLatin = "SPECIMEN, ALEX";
    document.name = "样例";
    document.birth = "19850312";
    document.number = "UTO110085031201";
    document.authority = "1100";
    document.nationality = "UTO";
    document.validFrom = "20180601";
    document.validTo = "20380601";
    document.cardVersion = "01";
    return document;
}

Document foreigner2023() {
    Document document;
    document.layout = DocumentLayout::foreigner2023;
    document.nameLatin = "SPECIMEN, ALEXANDRA MAXIMILIANA CONSTANTIA";
    document.name = "样例外";
    document.birth = "19850312";
    document.number = "91184019850312001X";
    document.nationality = "UTO";
    document.issueCount = "00";
    document.validFrom = "20231201";
    document.validTo = "20331201";
    return document;
}

Document expired(Document document) {
    document.validFrom = "20000101";
    document.validTo = "20100101";
    return document;
}

Document notYetValid(Document document) {
    document.validFrom = "20990101";
    document.validTo = "21090101";
    return document;
}

Document wrongCheckDigit(Document document) {
    if (document.number.empty()) return document;
    char& last = document.number.back();
    last = last == '1' ? '2' : '1';
    return document;
}

Document unknownTypeMark(Document document) {
    document.typeMark = "Z";
    return document;
}

}  // namespace documents

}  // namespace liqu::world
