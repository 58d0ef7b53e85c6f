#include "firmware/session/staff_causes.hpp"

#include <array>

namespace liqu::session {
namespace {

// {a} to {f} are told, {*} is not: a place, a condition, advice for the command line.
// What says more stands before what says less.
constexpr auto causes = std::to_array<CausePattern>(
    {{"the books have a card at {*}", "staff.cause.card-inside"},
     {"an order is open in the machine", "staff.cause.order-open"},
     {"a jam is being cleared", "staff.cause.jam-open"},
     {"the number of the paper is needed: {*}", "staff.cause.paper-number"},
     {"{a} has no card in the books", "staff.cause.no-card-booked"},
     {"{a} is at {*} and waits for nobody", "staff.cause.waits-for-nobody"},
     {"{a} is finished: the bank keeps it for its holder", "staff.cause.bank-keeps"},
     {"{a} is {*}, not finished", "staff.cause.not-finished"},
     {"{a} lies in the hold bin; it goes into the cabinet first", "staff.cause.cabinet-first"},
     {"{a} waits for its holder for {b} months", "staff.cause.waits-months"},
     {"{a} waits in the hold bin for {b} days first", "staff.cause.waits-days"},
     {"{a} waits for nobody in hold bin or cabinet", "staff.cause.no-one-waits"},
     {"{a} was not refused by the province", "staff.cause.not-refused"},
     {"{a} is not with the bank for its holder", "staff.cause.not-for-holder"},
     {"{a} is not with the bank", "staff.cause.bank-not-there"},
     {"{a} did not go back because nobody fetched it", "staff.cause.other-return"},
     {"{a} was delivered a second time already", "staff.cause.second-over"},
     {"{a} went back too long ago; the province cancels it", "staff.cause.too-long-ago"},
     {"{a}: its holder has asked for another card here since", "staff.cause.later-card"},
     {"say what is wrong with {a}", "staff.cause.say-wrong"},
     {"{a} waits for no confirmation", "staff.cause.no-confirmation"},
     {"whoever took a wrong card back does not confirm it", "staff.cause.own-confirmation"},
     {"{a} lies at {*}; nobody can bring it", "staff.cause.not-brought"},
     {"{a}: somebody else does not fetch a card here with this paper",
      "staff.cause.no-agent-paper"},
     {"{a}: the age of its holder is not known", "staff.cause.holder-age"},
     {"the collector's document must be there", "staff.cause.collector-document"},
     {"{a}: its holder is here in person", "staff.cause.holder-himself"},
     {"whoever fetches a card for somebody does not hand it over", "staff.cause.own-collector"},
     {"{a} is in its first delivery", "staff.cause.first-delivery"},
     {"{a} goes to nobody: the province says that its holder is dead", "staff.cause.holder-dead"},
     {"{a}: {*} is still in the queue; send it first", "staff.cause.still-in-queue"},
     {"today is closed; what was moved since belongs to {a} and is counted then",
      "staff.cause.belongs-to"},
     {"{a} came without a box; put it into a lane or into the reject bin", "staff.cause.boxless"},
     {"{a}: the province has not taken in {*}; send the queue again first",
      "staff.cause.not-taken-in"},
     {"{*} is not emptied as a whole: its cards wait for their holders", "staff.cause.held-wait"},
     {"{*} has a card more, and cards are missing by their number", "staff.cause.more-unnamed"},
     {"a box number has 1 to 40 capital letters, digits or '-'", "staff.cause.box-sign"},
     {"session {a} at lane {b} has no end yet; end or undo it first", "staff.cause.session-open"},
     {"a card of lane {a} left without being read; name it first", "staff.cause.left-unread"},
     {"{*} was counted by two already; a recount opens it again", "staff.cause.counted-by-two"},
     {"the identity must be checked and the holder must sign", "staff.cause.must-sign"},
     {"every card at {*} is known by its number; say which one", "staff.cause.by-number"},
     {"badge {a} is named twice; a second person must be there", "staff.cause.named-twice"},
     {"the cards of box {a} have numbers; say which one it is", "staff.cause.box-numbers"},
     {"box {a} has {b} cards in the vault; say how many of them", "staff.cause.box-has"},
     {"a card of the vault was missed by its count only; {*}", "staff.cause.vault-unnamed"},
     {"a found card goes into a lane, a bin or the vault", "staff.cause.where-found"},
     {"the day is not frozen; freeze it before counting", "staff.cause.not-frozen"},
     {"{a} counted, not what this session is to move; {*}", "staff.cause.session-count"},
     {"the two numbers do not belong to one series", "staff.cause.one-series"},
     {"something differs; count those places again", "staff.cause.count-again"},
     {"day {a} is closed, and nothing was moved since", "staff.cause.closed-unmoved"},
     {"a card is in the transport or at the mouth", "staff.cause.on-its-way"},
     {"the cards of session {a} were not counted yet", "staff.cause.session-uncounted"},
     {"lane {a} holds cards of {b}, {c}; unload them first", "staff.cause.lane-holds"},
     {"everything is equal; the day can be closed", "staff.cause.all-equal"},
     {"a card number has letters and digits only", "staff.cause.letters-digits"},
     {"reports of the day are still in the queue", "staff.cause.still-queued"},
     {"{a} is {*}; put it into a bin and count {*} again", "staff.cause.put-in-bin"},
     {"box {a} is {*}; it must be opened by two first", "staff.cause.box-unopened"},
     {"{a} cards are not what the books say of {*}", "staff.cause.bin-count"},
     {"{a} has no finished card that waits for its holder", "staff.cause.not-held"},
     {"box {a} is of region {b}, this machine of {c}", "staff.cause.box-region"},
     {"{a} is {*}; a touched card goes into a bin", "staff.cause.touched-card"},
     {"the check character is a digit or X", "staff.cause.check-sign"},
     {"the pick-up code is not the one of {a}", "staff.cause.other-code"},
     {"{*} has room for {a} more cards, not for {b}", "staff.cause.room"},
     {"lane {a} is stopped: a card may have left it unseen; count the day",
      "staff.cause.lane-in-doubt"},
     {"{a} is in the books already, at {*}, box {b}", "staff.cause.known-at-box"},
     {"{a} has counted {*}; a second person must", "staff.cause.has-counted"},
     {"more numbers than cards were typed", "staff.cause.more-numbers"},
     {"a card number starts with a letter", "staff.cause.letter-first"},
     {"not every place was counted by two", "staff.cause.two-count"},
     {"box {a} has no such card in the vault", "staff.cause.no-such-card-in-box"},
     {"the last number is below the first", "staff.cause.reversed"},
     {"freeze the day and count it first", "staff.cause.freeze-first"},
     {"{*} is missing or has a strange sign", "staff.cause.label-sign"},
     {"the load has no card at position {a}", "staff.cause.no-position"},
     {"{a} is at {*}, where no card is missing", "staff.cause.none-missing"},
     {"{a} is another card's number already", "staff.cause.number-of-other"},
     {"{a} to {b} are {c} cards, the label says {d}", "staff.cause.label-range"},
     {"a range has at most 10,000 cards", "staff.cause.range-most"},
     {"a card of the vault is missing: {*}", "staff.cause.vault-less"},
     {"what is at {*} is not counted here", "staff.cause.not-counted-here"},
     {"{a} does not lie in the hold bin; {*}", "staff.cause.not-in-hold"},
     {"box {a}: this region has no bank {b}", "staff.cause.box-bank"},
     {"a card number has 9 characters", "staff.cause.nine-signs"},
     {"this machine writes no reports", "staff.cause.no-reports"},
     {"lane {a} is for {b}, {c}; box {d} is of {e}, {f}", "staff.cause.lane-bank"},
     {"box {a} has no cards in the vault", "staff.cause.box-empty"},
     {"a box holds 1 to {a} cards, not {b}", "staff.cause.box-capacity"},
     {"a card more is in the vault: {*}", "staff.cause.vault-more"},
     {"{*} has no card without a number", "staff.cause.no-nameless"},
     {"{a} is in the books already, at {*}", "staff.cause.known"},
     {"box {a} came with another seal; {*}", "staff.cause.other-seal"},
     {"{a} has a wrong check character", "staff.cause.check-wrong"},
     {"say why: a reason is needed", "staff.cause.say-why"},
     {"no box {a} was received here", "staff.cause.box-unknown"},
     {"box {a} was received already", "staff.cause.received-already"},
     {"a number was typed twice", "staff.cause.typed-twice"},
     {"the day is being counted", "staff.cause.counting"},
     {"another person's ID card", "staff.cause.other-id-card"},
     {"{a} does not wait for staff", "staff.cause.not-waiting"},
     {"no day is being counted", "staff.cause.not-counting"},
     {"box {a} has all its cards", "staff.cause.box-whole"},
     {"day {a} is frozen already", "staff.cause.frozen-already"},
     {"the books have no day {a}", "staff.cause.no-day"},
     {"nothing is mounted at {*}", "staff.cause.no-stick"},
     {"day {a} is being counted", "staff.cause.being-counted"},
     {"day {a} was not closed; {*}", "staff.cause.unclosed"},
     {"{*} takes {a} cards at most", "staff.cause.takes"},
     {"{a} is not in the books", "staff.cause.not-in-books"},
     {"session {a} is {*} already", "staff.cause.session-done"},
     {"recount {*} by number: {*}", "staff.cause.recount"},
     {"{a} came with no box", "staff.cause.no-box"},
     {"{a} was never loaded", "staff.cause.never-loaded"},
     {"there is no lane {a}", "staff.cause.no-lane"},
     {"{*} has no such card", "staff.cause.no-such-card"},
     {"box {a} is {*} already", "staff.cause.box-already"},
     {"no card is named", "staff.cause.none-named"},
     {"{a} was never here", "staff.cause.never-here"},
     {"lane {a} is empty", "staff.cause.lane-empty"},
     {"{a} came out, and the books have {b} inside", "staff.cause.other-inside"},
     {"{a} did not come out of the path: it is at {*}", "staff.cause.not-of-path"},
     {"{a} is at {*}, box {b}", "staff.cause.at-box"},
     {"{a} is not at {*}", "staff.cause.not-there"},
     {"{*} is empty", "staff.cause.place-empty"}});

constexpr std::string_view ends = "}";

struct Match {
    bool whole = false;
    std::vector<std::pair<std::string, std::string>> values;
};

Match match(std::string_view cause, std::string_view pattern) {
    Match found;
    while (true) {
        const std::size_t open = pattern.find('{');
        const std::string_view words = pattern.substr(0, open);
        if (!cause.starts_with(words)) return {};
        cause.remove_prefix(words.size());
        if (open == std::string_view::npos) break;
        const std::string name(pattern.substr(open + 1, pattern.find(ends, open) - open - 1));
        pattern.remove_prefix(pattern.find(ends, open) + 1);
        const std::string_view until = pattern.substr(0, pattern.find('{'));
        const std::size_t end = until.empty() ? cause.size() : cause.find(until);
        if (end == std::string_view::npos || end == 0) return {};
        if (name != "*") found.values.emplace_back(name, std::string(cause.substr(0, end)));
        cause.remove_prefix(end);
    }
    found.whole = cause.empty();
    return found;
}

}  // namespace

std::span<const CausePattern> causePatterns() {
    return causes;
}

std::optional<screen::Phrase> causeWords(std::string_view cause) {
    for (const CausePattern& row : causes) {
        Match found = match(cause, row.pattern);
        if (found.whole) return screen::Phrase{std::string(row.key), std::move(found.values)};
    }
    return std::nullopt;
}

}  // namespace liqu::session
