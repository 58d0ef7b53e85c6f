#include "tests/conformance/report.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace liqu::conformance {

bool Report::check(std::string_view subject, std::string_view claim, const Wrong& wrong) {
    if (wrong) {
        failures_.push_back(fmt::format("{}: {}", subject, claim));
    } else {
        ++held_;
    }
    say(wrong ? "failed" : "held", subject, claim, wrong.value_or(""));
    return !wrong;
}

void Report::notClaimed(std::string_view subject, std::string_view claim) {
    ++notClaimed_;
    say("not claimed", subject, claim, "");
}

void Report::notTried(std::string_view subject, std::string_view why) {
    untried_.emplace_back(subject);
    say("not tried", subject, why, "");
}

bool Report::names(std::string_view subject) const {
    return std::ranges::find(subjects_, subject) != subjects_.end();
}

std::string Report::lastLine() const {
    const auto failed = static_cast<int>(failures_.size());
    return fmt::format("claims={} held={} failed={} not-claimed={}", held_ + failed + notClaimed_,
                       held_, failed, notClaimed_);
}

void Report::say(std::string_view finding, std::string_view subject, std::string_view claim,
                 std::string_view why) {
    subjects_.emplace_back(subject);
    say_(fmt::format("{:<11}  {:<18}  {}{}{}", finding, subject, claim, why.empty() ? "" : ": ",
                     why));
}

}  // namespace liqu::conformance
