// Touches whatever a page of staff offers and nobody has touched yet, and says which control does
// nothing.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "firmware/screen/action.hpp"
#include "tests/support/controls.hpp"
#include "ui/screens/pages.hpp"

namespace liqu::scenario {

// The page and the control; of a kind of page that asks several questions, each question is one.
using Tried = std::set<std::pair<std::string, test::Control>>;

// From what was touched there is no way back to what was planned.
struct LostTheWay {};

// Goes along with what is planned, and comes back to it where it can.
class ControlExplorer {
  public:
    explicit ControlExplorer(Tried& tried) : tried_(tried) {}

    // What to touch here; none: what is planned.
    std::optional<screen::Action> at(const screen::Screen& screen);
    bool touchedAnything() const { return anything_; }

  private:
    struct Touched {
        std::string question;
        test::Control control;
        std::string looks;
    };
    void judge(const screen::Screen& screen);

    Tried& tried_;
    std::optional<Touched> touched_;
    std::optional<std::string> origin_;  // where the way that was planned was left
    int backs_ = 0;
    bool anything_ = false;
};

}  // namespace liqu::scenario
