// What the people of a branch do at the window, page by page: a card that waits given to its holder
// or to somebody they sent, a wrong one taken back and confirmed, the count of a day and its close.
// What lies on the reader meanwhile they lay down themselves.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/robot/clerk.hpp"

namespace liqu::world {

// By number; one PIN for all.
struct Branch {
    std::string first = "1001";
    std::string second = "1002";
    std::string supervisor = "1003";
    std::string pin = "274913";
};

// A card that waits, and what its holder tells.
struct WaitingCard {
    std::string number;
    std::string pickupCode;
};

// Blanks as their bank sends them.
struct BlankBox {
    std::string label, seal, bank;
    std::string version = "3.00";
    std::string region = "420100";
    std::vector<std::string> numbers{};
};

class BranchStaff {
  public:
    BranchStaff(Clerk& clerk, Branch branch) : clerk_(clerk), branch_(std::move(branch)) {}

    Result<void> giveToHolder(const WaitingCard& card, const Document& holder,
                              ReaderEngine& reader);
    // Who comes brings both documents.
    Result<void> giveToAgent(const WaitingCard& card, const Document& holder, const Document& agent,
                             ReaderEngine& reader);
    // Brought by its holder: of what is compared the photo is wrong.
    Result<void> takeBackWrong(const std::string& card);
    // By the third person.
    Result<void> confirmWrong(const std::string& card);

    // By the first, who is at the menu, and the second.
    Result<void> receiveAndOpen(const BlankBox& box);
    // The cards themselves are put in between.
    Result<void> load(const BlankBox& box, const std::function<void()>& putIn);
    // The whole errand, from the sign-in until they are gone.
    Result<void> restock(const BlankBox& box, const std::function<void()>& putIn);

    Result<void> countDay(const std::map<std::string, std::string>& counts);
    // Up to the page of the report.
    Result<void> closeDay();

    static constexpr const char* signedPaper = "P17";
    static constexpr const char* proofPaper = "K17";
    static constexpr const char* copyPaper = "C17";
    static constexpr const char* wrongPaper = "W17";
    static constexpr const char* confirmation = "Q17";

  private:
    Result<void> toWaiting(const WaitingCard& card, const char* way);
    // Past what is to be done today.
    Result<void> comeToMenu(const std::string& number);
    Result<void> bySecond();

    Clerk& clerk_;
    Branch branch_;
};

}  // namespace liqu::world
