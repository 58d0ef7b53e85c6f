// The scripted conversation with the synthetic prefabricated card of hardware-notes/chip.md, "The
// emulated card".
#pragma once

#include "firmware/base/random.hpp"
#include "firmware/card/personalisation.hpp"
#include "firmware/chip/chip_profile.hpp"
#include "firmware/chip/record_table.hpp"
#include "tests/unit/chip/scripted_reader.hpp"

namespace liqu::tests {

inline const std::string originalChallenge = "1122334455667788";
inline const std::string factorChallenge = "A1B2C3D4E5F60718";
inline const std::string mirroredFactor = "5E4D3C2B1A09F8E7";

// What the card holds, as TLVs in hex; empty: 6A83.
struct ScriptedCard {
    std::string version = "3.00";
    std::string algorithm = "03";
    std::string number = "413030303030303033";  // A00000003
    std::string issueDate = "20240101";
    std::string expiryDate = "20340101";
    std::string idCode = "420100D1560000050000000AFFFFFFFF";
    std::vector<std::string> holder = blankHolder();

    static std::vector<std::string> blankHolder();
    static std::vector<std::string> writtenHolder();
};

// What the kiosk draws for INTERNAL AUTHENTICATE: original, factor, and from the start again.
class ScriptedRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override;
    int drawn = 0;
};

class CardScript {
  public:
    explicit CardScript(ScriptedReader& reader) : reader_(reader) {}

    void readsBankNumber();
    void opens(const ScriptedCard& card);
    void provesItself();
    void unlocks(const std::string& keyId, const std::string& status = "9000");
    void readsHolder(const ScriptedCard& card);
    void selectsHolder() { reader_.answers("00A4020002 EF06", "9000"); }
    void selectsIssuer() { reader_.answers("00A4020002 EF05", "9000"); }
    void isStillTheSame(const ScriptedCard& card);
    // The nine updates of the order, each with this status.
    static std::vector<std::string> updates();

    // Up to the end of inspectBlank.
    void inspects(const ScriptedCard& card);

  private:
    void drawsChallenges();
    ScriptedReader& reader_;
};

// 张三 of the note's examples, on the card above.
card::ChipItems orderOfZhangSan();
chip::ChipProfile shippedProfile(const std::string& name);

}  // namespace liqu::tests
