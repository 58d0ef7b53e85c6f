#include "tests/audit/attack.hpp"

namespace liqu::proof {
namespace {

using witness::Record;
using witness::WitnessedLine;

class Attacker {
  public:
    Attacker(const Recorded& honest, SeededRandom& random)
        : honest_(honest), random_(random), record_(honest.record) {}

    Tampered carryOut(Attack attack) {
        switch (attack) {
            case Attack::change:
                touched_ = anyLine();
                change();
                break;
            case Attack::drop:
                touched_ = anyLine(1);
                record_.lines.erase(record_.lines.begin() + touched_ - 1);
                break;
            case Attack::swap:
                touched_ = anyLine(1);
                swap();
                break;
            case Attack::cut:
            case Attack::restoreOldCopy:
                cut();
                break;
            case Attack::cutAndContinue:
                cut();
                goOn(honest_.keyFound);
                break;
            case Attack::rewrite:
                rewrite();
                break;
            case Attack::continueOldCopy:
                cut();
                goOn(keyOf(touched_));
                break;
        }
        return {std::move(record_), touched_};
    }

  private:
    std::int64_t size() const { return static_cast<std::int64_t>(record_.lines.size()); }
    // Not among the last `without`.
    std::int64_t anyLine(std::int64_t without = 0) {
        return 1 + static_cast<std::int64_t>(
                       random_.below(static_cast<std::uint64_t>(size() - without)));
    }
    WitnessedLine& at(std::int64_t line) {
        return record_.lines[static_cast<std::size_t>(line - 1)];
    }

    SecretBytes keyOf(std::int64_t line) {
        SecretBytes key = honest_.firstKey.key;
        for (std::int64_t i = 1; i < line; ++i) key = staff::keyAfter(key);
        return key;
    }

    void change() {
        WitnessedLine& chosen = at(touched_);
        staff::AuditLine& line = chosen.sealed.line;
        switch (random_.below(6)) {
            case 0:
                line.actor += "9";
                break;
            case 1:
                line.second = line.second.empty() ? "2002" : "";
                break;
            case 2:
                line.at += std::chrono::milliseconds{1 + random_.below(1000)};
                break;
            case 3:
                // The words in between say the same together.
                line.object = line.act.back() + line.object;
                line.act.pop_back();
                break;
            case 4:
                if (!chosen.books.empty()) {
                    chosen.books.front().fields.at(2) += "x";
                    break;
                }
                line.books += "0";
                break;
            default:
                line.object = "hopper-9";
        }
    }

    // Each keeps its number, so that the count looks right.
    void swap() {
        WitnessedLine& one = at(touched_);
        WitnessedLine& other = at(touched_ + 1);
        std::swap(one, other);
        std::swap(one.sealed.line.line, other.sealed.line.line);
    }

    void cut() {
        touched_ = anyLine();
        record_.lines.resize(static_cast<std::size_t>(touched_ - 1));
    }

    // New lines as the machine would write them, with a key that was found.
    void goOn(SecretBytes key) {
        const auto more = static_cast<std::int64_t>(
            random_.below(honest_.record.lines.size() - record_.lines.size() + 3));
        std::string books = size() == 0 ? std::string("0/0/") : at(size()).sealed.line.books;
        if (const auto seen = staff::BooksSeen::parse(books))
            books = staff::BooksSeen{seen->move, seen->end, ""}.text();
        for (std::int64_t i = 0; i < more; ++i) {
            WitnessedLine line;
            line.sealed.line = {size() + 1, honest_.record.lines.back().sealed.line.at,
                                "1009",     "",
                                "sign-in",  std::to_string(i),
                                books};
            record_.lines.push_back(line);
            seal(size(), key);
            key = staff::keyAfter(key);
        }
    }

    void seal(std::int64_t line, const SecretBytes& key) {
        const std::string digest = line == 1 ? "" : at(line - 1).sealed.digest;
        const std::string mac = line == 1 ? "" : at(line - 1).sealed.mac;
        staff::SealedLine& sealed = at(line).sealed;
        sealed.digest = staff::digestOf(sealed.line, digest);
        sealed.mac = staff::macOf(key, sealed.line, mac);
    }

    void rewrite() {
        touched_ = anyLine(1);
        switch (random_.below(4)) {
            case 0:
                record_.lines.erase(record_.lines.begin() + touched_ - 1);
                break;
            case 1:
                record_.lines.insert(record_.lines.begin() + touched_ - 1, at(touched_));
                at(touched_).sealed.line.object = "put in";
                at(touched_).books.clear();
                break;
            case 2:
                swap();
                break;
            default:
                change();
        }
        const bool evolves = random_.below(2) == 0;
        SecretBytes key = honest_.keyFound;
        for (std::int64_t line = touched_; line <= size(); ++line) {
            at(line).sealed.line.line = line;
            putBooksRight(line);
            seal(line, key);
            if (evolves) key = staff::keyAfter(key);
        }
    }

    void putBooksRight(std::int64_t line) {
        staff::AuditLine& words = at(line).sealed.line;
        staff::BooksSeen seen = staff::BooksSeen::parse(words.books).value_or(staff::BooksSeen{});
        staff::BooksDigest digest;
        for (const witness::BooksRow& row : at(line).books) digest.add(row.fields);
        seen.digest = digest.text();
        words.books = seen.text();
    }

    const Recorded& honest_;
    SeededRandom& random_;
    Record record_;
    std::int64_t touched_ = 0;
};

}  // namespace

Tampered tamper(const Recorded& honest, Attack attack, SeededRandom& random) {
    return Attacker(honest, random).carryOut(attack);
}

}  // namespace liqu::proof
