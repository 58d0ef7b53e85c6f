#include "firmware/chip/social_application.hpp"

#include <algorithm>
#include <array>

#include "firmware/base/assert.hpp"
#include "firmware/chip/bank_application.hpp"
#include "firmware/chip/file_control.hpp"
#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

// The registered identifier inside every 卡识别码, bytes 3 to 7 (hardware-notes/chip.md, "The
// identification code").
constexpr std::array<std::uint8_t, 5> socialSecurityRid{0xD1, 0x56, 0x00, 0x00, 0x05};
constexpr std::size_t ridOffset = 3;

constexpr std::uint16_t fileIdOf(CardFile file) {
    return file == CardFile::issuer ? 0xEF05 : 0xEF06;
}

std::string stepName(std::string_view verb, const RecordShape& shape) {
    return std::string(verb) + " " + std::string(shape.name);
}

Result<void> checkIdCode(const PersonalBytes& code) {
    const ByteView bytes = code.reveal();
    const bool whole = bytes.size() == shapeOf(Item::cardIdCode).length;
    if (!whole || !std::ranges::equal(bytes.subspan(ridOffset, socialSecurityRid.size()),
                                      socialSecurityRid)) {
        return fail(chipError(ErrorCode::chipForeign, "the card's identification code is no such"));
    }
    return {};
}

}  // namespace

Result<void> SocialApplication::learn(Result<Bytes> answerToReset) {
    current_.reset();
    opened_ = false;
    values_ = RecordValues();
    powered_ = answerToReset.has_value();
    if (!answerToReset) {
        Error error = std::move(answerToReset).error();
        if (!error.fate) error.fate = CardFate::atChipStation;
        return fail(std::move(error));
    }
    atr_ = TRY(parseAtr(*answerToReset));
    channel_.setCaseFour(atr_.offersT1 ? CaseFour::withLe : CaseFour::withoutLe);
    return {};
}

Result<void> SocialApplication::powerOn(Duration patience) {
    return learn(reader_.powerOn(patience));
}

Result<void> SocialApplication::startAfresh(Duration patience) {
    return powered_ ? learn(reader_.coldReset()) : powerOn(patience);
}

void SocialApplication::powerOff() {
    reader_.powerOff();
    powered_ = false;
    current_.reset();
    values_ = RecordValues();
}

Result<void> SocialApplication::enterMasterFile() {
    // Only one make of card needs it; what it answers does not matter.
    if (profile_.selectMasterFileFirst) TRY(channel_.send(selectMasterFile()));
    return {};
}

Result<PersonalText> SocialApplication::readBankNumber() {
    TRY(enterMasterFile());
    return chip::readBankNumber(channel_);
}

Result<void> SocialApplication::open() {
    current_.reset();
    opened_ = false;
    TRY(enterMasterFile());
    const PersonalBytes control = TRY(channel_.demand(selectApplication(socialApplicationName()),
                                                      "SELECT of the social security application"));
    TRY(checkApplicationName(control.reveal()));
    TRY(readFile(CardFile::issuer));

    const PersonalBytes& code = values_.of(Item::cardIdCode);
    TRY(checkIdCode(code));
    std::ranges::copy(code.reveal(), keys_.cardIdCode.begin());
    keys_.historicalBytes = atr_.historicalBytes;
    const std::string version = textOf(shapeOf(Item::version), values_.of(Item::version));
    if (!profile_.knows(version)) {
        return fail(chipError(ErrorCode::chipVersionUnsupported, "version \"" + version + "\""));
    }
    keys_.algorithm = TRY(algorithmOf(control.reveal(), regionCode()));
    opened_ = true;
    return {};
}

std::string SocialApplication::regionCode() const {
    return toHex(ByteView(keys_.cardIdCode).first(3));
}

bool SocialApplication::holderIsProtected() const {
    return textOf(shapeOf(Item::version), values_.of(Item::version)).starts_with("3.0");
}

std::uint8_t SocialApplication::addressOf(const RecordShape& shape) const {
    return profile_.addressing == Addressing::byNumber ? shape.number : shape.tag;
}

Result<void> SocialApplication::select(CardFile file) {
    if (current_ == file) return {};
    current_.reset();
    const std::string step = file == CardFile::issuer ? "SELECT of EF05" : "SELECT of EF06";
    const Response response = TRY(channel_.send(selectFile(fileIdOf(file))));
    if (response.status != status::ok) {
        Error error = errorOfStatus(response.status, step);
        // Files do not vanish: a reset that nobody noticed took us out of the application.
        if (opened_ && error.code == ErrorCode::chipForeign) {
            error.code = ErrorCode::chipSecurityLost;
        }
        return fail(std::move(error));
    }
    current_ = file;
    return {};
}

Result<PersonalBytes> SocialApplication::readNow(const RecordShape& shape) {
    TRY(select(shape.file));
    const auto length = static_cast<std::uint8_t>(shape.length + 2);
    const Response response =
        TRY(channel_.send(readRecord(profile_.addressing, addressOf(shape), length)));
    if (response.status == status::recordNotFound) return PersonalBytes();
    if (response.status != status::ok) {
        return fail(errorOfStatus(response.status, stepName("READ RECORD", shape)));
    }
    return valueIn(shape, response.data);
}

Result<void> SocialApplication::readFile(CardFile file) {
    for (const RecordShape& shape : recordTable) {
        if (shape.file == file) values_.of(shape.item) = TRY(readNow(shape));
    }
    return {};
}

Result<void> SocialApplication::readHolder() {
    if (holderIsProtected()) TRY(unlock(ports::CardKey::readHolder));
    return readFile(CardFile::holder);
}

Result<bool> SocialApplication::holderIsReadable() {
    const RecordShape& shape = shapeOf(Item::socialNumber);
    TRY(select(shape.file));
    const auto length = static_cast<std::uint8_t>(shape.length + 2);
    const Response response =
        TRY(channel_.send(readRecord(profile_.addressing, addressOf(shape), length)));
    if (response.status == status::securityNotSatisfied) return false;
    if (response.status == status::ok || response.status == status::recordNotFound) return true;
    return fail(errorOfStatus(response.status, stepName("READ RECORD", shape)));
}

Result<void> SocialApplication::write(const RecordShape& shape, const PersonalBytes& value) {
    LIQU_ASSERT(shape.item != Item::cardIdCode);
    TRY(select(shape.file));
    TRY(channel_.demand(updateRecord(profile_.addressing, addressOf(shape), recordOf(shape, value)),
                        stepName("UPDATE RECORD", shape)));
    values_.of(shape.item) = value;
    return {};
}

}  // namespace liqu::chip
