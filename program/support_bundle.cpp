#include "program/support_bundle.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>
#include <sys/utsname.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/custody/ledger.hpp"
#include "firmware/issuance/streak.hpp"
#include "firmware/province/outbox.hpp"
#include "firmware/security/self_test.hpp"
#include "firmware/staff/accounts.hpp"
#include "firmware/staff/audit.hpp"
#include "firmware/storage/books_identity.hpp"
#include "program/acting_as.hpp"
#include "program/advice.hpp"
#include "program/config_check.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/folder_rights.hpp"
#include "program/keeping.hpp"
#include "program/status_file.hpp"

namespace liqu::program {
namespace {

namespace files = std::filesystem;

constexpr std::string_view mask = "[masked]";
// A telephone has eleven digits; nothing of a machine has as many in a row.
constexpr std::size_t longNumber = 11;
constexpr std::size_t largestLog = 4 << 20;
constexpr std::size_t mostLogs = 32;
constexpr int mostMessages = 200;

bool isDigit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool isPlain(char letter) {
    return letter == '\n' || letter == '\t' || (letter >= ' ' && letter <= '~');
}

// "\xE5": what a log writes for a byte that is no text.
bool isEscape(std::string_view text) {
    return text.size() >= 4 && text[0] == '\\' && text[1] == 'x' &&
           std::isxdigit(static_cast<unsigned char>(text[2])) != 0 &&
           std::isxdigit(static_cast<unsigned char>(text[3])) != 0;
}

// A word of letters and digits that may be a number of a person's, or bytes of a name in hex or
// base64. Digests go with them.
bool isPersonal(std::string_view word) {
    constexpr std::size_t longHex = 16;
    constexpr std::size_t longWord = 40;
    std::size_t digits = 0;
    for (const char letter : word) {
        digits = isDigit(letter) ? digits + 1 : 0;
        if (digits >= longNumber) return true;
    }
    const bool isHex = std::ranges::all_of(
        word, [](char letter) { return std::isxdigit(static_cast<unsigned char>(letter)) != 0; });
    return word.size() >= longWord || (isHex && word.size() >= longHex);
}

bool isLetter(char letter) {
    return isDigit(letter) || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

// How many bytes at the beginning are no plain text.
std::size_t foreignAt(std::string_view text) {
    std::size_t size = 0;
    while (isEscape(text.substr(size))) size += 4;
    while (size < text.size() && !isPlain(text[size])) ++size;
    return size;
}

std::string lineOf(const std::string& what, const std::string& words) {
    return what + ": " + words + "\n";
}

// Enough of a digest to compare it by.
std::string shortened(const std::string& digest) {
    return digest.substr(0, 8) + "...";
}

std::string about(const BundleOptions& options, const policy::KioskConfig& config) {
    utsname system{};
    ::uname(&system);
    return lineOf("liqu", LIQU_VERSION) + lineOf("terminal", config.terminal) +
           lineOf("outlet", config.outlet) +
           lineOf("at", formatChinaTime(SystemClock().wallTime())) +
           lineOf("system",
                  std::string(system.sysname) + " " + system.release + " " + system.machine) +
           lineOf("crypto", security::cryptoLibrary()) +
           lineOf("config",
                  shortened(configDigest(options.config, config.region).value_or("unknown")));
}

std::string faultsOf(const BundleOptions& options) {
    std::string text;
    for (const Error& fault : faultsOfConfiguration(options.config, SystemClock().wallTime())) {
        text += describe(fault) + " — " + std::string(adviceFor(fault.code)) + "\n";
    }
    return text.empty() ? "none\n" : text;
}

Result<std::string> queueOf(storage::Database& books) {
    const province::OutboxDepth depth = TRY(province::depthOf(books));
    std::string text = lineOf("queue", std::to_string(depth.queued) + " wait, " +
                                           std::to_string(depth.parked) + " set aside");
    for (const province::FactLine& line : TRY(province::undelivered(books, mostMessages))) {
        text += "  " + std::to_string(line.fact) + " " + formatChinaTime(line.happenedAt) + " " +
                line.messageType + " " + line.bizId + " " + std::to_string(line.status.attempts) +
                " tries " + line.status.outcome + "\n";
    }
    return text;
}

// How many hold each role; who they are nobody needs to know.
Result<std::string> staffOf(storage::Database& books) {
    SystemRandom random;
    std::map<std::string, int> roles;
    for (const staff::Account& account : TRY(staff::Accounts(books, random).list())) {
        for (const staff::Role role : account.roles.list()) ++roles[std::string(nameOf(role))];
    }
    std::string text;
    for (const auto& [role, count] : roles) text += lineOf(role, std::to_string(count));
    const auto chain = staff::checkChain(books);
    return text + lineOf("record of acts", chain ? "whole" : describe(chain.error()));
}

Result<std::string> figuresOf(const files::path& data) {
    const auto books = TRY(openForReading(data));
    const auto sound = books->verify();
    std::string text = lineOf("sound", sound ? "yes" : describe(sound.error()));
    text += lineOf("schema", std::to_string(TRY(books->number("PRAGMA user_version"))));
    if (const auto identity = TRY(storage::identityOf(*books))) {
        text += lineOf("epoch", shortened(identity->epoch)) +
                lineOf("seal key", shortened(identity->sealKeyId));
    }
    for (const custody::Balance& one : TRY(custody::balances(*books))) {
        text += lineOf(one.place.name(), std::to_string(one.cards));
    }
    if (const auto streak = TRY(issuance::currentStreak(*books))) {
        text += lineOf("in a row",
                       std::to_string(streak->cards) + " " + std::string(nameOf(streak->cause)));
    }
    const auto tables = TRY(books->query(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT "
        "LIKE 'sqlite_%' ORDER BY name"));
    for (const storage::Row& row : tables) {
        text += lineOf(
            "rows of " + row.text(0),
            std::to_string(TRY(books->number("SELECT count(*) FROM \"" + row.text(0) + "\""))));
    }
    return text + TRY(queueOf(*books)) + TRY(staffOf(*books));
}

std::string orWhyNot(const Result<std::string>& text) {
    return text ? *text : describe(text.error()) + "\n";
}

// The newest part of each, where one is larger.
Result<std::string> logAt(const files::path& path) {
    const PlainFile file = TRY(PlainFile::open(path));
    std::string text = TRY(file.read(64 << 20));
    if (text.size() > largestLog) text.erase(0, text.size() - largestLog);
    return text;
}

std::vector<files::path> logsIn(const files::path& data) {
    std::vector<files::path> logs;
    std::error_code error;
    for (files::directory_iterator entry(data / "logs", error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        const bool isLog = name.starts_with("liqu.") && name.ends_with("log") && name.size() < 32;
        if (isLog && logs.size() < mostLogs) logs.push_back(entry->path());
    }
    std::ranges::sort(logs);
    return logs;
}

// Everything that goes out, by its name; read in the right of the folder's owner.
Result<std::map<std::string, std::string>> gather(const BundleOptions& options) {
    const auto config = TRY(loadConfigWithoutKeys(options.config));
    TRY(requireBooks(options.data));
    const auto acting = TRY(ActingAs::ownerOf(options.data));
    std::map<std::string, std::string> all;
    all["about.txt"] = about(options, config);
    all["config-faults.txt"] = faultsOf(options);
    all["kiosk.toml"] = orWhyNot(
        readWholeFile(options.config).map([](const Bytes& bytes) { return textOf(bytes); }));
    all["books.txt"] = orWhyNot(figuresOf(options.data));
    const auto status = readStatus(options.data);
    all["status.json"] = status ? jsonOf(*status) : describe(status.error()) + "\n";
    for (const files::path& log : logsIn(options.data)) {
        all["logs/" + log.filename().string()] = orWhyNot(logAt(log));
    }
    return all;
}

Result<std::size_t> bundle(const BundleOptions& options) {
    auto file = TRY(WholeFile::create(options.file));
    const auto all = TRY(gather(options));
    for (const auto& [name, text] : all) {
        TRY(file.write(bytesOf(tarEntry("liqu-support/" + name, withoutPersonalData(text)))));
    }
    TRY(file.write(bytesOf(tarEnd())));
    TRY(file.finish());
    return all.size();
}

}  // namespace

std::string withoutPersonalData(std::string_view text) {
    std::string all;
    while (!text.empty()) {
        std::size_t size = foreignAt(text);
        bool out = size > 0;
        if (!out) {
            while (size < text.size() && isLetter(text[size])) ++size;
            out = isPersonal(text.substr(0, size));
        }
        size = std::max<std::size_t>(size, 1);
        all += out ? mask : text.substr(0, size);
        text.remove_prefix(size);
    }
    return all;
}

int runSupportBundle(const BundleOptions& options) {
    const auto done = bundle(options);
    if (!done) return say(done.error());
    std::printf(
        "%s: %zu files, without keys, books and anything of a person\n"
        "look into it before it leaves the house: tar tf, tar xOf\n",
        options.file.c_str(), *done);
    return 0;
}

}  // namespace liqu::program
