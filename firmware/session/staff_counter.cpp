#include "firmware/session/staff_counter.hpp"

#include <charconv>
#include <utility>

#include "firmware/screen/error_words.hpp"
#include "firmware/session/staff_causes.hpp"
#include "firmware/staff/audit.hpp"

namespace liqu::session {
namespace {

using desk::TwoPeople;

// For these citizens are told to call somebody, and staff what to do: "staff.error.70105".
bool hasStaffWords(ErrorCode code) {
    const std::uint32_t number = numberOf(code);
    return (number >= numberOf(ErrorCode::cardNotInStock) &&
            number <= numberOf(ErrorCode::dayUnclosed)) ||
           code == ErrorCode::laneStopped || code == ErrorCode::dayFrozen ||
           code == ErrorCode::clockNotTrusted || code == ErrorCode::booksNotNewest;
}

}  // namespace

int secondsToWait(staff::Accounts& accounts, const std::string& number, WallTime at) {
    const Duration wait = accounts.waitLeft(number, at).value_or(Duration::zero());
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count());
}

std::string titleOf(const staff::Account& account) {
    return account.number + " " + account.name;
}

std::vector<Notice> noticesOf(const Error& error) {
    const std::string number = std::to_string(numberOf(error.code));
    std::vector<Notice> notices = {{whatHappened(error.code), Tone::danger}};
    const bool own = hasStaffWords(error.code);
    notices.push_back(
        {own ? Phrase{"staff.error." + number} : whatIsNext(error.code), Tone::warning});
    // Which number, which lane.
    if (auto cause = causeWords(error.cause)) notices.push_back({std::move(*cause)});
    notices.push_back({{"staff.code", {{"code", number}}}});
    return notices;
}

Phrase placeWords(const std::string& place) {
    constexpr std::string_view hopper = "hopper-";
    if (place.starts_with(hopper)) {
        return {"staff.place.hopper", {{"lane", place.substr(hopper.size())}}};
    }
    if (place.empty()) return Phrase::plain("—");
    return {"staff.place." + place};
}

Phrase timeWords(WallTime at) {
    return Phrase::plain(formatChinaTime(at).substr(5, 11).replace(5, 1, " "));
}

std::string bankLabel(const std::string& code, const std::string& name) {
    return code + " " + name;
}

Phrase dayWords(const std::string& day) {
    if (day.size() != 8) return Phrase::plain(day);
    return Phrase::plain(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2));
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

StaffTable numberTable(const std::vector<std::string>& numbers) {
    StaffTable table;
    if (numbers.empty()) return table;
    table.columns = {{{"staff.column.numbers"}, 1}};
    std::string row;
    int inRow = 0;
    for (const std::string& number : numbers) {
        row += (row.empty() ? "" : "   ") + number;
        if (++inRow < 4 && &number != &numbers.back()) continue;
        table.rows.push_back({{Phrase::plain(std::exchange(row, {}))}});
        inRow = 0;
    }
    return table;
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
    : parts_(parts),
      conversation_(conversation),
      accounts_(accounts),
      person_(std::move(person)),
      provenAt_(parts.issuance.clock.now()) {}

std::optional<std::string> StaffCounter::showContent(const ScreenContent& content, bool canGoBack) {
    const auto action = conversation_.ask(content, {canGoBack, true});
    if (!action) return std::nullopt;
    return action->kind == ActionKind::choose ? action->choice : "back";
}

std::optional<std::string> StaffCounter::show(StaffPageScreen page) {
    return showContent(std::move(page), true);
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
        screen.waitSeconds = secondsToWait(accounts, number, now);
        parts.log.trouble("staff sign-in", {account.error().code, ""});
    }
}

// Whoever walked away leaves a screen behind; what takes two is not done with it.
bool StaffCounter::isStillThere(staff::Act act) {
    constexpr Duration proofHolds = std::chrono::minutes{1};
    if (parts_.issuance.clock.now() - provenAt_ <= proofHolds) return true;
    StaffSignInScreen screen;
    screen.act = nameOf(act);
    screen.person = titleOf(person_);
    screen.asks = SignInAsks::pinAgain;
    while (true) {
        const auto action = conversation_.ask(screen, {true, true});
        if (!action || action->kind != ActionKind::attendantConfirm) return false;
        const auto proven = accounts_.proveAgain(person_.number, action->entry("pin"), act, now());
        if (proven) {
            provenAt_ = parts_.issuance.clock.now();
            return true;
        }
        screen.lastTry = proven.error().code;
        screen.waitSeconds = secondsToWait(accounts_, person_.number, now());
        parts_.log.trouble("staff PIN", {proven.error().code, ""});
    }
}

std::optional<TwoPeople> StaffCounter::hands(staff::Act act) {
    std::optional<staff::Account> second;
    if (!person_.may(act)) {
        tell({ErrorCode::staffMayNot, ""});
        return std::nullopt;
    }
    if (staff::needsTwo(act)) {
        if (!isStillThere(act)) return std::nullopt;
        second =
            signIn(parts_, conversation_, accounts_, std::string(nameOf(act)), titleOf(person_));
        if (!second) return std::nullopt;
    }
    const auto both = staff::handsFor(act, person_, second, now());
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

void StaffCounter::tellDone(Phrase words, std::vector<StaffFact> facts, StaffTable table,
                            std::vector<Notice> more) {
    StaffPageScreen page;
    page.name = "staff-done";
    page.title = {"staff.done.title"};
    page.notices = std::move(more);
    page.notices.insert(page.notices.begin(), {std::move(words), Tone::success});
    page.facts = std::move(facts);
    if (!table.columns.empty()) page.tables.push_back(std::move(table));
    page.ways = {way("understood", "staff.understood", true)};
    show(std::move(page));
}

void StaffCounter::record(const StaffAct& what, const Result<void>& done) {
    const staff::Deed deed{what.act, what.object};
    const auto& [first, second] = what.people;
    const auto written =
        staff::recordAlone(parts_.issuance.database,
                           done ? staff::lineOf(deed, first, second, now())
                                : staff::refusedLineOf(deed, first, second, now(), done.error()));
    if (!written) parts_.log.trouble("staff record", written.error());
}

bool StaffCounter::conclude(const StaffAct& what, const Result<void>& done) {
    if (!done) record(what, done);
    parts_.log.info("staff " + what.people.operatorId + " " + what.people.secondOperatorId + ": " +
                    std::string(nameOf(what.act)) + " " + what.object + (done ? "" : " refused"));
    parts_.ringOutbox();
    if (!done) tell(done.error());
    return done.has_value();
}

desk::DeskParts StaffCounter::deskParts(std::optional<staff::Deed> deed) const {
    return {parts_.issuance.database, parts_.issuance.orders, parts_.issuance.outbox,
            parts_.issuance.clock,    parts_.config,          parts_.issuance.region,
            std::move(deed)};
}

bool StaffCounter::dayIsCounted() const {
    const auto day = custody::currentDay(parts_.issuance.database);
    return day && *day && (*day)->state == custody::DayState::frozen;
}

void StaffCounter::refreshPerson() {
    if (auto account = accounts_.find(person_.number); account && *account) person_ = **account;
}

}  // namespace liqu::session
