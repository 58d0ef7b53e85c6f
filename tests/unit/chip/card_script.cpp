#include "tests/unit/chip/card_script.hpp"

namespace liqu::tests {
namespace {

std::string zeros(std::size_t count) {
    return std::string(2 * count, '0');
}

}  // namespace

std::vector<std::string> ScriptedCard::blankHolder() {
    return {"0812" + zeros(18), "091E" + zeros(30), "4E14" + zeros(20), "0A0100",
            "0B01FF",           "0C03FFFFFF",       "0D04FFFFFFFF"};
}

std::vector<std::string> ScriptedCard::writtenHolder() {
    return {"0812313130313035313934393132333130303258",
            "091ED5C5C8FD" + zeros(26),
            "4E14" + zeros(20),
            "0A0132",
            "0B0101",
            "0C03110105",
            "0D0419491231"};
}

void CardScript::readsBankNumber() {
    reader_.answers("00A4040008 A000000333010101", "6110");
    reader_.answers("00C0000010", "6F0E8408A000000333010101A5029F38009000");
    reader_.answers("80A8000002 8300", "800600000801010090 00");
    reader_.answers("00B2010C00", "6C0C");
    reader_.answers("00B2010C0C", "700A5A086221001234567890 9000");
}

void CardScript::opens(const ScriptedCard& card) {
    reader_.answers("00A404000F 7378312E73682EC9E7BBE1B1A3D5CF", "611E");
    reader_.answers("00C000001E", "6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C038601" +
                                      card.algorithm + "9000");
    selectsIssuer();
    reader_.answers("00B2010412", "0110" + card.idCode + "9000");
    reader_.answers("00B2020403", "0201339000");
    reader_.answers("00B2030406", "0304" + toHex(bytesOf(card.version)) + "9000");
    reader_.answers("00B204040E", "040C9156000002420100420100019000");
    reader_.answers("00B2050406", "0504" + card.issueDate + "9000");
    reader_.answers("00B2060406", "0604" + card.expiryDate + "9000");
    reader_.answers("00B207040B", "0709" + card.number + "9000");
}

void CardScript::drawsChallenges() {
    reader_.answers("0084000008", originalChallenge + "9000");
    reader_.answers("0084000008", factorChallenge + "9000");
}

void ScriptedRandom::fill(std::span<std::uint8_t> bytes) {
    const Bytes next = fromHex(drawn++ % 2 == 0 ? originalChallenge : factorChallenge).value();
    std::copy_n(next.begin(), std::min(next.size(), bytes.size()), bytes.begin());
}

void CardScript::provesItself() {
    reader_.answers("0088000010" + factorChallenge + originalChallenge, "6108");
    reader_.answers("00C0000008", mirroredFactor + "9000");
}

void CardScript::unlocks(const std::string& keyId, const std::string& status) {
    drawsChallenges();
    reader_.answers("008200" + keyId + "10" + mirroredFactor + originalChallenge, status);
}

void CardScript::readsHolder(const ScriptedCard& card) {
    selectsHolder();
    const char* commands[] = {"00B2010414", "00B2020420", "00B2030416", "00B2040403",
                              "00B2050403", "00B2060405", "00B2070406"};
    for (std::size_t i = 0; i < card.holder.size(); ++i) {
        reader_.answers(commands[i], card.holder[i].empty() ? "6A83" : card.holder[i] + "9000");
    }
}

void CardScript::isStillTheSame(const ScriptedCard& card) {
    reader_.answers("00B2010412", "0110" + card.idCode + "9000");
    reader_.answers("00B207040B", "0709" + card.number + "9000");
}

void CardScript::inspects(const ScriptedCard& card) {
    reader_.powersOn();
    readsBankNumber();
    opens(card);
    provesItself();
    if (card.version == "3.00") unlocks("0A");
    readsHolder(card);
}

std::vector<std::string> CardScript::updates() {
    const auto written = ScriptedCard::writtenHolder();
    return {"00DC010414" + written[0], "00DC020420" + written[1], "00DC040403" + written[3],
            "00DC050403" + written[4], "00DC060405" + written[5], "00DC070406" + written[6],
            "00DC050406050420240601",  "00DC060406060420340601"};
}

card::ChipItems orderOfZhangSan() {
    card::ChipItems items;
    items.cardIdCode = "420100D1560000050000000AFFFFFFFF";
    items.cardClass = "3";
    items.version = "3.00";
    items.issuerCode = "915600000242010042010001";
    items.issueDate = "20240601";
    items.expiryDate = "20340601";
    items.cardNumber = "A00000003";
    items.socialNumber = PersonalText("11010519491231002X");
    items.name = PersonalText("张三");
    items.sex = "2";
    items.ethnicCode = "01";
    items.birthPlace = "110105";
    items.birthDate = PersonalText("19491231");
    return items;
}

chip::ChipProfile shippedProfile(const std::string& name) {
    const auto profile =
        chip::ChipProfile::read(LIQU_SOURCE_DIR "/kiosk-config/chip-profiles/" + name + ".toml");
    return profile.value();
}

}  // namespace liqu::tests
