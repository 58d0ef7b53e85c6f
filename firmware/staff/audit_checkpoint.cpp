#include "firmware/staff/audit_checkpoint.hpp"

#include <charconv>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/security/sm3.hpp"

namespace liqu::staff {
namespace {

constexpr std::string_view head = "LIQU-AUDIT/1";
constexpr std::size_t longestText = 1024;
constexpr std::size_t longestTerminal = 40;
constexpr std::size_t hexDigits = 64;
// Without those that are read one for the other.
constexpr std::string_view alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
static_assert(alphabet.size() == 32);

tl::unexpected<Error> notOne(const std::string& why) {
    return fail(ErrorCode::configBadValue, "checkpoint: " + why);
}

std::vector<std::string_view> wordsIn(std::string_view text) {
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t space = text.find(' ');
        words.push_back(text.substr(0, space));
        if (space == text.npos) return words;
        text.remove_prefix(space + 1);
    }
}

Result<std::int64_t> numberIn(std::string_view word, const char* name) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc() && end == word.data() + word.size() && number >= 0) return number;
    return notOne(std::string(name) + " is no number");
}

bool isHex(std::string_view word, std::size_t digits = hexDigits) {
    return word.size() == digits && word.find_first_not_of("0123456789ABCDEF") == word.npos;
}

}  // namespace

std::string signedText(const Checkpoint& checkpoint) {
    return std::string(head) + " " + checkpoint.terminal + " " +
           std::to_string(checkpoint.at.time_since_epoch().count()) + " " +
           std::to_string(checkpoint.lines) + " " +
           (checkpoint.mac.empty() ? "-" : checkpoint.mac) + " " + checkpoint.digest + " " +
           std::to_string(checkpoint.move) + " " + std::to_string(checkpoint.terminalSeq);
}

Result<void> sign(Checkpoint& checkpoint, ports::Signer& signer) {
    checkpoint.signature = toHex(TRY(signer.sign(bytesOf(signedText(checkpoint)))));
    return {};
}

std::string textOf(const Checkpoint& checkpoint) {
    return signedText(checkpoint) + " " +
           (checkpoint.signature.empty() ? "-" : checkpoint.signature);
}

Result<Checkpoint> parseCheckpoint(std::string_view text) {
    if (text.size() > longestText) return notOne("it is too long");
    const auto words = wordsIn(text);
    if (words.front() != head) return notOne("it does not begin with " + std::string(head));
    if (words.size() != 9) return notOne("it has not nine words");
    Checkpoint checkpoint;
    checkpoint.terminal = words[1];
    if (words[1].empty() || words[1].size() > longestTerminal) return notOne("no terminal");
    checkpoint.at = WallTime{std::chrono::milliseconds{TRY(numberIn(words[2], "at"))}};
    checkpoint.lines = TRY(numberIn(words[3], "lines"));
    if (checkpoint.lines == 0) return notOne("it is of no line");
    if (words[4] != "-") checkpoint.mac = words[4];
    if (words[4] != "-" && !isHex(words[4])) return notOne("its mac is none");
    checkpoint.digest = words[5];
    if (!isHex(words[5])) return notOne("its digest is none");
    checkpoint.move = TRY(numberIn(words[6], "move"));
    checkpoint.terminalSeq = TRY(numberIn(words[7], "terminalSeq"));
    if (words[8] != "-") checkpoint.signature = words[8];
    if (words[8] != "-" && !isHex(words[8], 2 * hexDigits)) return notOne("its signature is none");
    return checkpoint;
}

std::string lettersOf(const Checkpoint& checkpoint) {
    const auto digest =
        security::sm3(bytesOf(checkpoint.terminal + " " + std::to_string(checkpoint.lines) + " " +
                              checkpoint.digest + " " + checkpoint.mac));
    std::string letters;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i > 0 && i % 4 == 0) letters += '-';
        letters += alphabet[digest[i] % alphabet.size()];
    }
    return letters;
}

}  // namespace liqu::staff
