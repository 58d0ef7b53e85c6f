// The hands of a person who plays the citizen at the window: the ID card is laid down and the
// finished card taken by themselves, a little after the kiosk asks for it, or by a word on the
// console.
#pragma once

#include <filesystem>
#include <string>

#include "tests/world/card_printer/printer_engine.hpp"
#include "tests/world/id_reader/reader_engine.hpp"
#include "tests/world/main/own_card.hpp"

namespace liqu::world {

class CitizenHands {
  public:
    // ownCard: null where they bring none.
    CitizenHands(ReaderEngine& idReader, PrinterEngine& printer, OwnCard* ownCard,
                 Document document, std::filesystem::path screenMap)
        : idReader_(idReader),
          printer_(printer),
          ownCard_(ownCard),
          document_(std::move(document)),
          screenMap_(std::move(screenMap)) {}

    void greet() const;
    // Looks at the screen and at the console; never waits.
    void turn();
    bool wantsToEnd() const { return wantsToEnd_; }

  private:
    void handsFollowScreen();
    void ownCardFollowsScreen(Duration shown);
    void listenToConsole();
    void obey(const std::string& word);

    ReaderEngine& idReader_;
    PrinterEngine& printer_;
    OwnCard* ownCard_;
    Document document_;
    std::filesystem::path screenMap_;
    SystemClock clock_;
    std::string screen_;
    Instant since_{};
    std::string typed_;
    bool byThemselves_ = true;
    bool wantsToEnd_ = false;
};

}  // namespace liqu::world
