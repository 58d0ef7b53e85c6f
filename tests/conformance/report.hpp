// What was found of a system, one line for each thing looked at: held, failed with its reason, or
// not claimed, because the adapter or its system says that there is no such thing. A reason has
// codes and names of fields, never a value: what is looked at speaks of persons.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liqu::conformance {

// None: it is as it must be.
using Wrong = std::optional<std::string>;

class Report {
  public:
    using Say = std::function<void(const std::string&)>;
    explicit Report(Say say) : say_(std::move(say)) {}

    // subject: a message's name, or "door".
    bool check(std::string_view subject, std::string_view claim, const Wrong& wrong);
    void notClaimed(std::string_view subject, std::string_view claim);
    // Nothing is known of it; it is counted nowhere.
    void notTried(std::string_view subject, std::string_view why);

    bool holds() const { return failures_.empty() && held_ > 0; }
    bool names(std::string_view subject) const;
    // "LOSS.TEMP: the same key again", as they were found.
    const std::vector<std::string>& failures() const { return failures_; }
    const std::vector<std::string>& untried() const { return untried_; }
    // claims=N held=N failed=N not-claimed=N
    std::string lastLine() const;

  private:
    void say(std::string_view finding, std::string_view subject, std::string_view claim,
             std::string_view why);

    Say say_;
    int held_ = 0;
    int notClaimed_ = 0;
    std::vector<std::string> failures_;
    std::vector<std::string> untried_;
    std::vector<std::string> subjects_;
};

}  // namespace liqu::conformance
