#include "tests/world/main/citizen_hands.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "tests/world/main/kiosk_folder.hpp"
#include "tests/world/robot/screen_sight.hpp"

namespace liqu::world {
namespace {

constexpr Duration beforeLayingDown = std::chrono::seconds(3);
constexpr Duration beforeTaking = std::chrono::seconds(5);

}  // namespace

void CitizenHands::greet() const {
    fmt::print(
        "The kiosk is in its window. Touch \"start\" there with the mouse: you are the citizen.\n"
        "Your ID card lays itself down, and the finished card is taken for you.\n"
        "Or type here:  lay   lay down the ID card     lift  take the ID card back\n"
        "               take  take the new card         auto  hands by themselves on or off\n"
        "               quit  end everything\n"
        "Where an attendant is asked for, you are one, too: badge {}, PIN {}.\n",
        attendantNumber, attendantPin);
    if (ownCard_ != nullptr) fmt::print("Your own card puts itself into the slot.\n");
    std::fflush(stdout);
}

void CitizenHands::turn() {
    listenToConsole();
    const auto screen = readScreenMap(screenMap_);
    if (!screen) return;
    if (screen->name != screen_) {
        screen_ = screen->name;
        since_ = clock_.now();
    }
    if (byThemselves_) handsFollowScreen();
}

void CitizenHands::handsFollowScreen() {
    const Duration shown = clock_.now() - since_;
    const bool lies = idReader_.documentLies();
    if (ownCard_ != nullptr) ownCardFollowsScreen(shown);
    if (screen_ == "lay-down-id-card" && !lies && shown > beforeLayingDown) {
        idReader_.layDown(document_);
    } else if (screen_ == "take-card" && shown > beforeTaking) {
        if (printer_.take(clock_.now())) fmt::print("You hold your new card.\n");
        idReader_.lift();
    } else if (lies &&
               (screen_ == "welcome" || screen_ == "problem" || screen_ == "take-id-card")) {
        if (shown > beforeLayingDown) idReader_.lift();
    }
}

void CitizenHands::ownCardFollowsScreen(Duration shown) {
    const bool isAsked = screen_ == "citizens-card" || screen_ == "old-card";
    if (isAsked && !ownCard_->isInSlot() && shown > beforeLayingDown) {
        ownCard_->putIn();
    } else if (screen_ == "take-citizens-card" && shown > beforeLayingDown) {
        ownCard_->takeOut();
    }
}

void CitizenHands::listenToConsole() {
    pollfd console{STDIN_FILENO, POLLIN, 0};
    while (::poll(&console, 1, 0) > 0 && (console.revents & POLLIN) != 0) {
        char letter = 0;
        if (::read(STDIN_FILENO, &letter, 1) != 1) return;
        if (letter != '\n') {
            typed_ += letter;
            continue;
        }
        obey(std::exchange(typed_, {}));
    }
}

void CitizenHands::obey(const std::string& word) {
    if (word == "lay") {
        idReader_.layDown(document_);
    } else if (word == "lift") {
        idReader_.lift();
    } else if (word == "take") {
        const auto card = printer_.take(clock_.now());
        fmt::print("{}\n", card ? "You hold your new card." : "There is no card to take.");
    } else if (word == "auto") {
        byThemselves_ = !byThemselves_;
        fmt::print("Hands by themselves: {}\n", byThemselves_ ? "on" : "off");
    } else if (word == "quit") {
        wantsToEnd_ = true;
    } else if (!word.empty()) {
        fmt::print("lay, lift, take, auto or quit\n");
    }
    std::fflush(stdout);
}

}  // namespace liqu::world
