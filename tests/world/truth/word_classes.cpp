#include "tests/world/truth/word_classes.hpp"

namespace liqu::truth {
namespace {

bool fits(std::string_view pattern, std::string_view key) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == key;
    const std::string_view before = pattern.substr(0, star);
    const std::string_view after = pattern.substr(star + 1);
    return key.size() >= before.size() + after.size() && key.starts_with(before) &&
           key.ends_with(after);
}

}  // namespace

void WordClasses::add(ClassRule rule) {
    if (rule.pattern.find('*') == std::string::npos) {
        whole_.try_emplace(rule.pattern, rules_.size());
    } else {
        patterns_.push_back(rules_.size());
    }
    rules_.push_back(std::move(rule));
}

const ClassRule* WordClasses::find(std::string_view key) const {
    // A key by its whole name is more exact than any pattern.
    if (const auto found = whole_.find(key); found != whole_.end()) return &rules_[found->second];
    const ClassRule* best = nullptr;
    for (const std::size_t one : patterns_) {
        const ClassRule& rule = rules_[one];
        if (!fits(rule.pattern, key)) continue;
        if (best == nullptr || rule.pattern.size() > best->pattern.size()) best = &rule;
    }
    return best;
}

}  // namespace liqu::truth
