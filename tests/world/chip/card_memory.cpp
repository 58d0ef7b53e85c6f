#include "tests/world/chip/card_memory.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"

namespace liqu::world {
namespace {

constexpr std::pair<std::uint8_t, std::string_view> tagNames[] = {
    {card_tag::cardIdCode, "card-id-code"},
    {card_tag::cardClass, "card-class"},
    {card_tag::version, "version"},
    {card_tag::issuer, "issuer"},
    {card_tag::issueDate, "issue-date"},
    {card_tag::expiryDate, "expiry-date"},
    {card_tag::cardNumber, "card-number"},
    {card_tag::socialNumber, "social-number"},
    {card_tag::name, "name"},
    {card_tag::nameExtension, "name-extension"},
    {card_tag::sex, "sex"},
    {card_tag::ethnic, "ethnic"},
    {card_tag::birthPlace, "birth-place"},
    {card_tag::birthDate, "birth-date"},
};

Bytes named(std::string_view hex) {
    return fromHex(hex).value();
}

}  // namespace

Bytes socialSecurityName() {
    return named("7378312E73682EC9E7BBE1B1A3D5CF");
}
Bytes debitApplicationName() {
    return named("A000000333010101");
}
Bytes paymentEnvironmentName() {
    return bytesOf("1PAY.SYS.DDF01");
}

std::string_view nameOfTag(std::uint8_t tag) {
    for (const auto& [known, name] : tagNames) {
        if (known == tag) return name;
    }
    return "unknown";
}

std::optional<std::size_t> ElementaryFile::indexOfTag(std::uint8_t tag) const {
    for (std::size_t index = 0; index < records.size(); ++index) {
        if (!records[index].empty() && records[index][0] == tag) return index;
    }
    return std::nullopt;
}

std::size_t ElementaryFile::used() const {
    std::size_t sum = 0;
    for (const Bytes& record : records) sum += record.size();
    return sum;
}

ChipApplication* CardMemory::find(std::uint16_t id) {
    for (ChipApplication& application : applications) {
        if (application.id == id) return &application;
    }
    return nullptr;
}

ChipApplication* CardMemory::findByName(ByteView name) {
    for (ChipApplication& application : applications) {
        if (!application.name.empty() && std::ranges::equal(application.name, name)) {
            return &application;
        }
    }
    return nullptr;
}

const ElementaryFile* CardMemory::socialFile(std::uint16_t id) const {
    for (const ChipApplication& application : applications) {
        if (application.id != card_id::socialSecurity) continue;
        for (const ElementaryFile& file : application.files) {
            if (file.id == id) return &file;
        }
    }
    return nullptr;
}

ElementaryFile* CardMemory::socialFile(std::uint16_t id) {
    return const_cast<ElementaryFile*>(std::as_const(*this).socialFile(id));
}

Bytes CardMemory::item(std::uint8_t tag) const {
    for (const std::uint16_t id : {card_id::issuerFile, card_id::holderFile}) {
        const ElementaryFile* file = socialFile(id);
        if (file == nullptr) continue;
        if (const auto index = file->indexOfTag(tag)) {
            const Bytes& record = file->records[*index];
            return {record.begin() + 2, record.end()};
        }
    }
    return {};
}

void CardMemory::setItem(std::uint8_t tag, ByteView value) {
    for (const std::uint16_t id : {card_id::issuerFile, card_id::holderFile}) {
        ElementaryFile* file = socialFile(id);
        if (file == nullptr) continue;
        if (const auto index = file->indexOfTag(tag)) {
            Bytes& record = file->records[*index];
            LIQU_ASSERT(value.size() <= record.size() - 2);
            std::ranges::copy(value, record.begin() + 2);
            return;
        }
    }
    LIQU_ASSERT(false);
}

}  // namespace liqu::world
