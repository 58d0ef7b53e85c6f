// The card factory: prefabricated cards as a hopper receives them, files and keys loaded, holder
// data empty. Source: hardware-notes/chip.md. Synthetic numbers only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/world/chip/card_engine.hpp"
#include "tests/world/hsm/hsm.hpp"

namespace liqu::world {

struct BlankCard {
    std::string cardNumber;      // 卡号, 9 characters
    std::string bankCardNumber;  // 19 digits
    std::string regionCode = "420100";
    std::uint32_t serial = 0x0A;
    std::string version = "3.00";  // 3.xx: SM4 and a read key on EF06; 2.xx: 3DES, EF06 free
    bool numberPrewritten = true;  // else 卡号 on the chip is empty until issuance
    bool namesAlgorithm = true;    // 9F0C in the FCI
    bool contactless = false;      // ATR as a contactless reader shows it: TD bytes and TCK
    std::string issueDate = "20240101";
    std::string expiryDate = "20340101";
    std::string pin = "123456";
};

struct BlankBatch {
    std::string firstNumber = "A0000000";  // eight characters, the last seven count up
    std::string bankPrefix = "621700";     // bank BIN
    std::string regionCode = "420100";
    std::uint32_t firstSerial = 0x0A;
    std::string version = "3.00";
    bool numberPrewritten = true;
    int count = 1;
};

std::vector<BlankCard> blanksOf(const BlankBatch& batch);

CardMemory memoryOf(const BlankCard& blank, const Hsm& hsm);
std::shared_ptr<CardEngine> makeCard(const BlankCard& blank, const Hsm& hsm,
                                     FaultPlan* faults = nullptr, CardBehaviour behaviour = {});

// 社会保障号码 on a blank that came out of the hopper somebody else's (chip.already-written).
inline constexpr std::string_view holderOfUsedBlank = "11010519491231002X";

// Body of eight characters → with its check character (hardware-notes/chip.md, "The social card
// number").
std::string withCheckCharacter(std::string_view body);
// Digits → with their Luhn digit.
std::string withLuhnDigit(std::string digits);

// Bytes the payment application wants with GET PROCESSING OPTIONS.
inline constexpr std::uint8_t paymentOptionsLength = 11;
ChipApplication paymentEnvironment();
ChipApplication debitApplication(std::string_view bankCardNumber);

}  // namespace liqu::world
