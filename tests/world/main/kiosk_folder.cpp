#include "tests/world/main/kiosk_folder.hpp"

#include <fmt/format.h>
#include <fstream>
#include <regex>
#include <sstream>

#include "firmware/base/config_file.hpp"
#include "firmware/staff/accounts.hpp"
#include "firmware/storage/database.hpp"
#include "tests/world/chip/blank_cards.hpp"
#include "tests/world/main/child_process.hpp"

namespace liqu::world {
namespace {

namespace files = std::filesystem;

Result<std::string> textOfFile(const files::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return fail(ErrorCode::fileNotReadable, path.string());
    return text.str();
}

Result<void> writeText(const files::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::trunc);
    file << text;
    file.close();
    if (!file) return fail(ErrorCode::fileNotWritable, path.string());
    return {};
}

// What the kiosk.toml of such a folder names. Its other lines are of a machine with keys; the world
// has its own.
struct Named {
    files::path region;
    files::path printer;
    files::path face;
    files::path chip;
    files::path strings;
    files::path fonts;
    files::path theme;
    files::path weakPins;
    std::string vendor;
};

Result<Named> namedIn(const files::path& folder) {
    const ConfigFile file = TRY(ConfigFile::read(folder / "kiosk.toml"));
    const auto path = [&](std::string_view key) -> Result<files::path> {
        const files::path found = folder / TRY(file.text(key));
        if (files::exists(found)) return found;
        return fail(file.wrong(ErrorCode::configBadValue, key, "there is no " + found.string()));
    };
    TRY(file.oneOf("printer.driver", {"evolis"}));
    Named named;
    named.region = TRY(path("region"));
    named.printer = TRY(path("printer.profile"));
    named.face = TRY(path(file.has("lane[0].cardFace") ? "lane[0].cardFace" : "cardFace.layout"));
    named.chip = TRY(path("chip.profile"));
    named.strings = TRY(path("window.strings"));
    named.fonts = TRY(path("window.fonts"));
    named.theme = TRY(path("window.theme"));
    named.weakPins = folder / "pins/weak-pins.toml";
    named.vendor = TRY(file.text("lane[0].vendor"));
    // The cards of the world, and what its province knows of them.
    TRY(file.oneOf("lane[0].bank", {bankCode}));
    return named;
}

// What the province of that region does with a loss; without that service nobody asks.
Result<LossRule> lossRuleOf(const files::path& region) {
    const ConfigFile file = TRY(ConfigFile::read(region));
    const std::string key = "service.loss-temporary.";
    LossRule rule;
    rule.lasts = std::chrono::days{TRY(file.integer(key + "days", 0, 60, 0))};
    rule.linksBank = TRY(file.boolean(key + "linkedBank", true));
    rule.formalIsReleased = TRY(file.boolean("service.loss-release.formal", true));
    return rule;
}

// What only some machines have.
std::string partsToml(const KioskSettings& settings, const Named& named) {
    std::string text;
    if (!settings.cardSlot.empty()) {
        text += fmt::format(
            "\n[cardSlot]\nreader = \"{}\"\n\n[pin]\nentry = \"screen\"\nweak = \"{}\"\n",
            settings.cardSlot, named.weakPins.string());
    }
    if (!settings.paymentUrl.empty()) {
        text += fmt::format(
            "\n[payment]\nurl = \"{}\"\ncaCertificate = \"{}\"\nclientCertificate = \"{}\"\n"
            "clientKey = \"{}\"\nmerchant = \"1900000001\"\napplication = "
            "\"wx0000000000000001\"\nnotifyUrl = \"https://province.example/payment\"\n",
            settings.paymentUrl, settings.pki.authority().string(),
            settings.pki.terminal().string(), settings.pki.terminalKey().string());
    }
    return text;
}

constexpr const char* accountName = "card-service.toml";

std::string olderToml(const KioskSettings& settings) {
    return fmt::format(
        "[province]\nadapter = \"card-service\"\nurl = \"{}\"\ncaCertificate = \"{}\"\n"
        "clientCertificate = \"{}\"\nclientKey = \"{}\"\ntable = \"{}\"\naccount = \"{}\"\n\n",
        settings.older->url, settings.pki.authority().string(), settings.pki.terminal().string(),
        settings.pki.terminalKey().string(), settings.older->table.string(), accountName);
}

Result<void> writeAccount(const files::path& folder, const OlderLine& older) {
    const files::path file = folder / accountName;
    TRY(writeText(file,
                  fmt::format("user = \"{}\"\npassword = \"{}\"\n", older.user, older.password)));
    std::error_code error;
    files::permissions(file, files::perms::owner_read | files::perms::owner_write, error);
    if (error) return fail(ErrorCode::fileNotWritable, file.string());
    return {};
}

std::string kioskToml(const KioskSettings& settings, const Named& named) {
    std::string text = fmt::format(
        "terminal = \"{}\"\noutlet = \"O-0001\"\nregion = \"region.toml\"\n", terminalId);
    if (!settings.region.empty()) text += "siteFiling = \"2026-0001\"\n";
    if (!settings.site.empty()) text += fmt::format("site = \"{}\"\n", settings.site);
    text += fmt::format(
        "\n[printer]\ndriver = \"evolis\"\nprofile = \"printer.toml\"\n\n"
        "[cardFace]\nlayout = \"card-face.toml\"\n\n"
        "[chip]\nprofile = \"chip-profile.toml\"\nreader = \"{}\"\n\n"
        "[sealing]\nprofile = \"aes-256-gcm\"\n\n"
        "[stock]\nhopperCapacity = 100\nbinCapacity = 30\n\n"
        "[[lane]]\nbank = \"{}\"\nvendor = \"{}\"\n\n[idReader]\nwire = \"usb\"\n\n",
        settings.chipReader, bankCode, named.vendor);
    text +=
        settings.older
            ? olderToml(settings)
            : fmt::format(
                  "[province]\nurl = \"{}\"\ncaCertificate = \"{}\"\nclientCertificate = \"{}\"\n"
                  "clientKey = \"{}\"\nsigningKey = \"{}\"\nverificationKey = \"{}\"\n\n",
                  settings.provinceUrl, settings.pki.authority().string(),
                  settings.pki.terminal().string(), settings.pki.terminalKey().string(),
                  settings.pki.terminalSigningKey().string(),
                  settings.pki.provinceVerifyKey().string());
    text += fmt::format(
        "[window]\nstrings = \"{}\"\nfonts = \"{}\"\n"
        "theme = \"{}\"\nwidth = {}\nheight = {}\nfullscreen = false\n",
        named.strings.string(), named.fonts.string(), named.theme.string(), settings.width,
        settings.height);
    if (settings.sound) {
        text +=
            fmt::format("\n[sound]\nloudspeaker = \"default\"\nclips = \"{}\"\nearcons = \"{}\"\n",
                        (settings.configDir / "speech").string(),
                        (settings.configDir / "speech/earcons.toml").string());
    }
    return text + partsToml(settings, named);
}

// A layout names pictures that lie beside it.
Result<void> copyPictures(const files::path& layout, const files::path& folder) {
    std::error_code error;
    for (const auto& entry : files::directory_iterator(layout.parent_path(), error)) {
        if (entry.path().extension() != ".png") continue;
        files::copy_file(entry.path(), folder / entry.path().filename(), error);
        if (error) return fail(ErrorCode::fileNotWritable, entry.path().string());
    }
    return {};
}

// A folder that the rules name, copied beside them; they name it there.
Result<void> copyNamedFolder(const files::path& region, const std::string& key,
                             const files::path& folder, std::string& text) {
    const std::string named = TRY(TRY(ConfigFile::read(region)).text(key, ""));
    if (named.empty()) return {};
    std::error_code error;
    files::copy(region.parent_path() / named, folder / key,
                files::copy_options::recursive | files::copy_options::overwrite_existing, error);
    if (error) return fail(ErrorCode::fileNotWritable, (folder / key).string());
    text = std::regex_replace(text, std::regex("(^|\n)" + key + " = \"[^\"]*\""),
                              "$1" + key + " = \"" + key + "\"");
    return {};
}

// What a site writes into the rules of a region that is asked for by name: its own city, whose
// blanks it has, and the telephone of its bank. No region of the tree collects fees at the machine:
// that is laid over it.
void writeSitesOwn(std::string& text, const KioskSettings& settings) {
    const std::string city = settings.older ? settings.older->city : BlankCard().regionCode;
    if (!settings.region.empty() || settings.older) {
        text = std::regex_replace(text, std::regex("(^|\n)regionCode = \"[^\"]*\""),
                                  fmt::format("$1regionCode = \"{}\"", city));
    }
    if (!settings.region.empty()) {
        if (text.find("\nhotline = \"95500\"") == std::string::npos)
            text = std::regex_replace(text, std::regex("\ncardPrefix = \"621700\""),
                                      "$&\nhotline = \"95500\"");
    }
    if (settings.paymentUrl.empty()) return;
    text +=
        "\n[fee]\nchannel = \"qr\"\ncollector = { zh-CN = \"样例财政\", en = \"the treasury\" }\n"
        "basis = \"silent; default\"\n";
}

// The rules, with the folders of their words and holidays beside them.
Result<void> copyRegion(const files::path& region, const files::path& folder,
                        const KioskSettings& settings) {
    const int patience = settings.patience;
    std::string text = TRY(textOfFile(region));
    writeSitesOwn(text, settings);
    for (const char* key : {"words", "holidays"}) TRY(copyNamedFolder(region, key, folder, text));
    if (patience > 0) {
        const std::regex waiting("(patienceS|takeTimeoutS|waitS) = \\d+");
        text = std::regex_replace(text, waiting, fmt::format("$1 = {}", patience));
    }
    return writeText(folder / "region.toml", text);
}

}  // namespace

Result<KioskFolder> writeKioskFolder(const files::path& folder, const KioskSettings& settings) {
    std::error_code error;
    const files::path configDir = files::absolute(settings.configDir, error);
    Named named = TRY(namedIn(configDir));
    if (!settings.region.empty())
        named.region = configDir / "regions" / (settings.region + ".toml");
    const KioskFolder kiosk{folder, named.strings, TRY(lossRuleOf(named.region))};
    files::create_directories(kiosk.data(), error);
    if (error) return fail(ErrorCode::fileNotWritable, folder.string() + ": " + error.message());
    const std::pair<files::path, files::path> copies[] = {
        {named.printer, folder / "printer.toml"},
        {named.face, folder / "card-face.toml"},
        {named.chip, folder / "chip-profile.toml"}};
    for (const auto& [from, to] : copies) {
        TRY(writeText(to, TRY(textOfFile(from))));
    }
    TRY(copyRegion(named.region, folder, settings));
    TRY(copyPictures(named.face, folder));
    TRY(writeText(kiosk.config(), kioskToml(settings, named)));
    if (settings.older) TRY(writeAccount(folder, *settings.older));
    return kiosk;
}

Result<void> makeBooks(const KioskFolder& kiosk, const files::path& program) {
    auto process =
        TRY(ChildProcess::start({program.string(), "init", "--config", kiosk.config().string(),
                                 "--data", kiosk.data().string()},
                                kiosk.output()));
    if (process.waitForEnd(std::chrono::seconds(30)) == 0) return {};
    return fail(ErrorCode::booksMissing, "liqu init failed; see " + kiosk.output().string());
}

Result<void> addPerson(const KioskFolder& kiosk, const std::string& number, staff::Role role,
                       const std::string& pin) {
    const auto database = TRY(storage::Database::open({kiosk.database().string(), "", false}));
    SystemRandom random;
    staff::Accounts accounts{*database, random};
    staff::Account account;
    account.number = number;
    account.name = "样品";
    account.roles = {role};
    const WallTime now = SystemClock().wallTime();
    TRY(accounts.add(account, SecretText("405060"), "root", now));
    return accounts.setFirstPin(number, SecretText(pin), now);
}

Result<void> addAttendant(const KioskFolder& kiosk) {
    return addPerson(kiosk, attendantNumber, staff::Role::attendant, attendantPin);
}

}  // namespace liqu::world
