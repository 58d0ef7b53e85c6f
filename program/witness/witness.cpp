#include "program/witness/witness.hpp"

#include <algorithm>

#include "firmware/base/bytes.hpp"

namespace liqu::witness {
namespace {

using staff::Checkpoint;

class Walk {
  public:
    Walk(const Record& record, const std::vector<Checkpoint>& checkpoints,
         const std::vector<FirstKey>& keys)
        : record_(record), checkpoints_(checkpoints), keys_(keys) {}

    std::optional<WrongLine> run() {
        for (const WitnessedLine& line : record_.lines) {
            const std::string why = whatIsWrongWith(line);
            if (!why.empty()) return wrong(why);
            if (auto missed = meetCheckpoint(line)) return missed;
            digest_ = line.sealed.digest;
            mac_ = line.sealed.mac;
            ++expected_;
        }
        if (next_ == checkpoints_.size()) return std::nullopt;
        return wrong("missing, and what follows up to line " +
                     std::to_string(checkpoints_.back().lines));
    }

  private:
    WrongLine wrong(const std::string& why) const {
        return {expected_, next_ == 0 ? 1 : checkpoints_[next_ - 1].lines + 1, why};
    }

    std::string whatIsWrongWith(const WitnessedLine& line) {
        const staff::SealedLine& sealed = line.sealed;
        if (sealed.line.line != expected_) {
            return "it is missing, or not in its place: line " + std::to_string(sealed.line.line) +
                   " stands there";
        }
        if (sealed.digest != staff::digestOf(sealed.line, digest_))
            return "its digest does not follow from its words and the line before";
        if (!booksFit(line)) return "the moves and ends of orders it saw are others";
        if (macFits(sealed)) return "";
        return sealed.mac.empty() ? "it has no mac" : "its mac is not of its key";
    }

    bool booksFit(const WitnessedLine& line) {
        const auto seen = staff::BooksSeen::parse(line.sealed.line.books);
        if (!seen) return line.sealed.line.books.empty() && line.books.empty();
        staff::BooksDigest digest;
        for (const BooksRow& row : line.books) digest.add(row.fields);
        return digest.text() == seen->digest;
    }

    bool macFits(const staff::SealedLine& sealed) {
        while (nextKey_ < keys_.size() && keys_[nextKey_].line <= expected_)
            key_ = keys_[nextKey_++].key;
        if (nextKey_ == 0) return true;
        const std::string mac = staff::macOf(key_, sealed.line, mac_);
        key_ = staff::keyAfter(key_);
        return equalInConstantTime(bytesOf(mac), bytesOf(sealed.mac));
    }

    // Digests alone can be made anew by anybody: between two checkpoints they say no more than
    // that.
    std::optional<WrongLine> meetCheckpoint(const WitnessedLine& line) {
        if (next_ == checkpoints_.size() || checkpoints_[next_].lines != expected_)
            return std::nullopt;
        const Checkpoint& kept = checkpoints_[next_];
        const auto seen = staff::BooksSeen::parse(line.sealed.line.books);
        const bool same = kept.digest == line.sealed.digest && kept.mac == line.sealed.mac &&
                          (!seen || seen->move == kept.move);
        if (!same) return wrong("it is not what was witnessed there");
        ++next_;
        return std::nullopt;
    }

    const Record& record_;
    const std::vector<Checkpoint>& checkpoints_;
    const std::vector<FirstKey>& keys_;
    std::size_t nextKey_ = 0;
    SecretBytes key_;
    std::string digest_;
    std::string mac_;
    std::int64_t expected_ = 1;
    std::size_t next_ = 0;
};

Result<void> agreeAmongThemselves(const Record& record, std::vector<Checkpoint>& checkpoints) {
    std::ranges::stable_sort(checkpoints, {}, &Checkpoint::lines);
    for (const Checkpoint& one : checkpoints) {
        if (one.terminal == record.terminal) continue;
        return fail(ErrorCode::configBadValue, "a checkpoint is of terminal " + one.terminal +
                                                   ", the record of " + record.terminal);
    }
    const auto contradict = [](const Checkpoint& one, const Checkpoint& other) {
        const bool samePlace = one.lines == other.lines;
        return samePlace && (one.digest != other.digest || one.mac != other.mac);
    };
    const auto pair = std::ranges::adjacent_find(checkpoints, contradict);
    if (pair != checkpoints.end()) {
        return fail(
            ErrorCode::configBadValue,
            "two checkpoints of line " + std::to_string(pair->lines) + " contradict each other");
    }
    const auto same = [](const Checkpoint& one, const Checkpoint& other) {
        return one.lines == other.lines;
    };
    checkpoints.erase(std::unique(checkpoints.begin(), checkpoints.end(), same), checkpoints.end());
    return {};
}

}  // namespace

Result<Verdict> verify(const Record& record, std::vector<Checkpoint> checkpoints,
                       std::vector<FirstKey> keys) {
    TRY(agreeAmongThemselves(record, checkpoints));
    std::ranges::stable_sort(keys, {}, &FirstKey::line);
    for (const FirstKey& key : keys) {
        if (key.terminal == record.terminal) continue;
        return fail(ErrorCode::configBadValue,
                    "a key is of terminal " + key.terminal + ", the record of " + record.terminal);
    }
    Verdict verdict;
    verdict.lines = static_cast<std::int64_t>(record.lines.size());
    const std::int64_t newest = checkpoints.empty() ? 0 : checkpoints.back().lines;
    verdict.witnessed = std::min(verdict.lines, newest);
    verdict.unwitnessed = verdict.lines - verdict.witnessed;
    verdict.wrong = Walk(record, checkpoints, keys).run();
    return verdict;
}

}  // namespace liqu::witness
