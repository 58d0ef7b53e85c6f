// The steps of `liqu provision`, one after the other.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/custody/ledger.hpp"
#include "firmware/session/clock_trust.hpp"
#include "firmware/staff/accounts.hpp"
#include "program/books.hpp"
#include "program/build_day.hpp"
#include "program/commands.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/folder_rights.hpp"
#include "program/keeping.hpp"
#include "program/provision.hpp"

namespace liqu::program {
namespace {

void line(const std::string& step, const char* kind, const std::string& words) {
    if (!words.empty()) std::printf("%-13s %-6s %s\n", step.c_str(), kind, words.c_str());
}

// A command as it is called by itself: what it becomes, root no more among it, ends with it.
int inChild(const std::function<int()>& command) {
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        const int code = command();
        std::fflush(stdout);
        ::_exit(code);
    }
    int status = 0;
    while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

bool somebodySitsThere() {
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

// What is there already stays where nothing is typed.
std::string ask(const std::string& question, const std::string& now) {
    std::fprintf(stderr, "%s%s: ", question.c_str(), now.empty() ? "" : (" [" + now + "]").c_str());
    std::string text;
    std::getline(std::cin, text);
    return text.empty() ? now : text;
}

std::string calledWith(const ProvisionOptions& options) {
    return " --config " + options.config.string() + " --data " + options.data.string();
}

class Walk {
  public:
    explicit Walk(const ProvisionOptions& options) : options_(options) {}

    Result<void> begin();
    // False where somebody has to do something first; what, was said.
    bool run();

  private:
    bool step(const std::string& name, const Result<StepDone>& done);
    Result<StepDone> lookAtClock();
    Result<StepDone> makeBooks();
    Result<StepDone> registerStaff();
    Result<StepDone> addPerson(const BoxPerson& person);
    Result<StepDone> lookAtLanes();
    Result<StepDone> lookAtStock();
    Result<StepDone> handOutAuditKey();

    const ProvisionOptions& options_;
    BoxFile box_;
    policy::KioskConfig config_;
};

Result<void> Walk::begin() {
    if (!options_.file.empty()) box_ = TRY(readBoxFile(options_.file));
    if (!options_.certificates.empty()) box_.certificates = options_.certificates;
    if (!options_.file.empty() || !somebodySitsThere()) return {};
    const auto now = TRY(loadConfigWithoutKeys(options_.config));
    box_.terminal = ask("number of this terminal at the province", now.terminal);
    box_.outlet = ask("the branch it stands in", now.outlet);
    return {};
}

bool Walk::step(const std::string& name, const Result<StepDone>& done) {
    if (!done) {
        line(name, "wrong", describe(done.error()));
        line(name, "next", "mend this, then call liqu provision again; it goes on here");
        return false;
    }
    line(name, "found", done->found);
    line(name, "did", done->did);
    line(name, "next", done->next);
    return done->next.empty();
}

// The certificates are read by it next. The province's own time is asked for by the last step.
Result<StepDone> Walk::lookAtClock() {
    const WallTime now = SystemClock().wallTime();
    TRY(session::checkClockAgainstProgram(builtAt(), now));
    return StepDone{formatChinaTime(now) + "; compare it with your own", "", ""};
}

Result<StepDone> Walk::makeBooks() {
    std::error_code ignored;
    if (std::filesystem::exists(databaseIn(options_.data), ignored)) {
        const auto books = TRY(openForReading(options_.data));
        TRY(requireTerminal(*books, config_));
        return StepDone{"the books of " + config_.terminal, "", ""};
    }
    if (inChild([this] { return runInit(options_); }) != 0) {
        return StepDone{"", "", "mend what liqu init said"};
    }
    return StepDone{"none", "made the books and the seal key", ""};
}

Result<StepDone> Walk::addPerson(const BoxPerson& person) {
    StaffOptions staff;
    staff.config = options_.config;
    staff.data = options_.data;
    staff.number = person.number;
    staff.name = person.name;
    staff.roles = person.roles;
    if (inChild([&staff] { return runStaffAdd(staff); }) == 0) {
        return StepDone{"", "registered " + person.number + " as " + person.roles, ""};
    }
    return StepDone{"", "",
                    "as root: liqu staff add " + person.number + " --name " + person.name +
                        " --roles " + person.roles + calledWith(options_)};
}

// A PIN is typed for each, never read from the file; its owner sets another one at the machine.
Result<StepDone> Walk::registerStaff() {
    std::vector<staff::Account> accounts;
    {
        const auto books = TRY(openForReading(options_.data));
        SystemRandom random;
        accounts = TRY(staff::Accounts(*books, random).list());
    }
    std::vector<BoxPerson> wanted = box_.staff;
    const auto isSupervisor = [](const staff::Account& one) {
        return one.roles.has(staff::Role::supervisor);
    };
    const bool hasSupervisor = std::ranges::any_of(accounts, isSupervisor);
    if (wanted.empty() && !hasSupervisor && somebodySitsThere()) {
        wanted.push_back({ask("staff number of the first supervisor", ""), ask("name", ""),
                          ask("roles", "supervisor")});
    }
    StepDone done{std::to_string(accounts.size()) + " account(s)", "", ""};
    for (const BoxPerson& person : wanted) {
        const bool known = std::ranges::any_of(
            accounts, [&person](const staff::Account& one) { return one.number == person.number; });
        if (known) continue;
        std::fprintf(stderr, "first PIN of %s\n", person.number.c_str());
        const StepDone one = TRY(addPerson(person));
        if (!one.next.empty()) return one;
        done.did += (done.did.empty() ? "" : "; ") + one.did;
    }
    if (wanted.empty() && !hasSupervisor) {
        done.next =
            "as root: liqu staff add NUMBER --name NAME --roles supervisor" + calledWith(options_);
    }
    return done;
}

// Places of lanes that were added since are made by whoever opens the books to write.
Result<StepDone> Walk::lookAtLanes() {
    StepDone done;
    for (const policy::LaneConfig& lane : config_.lanes) {
        done.found += (done.found.empty() ? "" : ", ") + std::string("lane ") +
                      std::to_string(lane.number) + ": bank " + lane.bank + ", maker " +
                      config_.nameOfMaker(lane.vendor);
    }
    return done;
}

// Blanks are taken over by two people with PINs of their own, never by a file.
Result<StepDone> Walk::lookAtStock() {
    const auto books = TRY(openForReading(options_.data));
    std::int64_t loaded = 0;
    std::int64_t inVault = 0;
    for (const custody::Balance& balance : TRY(custody::balances(*books))) {
        if (balance.place.name().starts_with("hopper-")) loaded += balance.cards;
        if (balance.place == custody::Place::vault()) inVault += balance.cards;
    }
    StepDone done{std::to_string(loaded) + " blank(s) in the lanes, " + std::to_string(inVault) +
                      " in the vault",
                  "", ""};
    if (loaded == 0) {
        std::printf(
            "%-13s %-6s two people, at the machine: sign in (three touches in the corner of the "
            "header), each sets a PIN of their own, then Boxes: receive, open, load\n",
            "stock", "later");
    }
    return done;
}

// Made here, before the first card: what is recorded before it has no mac.
Result<StepDone> Walk::handOutAuditKey() {
    AuditOptions audit;
    audit.config = options_.config;
    audit.data = options_.data;
    audit.file = options_.data / ("audit-key-" + config_.terminal + ".txt");
    std::error_code ignored;
    StepDone done;
    if (std::filesystem::exists(auditKeyIn(options_.data), ignored)) {
        done.found = "the key of the audit record";
    } else if (inChild([&audit] { return runAuditKey(audit); }) == 0) {
        done.did = "made the key of the audit record";
    } else {
        return StepDone{"", "", "mend what liqu audit key said"};
    }
    if (std::filesystem::exists(audit.file, ignored)) {
        std::printf("%-13s %-6s give %s to the province or the operator, and remove it here\n",
                    "audit", "later", audit.file.c_str());
    }
    return done;
}

bool Walk::run() {
    if (!step("config", setUpConfig(options_, box_))) return false;
    auto config = loadConfigWithoutKeys(options_.config);
    if (!config) return step("config", fail(config.error()));
    config_ = std::move(*config);
    return step("clock", lookAtClock()) && step("keys", provideKeys(config_, options_.data)) &&
           step("certificates", takeCertificates(config_, box_.certificates, options_.data)) &&
           step("books", makeBooks()) && step("audit", handOutAuditKey()) &&
           step("staff", registerStaff()) && step("lanes", lookAtLanes()) &&
           step("stock", lookAtStock());
}

}  // namespace

int runProvision(const ProvisionOptions& options) {
    // A command that is called from here reads on where the one before stopped.
    std::setvbuf(stdin, nullptr, _IONBF, 0);
    Walk walk(options);
    const auto begun = walk.begin();
    if (!begun) return say(begun.error());
    if (!walk.run()) return 1;
    std::printf("%-13s %-6s every part, as liqu check%s\n", "check", "does",
                calledWith(options).c_str());
    const int checked = inChild([&options] { return runCheck(options); });
    std::printf(checked == 0 ? "this box is set up; next: liqu kiosk%s\n"
                             : "next: mend what is named above, then liqu check%s\n",
                calledWith(options).c_str());
    return checked;
}

}  // namespace liqu::program
