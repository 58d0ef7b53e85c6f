// Of which class each text is, and which predicate a text about the world stands for: the rules of
// kiosk-config/strings/truth.toml.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace liqu::truth {

enum class WordClass { world, ask, answer, label };

struct ClassRule {
    std::string pattern;  // "error.20*.what"
    WordClass wordClass = WordClass::label;
    std::string predicate{};  // of class world
};

class WordClasses {
  public:
    void add(ClassRule rule);
    // The rule with the most exact pattern; null where no pattern fits.
    const ClassRule* find(std::string_view key) const;
    const std::vector<ClassRule>& rules() const { return rules_; }

  private:
    std::vector<ClassRule> rules_;
    // In rules_: by the whole name, of the first that has it; and those with a star.
    std::map<std::string, std::size_t, std::less<>> whole_;
    std::vector<std::size_t> patterns_;
};

}  // namespace liqu::truth
