#include "firmware/session/staff_counter.hpp"

#include <charconv>

#include "firmware/staff/audit.hpp"

namespace liqu::session {
namespace {

using issuance::TwoPeople;

// For these citizens are told to call somebody, and staff what to do: "staff.error.70105".
bool hasStaffWords(ErrorCode code) {
    const std::uint32_t number = numberOf(code);
    return (number >= numberOf(ErrorCode::cardNotInStock) &&
            number <= numberOf(ErrorCode::dayUnclosed)) ||
           code == ErrorCode::laneStopped || code == ErrorCode::dayFrozen ||
           code == ErrorCode::clockNotTrusted;
}

}  // namespace

std::string titleOf(const staff::Account& account) {
    return account.number + " " + account.name;
}

std::vector<StaffNotice> noticesOf(const Error& error) {
    const std::string number = std::to_string(numberOf(error.code));
    const std::string key = "error." + number;
    std::vector<StaffNotice> notices = {{{key + ".what"}, StaffTone::bad}};
    const bool own = hasStaffWords(error.code);
    notices.push_back({{own ? "staff.error." + number : key + ".next"}, StaffTone::attention});
    // Which number, which lane: technical words, the same in every language.
    notices.push_back({{"staff.code", {{"code", number}, {"cause", error.cause}}}});
    return notices;
}

Words placeWords(const std::string& place) {
    constexpr std::string_view hopper = "hopper-";
    if (place.starts_with(hopper)) {
        return {"staff.place.hopper", {{"lane", place.substr(hopper.size())}}};
    }
    if (place.empty()) return Words::plain("—");
    return {"staff.place." + place};
}

Words timeWords(WallTime at) {
    return Words::plain(formatChinaTime(at).substr(5, 11).replace(5, 1, " "));
}

std::string bankLabel(const std::string& code, const std::string& name) {
    return code + " " + name;
}

Words dayWords(const std::string& day) {
    if (day.size() != 8) return Words::plain(day);
    return Words::plain(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2));
}

StaffWay way(std::string choice, std::string key, bool main) {
    return {std::move(choice), {std::move(key)}, main};
}

std::string rangeText(const std::string& first, const std::string& last) {
    return last.empty() || first == last ? first : first + " … " + last;
}

std::int64_t numberFrom(const Action& typed, std::string_view field) {
    const SecretText entry = typed.entry(field);
    const std::string& text = entry.reveal();
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

std::optional<std::string> askReason(StaffCounter& counter, const std::string& what,
                                     std::initializer_list<const char*> reasons) {
    StaffPageScreen page;
    page.name = "staff-reason";
    page.title = {"staff.reason.for-" + what};
    for (const char* reason : reasons) {
        page.tiles.push_back(way(reason, std::string("staff.reason.") + reason));
    }
    auto chosen = counter.show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return chosen;
}

StaffCounter::StaffCounter(SessionParts& parts, Conversation& conversation,
                           staff::Accounts& accounts, staff::Account person)
    : parts_(parts), conversation_(conversation), accounts_(accounts), person_(std::move(person)) {}

template <typename Content>
std::optional<std::string> StaffCounter::showContent(const Content& content, bool canGoBack) {
    const auto action = conversation_.ask(content, {canGoBack, true});
    if (!action) return std::nullopt;
    return action->kind == ActionKind::choose ? action->choice : "back";
}

std::optional<std::string> StaffCounter::show(StaffPageScreen page) {
    page.serial = nextSerial();
    return showContent(page, true);
}

std::optional<std::string> StaffCounter::show(const StaffMenuScreen& menu) {
    return showContent(menu, false);
}

std::optional<Action> StaffCounter::fill(const StaffFormScreen& form) {
    auto action = conversation_.ask(form, {true, true});
    if (!action || action->kind == ActionKind::back) return std::nullopt;
    return action;
}

std::optional<staff::Account> StaffCounter::signIn(SessionParts& parts, Conversation& conversation,
                                                   staff::Accounts& accounts,
                                                   const std::string& act,
                                                   const std::string& person) {
    StaffSignInScreen screen;
    screen.act = act;
    screen.person = person;
    while (true) {
        const auto action = conversation.ask(screen, {true, !act.empty()});
        if (!action || action->kind != ActionKind::attendantConfirm) return std::nullopt;
        const WallTime now = parts.issuance.clock.wallTime();
        const std::string number = action->entry("badge").reveal();
        auto account =
            accounts.signIn(number, action->entry("pin"), act.empty() ? "sign-in" : act, now);
        if (account) return std::move(*account);
        screen.lastTry = account.error().code;
        const Duration wait = accounts.waitLeft(number, now).value_or(Duration::zero());
        screen.waitSeconds =
            screen.lastTry == ErrorCode::staffLocked
                ? 0
                : static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count());
        parts.log.trouble("staff sign-in", {account.error().code, ""});
    }
}

std::optional<TwoPeople> StaffCounter::hands(staff::Act act) {
    std::optional<staff::Account> second;
    if (!person_.may(act)) {
        tell({ErrorCode::staffMayNot, ""});
        return std::nullopt;
    }
    if (staff::needsTwo(act)) {
        second = signIn(parts_, conversation_, accounts_, std::string(staff::nameOf(act)),
                        titleOf(person_));
        if (!second) return std::nullopt;
    }
    const auto both = staff::handsFor(act, person_, second);
    if (!both) {
        record({act, {person_.number, second ? second->number : ""}, ""}, fail(both.error()));
        tell(both.error());
        return std::nullopt;
    }
    return TwoPeople{both->actor, both->second};
}

void StaffCounter::tell(const Error& error) {
    parts_.log.trouble("staff", error);
    StaffPageScreen page;
    page.name = "staff-problem";
    page.title = {"staff.problem.title"};
    page.notices = noticesOf(error);
    page.ways = {way("understood", "staff.understood", true)};
    show(std::move(page));
}

void StaffCounter::tellDone(Words words, std::vector<StaffFact> facts, StaffTable table) {
    StaffPageScreen page;
    page.name = "staff-done";
    page.title = {"staff.done.title"};
    page.notices = {{std::move(words), StaffTone::good}};
    page.facts = std::move(facts);
    if (!table.columns.empty()) page.tables.push_back(std::move(table));
    page.ways = {way("understood", "staff.understood", true)};
    show(std::move(page));
}

std::function<Result<void>(storage::Transaction&)> StaffCounter::lineOf(
    const StaffAct& what) const {
    return [what, at = now()](storage::Transaction& transaction) {
        return staff::record(transaction,
                             {0, at, what.people.operatorId, what.people.secondOperatorId,
                              std::string(staff::nameOf(what.act)), what.object});
    };
}

void StaffCounter::record(const StaffAct& what, const Result<void>& done) {
    StaffAct line = what;
    if (!done) line.object += " refused " + std::to_string(numberOf(done.error().code));
    auto transaction = storage::Transaction::begin(parts_.issuance.database);
    if (!transaction) return parts_.log.trouble("staff record", transaction.error());
    auto written = lineOf(line)(*transaction);
    if (written) written = transaction->commit();
    if (!written) parts_.log.trouble("staff record", written.error());
}

bool StaffCounter::conclude(const StaffAct& what, const Result<void>& done) {
    if (!done) record(what, done);
    parts_.log.info("staff " + what.people.operatorId + " " + what.people.secondOperatorId + ": " +
                    std::string(staff::nameOf(what.act)) + " " + what.object +
                    (done ? "" : " refused"));
    parts_.ringOutbox();
    if (!done) tell(done.error());
    return done.has_value();
}

issuance::StockDeskParts StaffCounter::deskParts() const {
    return {parts_.issuance.database, parts_.issuance.orders, parts_.issuance.outbox,
            parts_.issuance.clock,    parts_.config,          parts_.issuance.region};
}

issuance::StockDeskParts StaffCounter::deskParts(const StaffAct& what) const {
    issuance::StockDeskParts parts = deskParts();
    parts.alongside = lineOf(what);
    return parts;
}

bool StaffCounter::dayIsCounted() const {
    const auto day = custody::currentDay(parts_.issuance.database);
    return day && *day && (*day)->state == custody::DayState::frozen;
}

void StaffCounter::refreshPerson() {
    if (auto account = accounts_.find(person_.number); account && *account) person_ = **account;
}

}  // namespace liqu::session
