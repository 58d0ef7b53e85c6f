#include "tests/unit/house/references.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

namespace liqu::house {
namespace {

const std::string decisionsPage = "docs/decisions.md";
const std::string rulesPage = "docs/rules.md";

bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}
bool isLetter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool isPathCharacter(char c) {
    return isDigit(c) || isLetter(c) || c == '_' || c == '-' || c == '.' || c == '/';
}

// One line of a whole text: where a line ends there is one space, without the marks of a comment.
std::string flowing(const std::string& text) {
    std::string flow;
    flow.reserve(text.size());
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::size_t begin = line.find_first_not_of(" \t");
        if (begin == std::string::npos) continue;
        if (line.compare(begin, 2, "//") == 0) begin += 2;
        while (begin < line.size() && (line[begin] == '#' || line[begin] == ' ')) ++begin;
        flow.append(line, begin);
        while (!flow.empty() && flow.back() == ' ') flow.pop_back();
        flow += ' ';
    }
    return flow;
}

std::set<std::string> headingsOf(const std::string& page) {
    std::set<std::string> headings;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t begin = line.find_first_not_of('#');
        if (begin == 0 || begin == std::string::npos || line[begin] != ' ') continue;
        headings.insert(line.substr(begin + 1));
    }
    return headings;
}

// A place in a flowing text, and what is read there.
class Reading {
  public:
    Reading(std::string_view text, std::size_t at) : text_(text), at_(at) {}
    bool skip(std::string_view word) {
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }
    std::optional<int> number() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && at_ - begin < 6 && isDigit(text_[at_])) ++at_;
        if (begin == at_) return std::nullopt;
        return std::stoi(std::string(text_.substr(begin, at_ - begin)));
    }
    // Behind a separator; nothing is read where no number follows it.
    std::optional<int> nextOf(std::initializer_list<std::string_view> separators) {
        for (const std::string_view separator : separators) {
            const std::size_t before = at_;
            if (skip(separator)) {
                if (const auto found = number()) return found;
            }
            at_ = before;
        }
        return std::nullopt;
    }
    // ("4)" of Art.36(4) and the like.)
    void skipParagraphs() {
        while (skip("(")) {
            number();
            if (!skip(")")) return;
            number();
        }
    }
    std::optional<std::string> quoted(std::initializer_list<std::string_view> separators) {
        for (const std::string_view separator : separators) {
            const std::size_t begin = at_ + separator.size();
            if (text_.substr(at_, separator.size()) != separator) continue;
            const std::size_t end = text_.find('"', begin);
            if (end == std::string_view::npos) return std::nullopt;
            at_ = end + 1;
            return std::string(text_.substr(begin, end - begin));
        }
        return std::nullopt;
    }

  private:
    std::string_view text_;
    std::size_t at_;
};

class Scanner {
  public:
    Scanner(const std::string& path, const std::string& text, const Files& tree)
        : path_(path), flow_(flowing(text)), tree_(tree) {
        decisions();
        articles();
        pages();
        if (path.starts_with("docs/") || path.starts_with("hardware-notes/")) files();
        otherDocuments();
    }
    const std::vector<std::string>& dangling() const { return dangling_; }
    std::size_t seen() const { return seen_; }

  private:
    void report(const std::string& what) { dangling_.push_back(path_ + ": " + what); }
    char before(std::size_t at) const { return at == 0 ? ' ' : flow_[at - 1]; }
    std::set<std::string> headings(const std::string& page) const {
        const auto found = tree_.find(page);
        return found == tree_.end() ? std::set<std::string>{} : headingsOf(found->second);
    }

    // "decision 17", "decisions 5, 6", "decisions 1–9".
    void decisions() {
        const std::string word = "ecision";
        for (std::size_t at = flow_.find(word); at != std::string::npos;
             at = flow_.find(word, at + 1)) {
            const char first = before(at);
            if ((first != 'd' && first != 'D') || (at > 1 && isLetter(flow_[at - 2]))) continue;
            Reading reading(flow_, at + word.size());
            const bool many = reading.skip("s");
            if (!reading.skip(" ")) continue;
            for (auto next = reading.number(); next;) {
                decision(*next);
                if (!many) break;
                if (const auto last = reading.nextOf({"–"})) {
                    for (int each = *next + 1; each <= *last; ++each) decision(each);
                }
                next = reading.nextOf({", ", " and "});
            }
        }
    }
    void decision(int number) {
        ++seen_;
        const std::string begin = std::to_string(number) + ". ";
        for (const std::string& heading : headings(decisionsPage)) {
            if (heading.starts_with(begin)) return;
        }
        report("decision " + std::to_string(number) + " is not in " + decisionsPage);
    }

    // "Guangdong Art.36", "Guangdong Art.12, 14", "Art.32(1)2" behind one that was named.
    // Shangluo's are always named.
    void articles() {
        const std::string word = "Art.";
        for (std::size_t at = flow_.find(word); at != std::string::npos;
             at = flow_.find(word, at + 1)) {
            Reading reading(flow_, at + word.size());
            auto next = reading.number();
            if (!next) continue;
            if (at > 1 && before(at) == ' ' && isDigit(flow_[at - 2])) {
                report("an article of a regulation without a name");
            }
            const std::string of = endsAt(at, "Shangluo Window ") ? "Shangluo Window "
                                   : endsAt(at, "Shangluo ")      ? "Shangluo "
                                                                  : "";
            while (next) {
                article(of + "Art." + std::to_string(*next));
                reading.skipParagraphs();
                next = reading.nextOf({", "});
            }
        }
    }
    bool endsAt(std::size_t at, std::string_view words) const {
        return std::string_view(flow_).substr(0, at).ends_with(words);
    }
    void article(const std::string& name) {
        ++seen_;
        for (const std::string& heading : headings(rulesPage)) {
            if (heading.starts_with(name + ":")) return;
        }
        report(name + " is not in " + rulesPage);
    }

    // The path of a page, and the headings in quotes behind it.
    void pages() {
        const std::string suffix = ".md";
        for (std::size_t at = flow_.find(suffix); at != std::string::npos;
             at = flow_.find(suffix, at + 1)) {
            const std::size_t end = at + suffix.size();
            if (end < flow_.size() && (isLetter(flow_[end]) || isDigit(flow_[end]))) continue;
            std::size_t begin = at;
            while (begin > 0 && isPathCharacter(flow_[begin - 1])) --begin;
            // No name, or the end of an address of the net.
            if (begin == at || before(begin) == ':') continue;
            page(flow_.substr(begin, end - begin), end);
        }
    }
    void page(const std::string& name, std::size_t end) {
        ++seen_;
        const std::optional<std::string> found = pageNamed(name);
        if (!found) return report(name + " is not in the tree");
        const auto known = headings(*found);
        Reading reading(flow_, end);
        reading.skip(")");
        while (const auto heading = reading.quoted({", \"", " and \""})) {
            if (!known.contains(*heading)) report(*found + " has no \"" + *heading + "\"");
        }
    }
    // From the root, or from the folder of the file that names it.
    std::optional<std::string> pageNamed(const std::string& name) const {
        namespace fs = std::filesystem;
        const std::string fromRoot = name.substr(name.find_first_not_of('/'));
        for (const fs::path& path : {fs::path(fromRoot), fs::path(path_).parent_path() / name}) {
            std::string normal = path.lexically_normal().string();
            if (tree_.contains(normal)) return normal;
        }
        return std::nullopt;
    }

    // A page names files of the tree in backticks, by their whole path or beside one that it named.
    void files() {
        std::size_t begin = flow_.find('`');
        while (begin != std::string::npos) {
            const std::size_t end = flow_.find('`', begin + 1);
            if (end == std::string::npos) return;
            file(flow_.substr(begin + 1, end - begin - 1));
            begin = flow_.find('`', end + 1);
        }
    }
    void file(const std::string& name) {
        const bool source = name.ends_with(".hpp") || name.ends_with(".cpp");
        if (!source && !name.ends_with(".toml") && !name.ends_with(".sh")) return;
        ++seen_;
        const bool known = std::ranges::any_of(tree_, [&name](const auto& entry) {
            return entry.first == name || entry.first.ends_with("/" + name);
        });
        if (!known) report(name + " is not in the tree");
    }

    // What lies outside of the tree. Words in two parts, so that this file does not find itself.
    void otherDocuments() {
        static const std::array words{std::string("rul") + "ing", std::string("rese") + "arch"};
        std::string lower = flow_;
        std::ranges::transform(lower, lower.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        for (const std::string& word : words) {
            for (std::size_t at = lower.find(word); at != std::string::npos;
                 at = lower.find(word, at + 1)) {
                if (!isLetter(before(at))) report("says " + word);
            }
        }
        // A number of a section says nothing without its document.
        const std::string section = "§";
        for (std::size_t at = flow_.find(section); at != std::string::npos;
             at = flow_.find(section, at + 1)) {
            const std::size_t end = at + section.size();
            if (end >= flow_.size() || !isDigit(flow_[end])) continue;
            const std::string ahead =
                flow_.substr(at < 12 ? 0 : at - 12, std::min<std::size_t>(at, 12));
            if (ahead.find("RFC ") == std::string::npos) report("a section of no document");
        }
    }

    std::string path_;
    std::string flow_;
    const Files& tree_;
    std::vector<std::string> dangling_;
    std::size_t seen_ = 0;
};

bool isText(const std::filesystem::path& path) {
    static const std::set<std::string> endings = {"",      ".hpp", ".cpp",  ".def",   ".md",
                                                  ".toml", ".txt", ".sh",   ".cmake", ".json",
                                                  ".conf", ".sql", ".rules"};
    return endings.contains(path.extension().string());
}

void addText(Files& files, const std::filesystem::path& root, const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    if (text.str().find('\0') != std::string::npos) return;
    files[std::filesystem::relative(path, root).string()] = text.str();
}

}  // namespace

Files readTexts(const std::string& root) {
    namespace fs = std::filesystem;
    Files files;
    for (const char* folder : {".ci", "cmake", "docs", "drivers", "firmware", "hardware-notes",
                               "kiosk-config", "program", "scripts", "tests", "ui"}) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / folder)) {
            if (entry.is_regular_file() && isText(entry.path())) addText(files, root, entry.path());
        }
    }
    for (const auto& entry : fs::directory_iterator(root)) {
        const bool ours = entry.is_regular_file() && entry.path().filename() != "LICENSE";
        if (ours && isText(entry.path())) addText(files, root, entry.path());
    }
    return files;
}

std::vector<std::string> danglingIn(const std::string& path, const std::string& text,
                                    const Files& tree) {
    return Scanner(path, text, tree).dangling();
}

std::vector<std::string> danglingReferences(const Files& tree) {
    std::vector<std::string> all;
    for (const auto& [path, text] : tree) {
        const auto some = danglingIn(path, text, tree);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

std::size_t referencesIn(const Files& tree) {
    std::size_t count = 0;
    for (const auto& [path, text] : tree) count += Scanner(path, text, tree).seen();
    return count;
}

}  // namespace liqu::house
