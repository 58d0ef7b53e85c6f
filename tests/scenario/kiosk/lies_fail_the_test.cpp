// A word that is not true fails the test in which it was shown; linked into every scenario program.
#include <doctest/doctest.h>

#include "tests/scenario/kiosk/truth_watch.hpp"

namespace {

const bool wired = [] {
    liqu::scenario::TruthWatch::onLie = [](const std::string& lie) { FAIL_CHECK(lie); };
    return true;
}();

}  // namespace
