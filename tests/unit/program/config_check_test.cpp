// Rules: G-11.
#include "program/config_check.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "firmware/base/whole_file.hpp"
#include "program/books.hpp"
#include "tests/support/scratch.hpp"
#include "tests/unit/security/another_authority.hpp"
#include "tests/world/main/kiosk_folder.hpp"

using namespace liqu;
using namespace liqu::program;

namespace {

const std::filesystem::path shipped = LIQU_SOURCE_DIR "/kiosk-config";

// A machine as scripts/run sets it up, with a copy of every file it names.
struct Files {
    Files() {
        world::KioskSettings settings;
        settings.configDir = scratch.folder() / "kiosk-config";
        std::filesystem::copy(shipped, scratch.file("kiosk-config"),
                              std::filesystem::copy_options::recursive);
        settings.provinceUrl = "https://127.0.0.1:1";
        settings.chipReader = "Station";
        settings.pki = world::Pki::generate(scratch.folder() / "pki", world::terminalId).value();
        folder = world::writeKioskFolder(scratch.folder() / "kiosk", settings).value();
        pki = settings.pki;
    }

    void change(const std::filesystem::path& file, const std::string& from,
                const std::string& to) const {
        std::string text = textOf(file);
        const std::size_t at = text.find(from);
        CAPTURE(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        REQUIRE(writeWholeFile(file, bytesOf(text)));
    }
    std::string textOf(const std::filesystem::path& file) const {
        return liqu::textOf(readWholeFile(file).value());
    }
    std::filesystem::path file(const std::string& name) const { return folder.folder / name; }
    std::filesystem::path ui(const std::string& name) const {
        return scratch.folder() / "kiosk-config" / name;
    }

    std::string faults(WallTime now = SystemClock().wallTime()) const {
        std::string all;
        for (const Error& fault : faultsOfConfiguration(folder.config(), now)) {
            all += describe(fault) + "\n";
        }
        return all;
    }

    test::Scratch scratch;
    world::KioskFolder folder;
    world::Pki pki;
};

void checkSays(const std::string& all, std::initializer_list<const char*> each) {
    CAPTURE(all);
    for (const char* one : each) {
        CHECK_MESSAGE(all.find(one) != std::string::npos, "nobody says: " << one);
    }
}

}  // namespace

TEST_CASE("what scripts/run sets up is right") {
    const Files files;
    CHECK(files.faults() == "");
}

TEST_CASE("nobody who vouches: for the simulated province only") {
    const Files files;
    REQUIRE(writeWholeFile(files.pki.authority(), bytesOf(test::anotherAuthority)));
    checkSays(files.faults(), {"60107", "identity.presence", "ca.pem"});
    CHECK(readConfiguration(files.folder.config()).error().code == ErrorCode::presenceUnchecked);
}

TEST_CASE("where the rules ask for it, the machine is filed for its site") {
    const Files files;
    files.change(files.file("region.toml"), "words =", "filingRequired = true\nwords =");
    checkSays(files.faults(), {"60106", "siteFiling"});
    CHECK(readConfiguration(files.folder.config()).error().code == ErrorCode::configMissingKey);
    files.change(files.folder.config(), "outlet =", "siteFiling = \"filed-1\"\noutlet =");
    CHECK(files.faults() == "");
    CHECK(readConfiguration(files.folder.config()));
}

TEST_CASE("what must be given on paper needs a printer of slips, with its forms") {
    const Files files;
    files.change(files.file("region.toml"), "[service.loss-temporary]",
                 "[service.loss-temporary]\nreceiptRequired = true");
    checkSays(files.faults(),
              {"60106", "receiptPrinter", "service.loss-temporary.receiptRequired"});
    CHECK(readConfiguration(files.folder.config()).error().code == ErrorCode::configMissingKey);
    const std::string printers = files.ui("printers").string();
    files.change(files.folder.config(), "[idReader]",
                 "[receiptPrinter]\nprofile = \"" + printers +
                     "/receipt-epson-tm.toml\"\nforms = \"" + files.ui("forms").string() +
                     "\"\nwire = \"usb\"\n[idReader]");
    CHECK(files.faults() == "");
    CHECK(readConfiguration(files.folder.config()));
    files.change(files.folder.config(), "receipt-epson-tm", "receipt-snbc-t080");
    checkSays(files.faults(), {"receiptPrinter.usbId", "receipt-snbc-t080.toml"});
    files.change(files.folder.config(), "wire = \"usb\"\n[idReader]",
                 "wire = \"usb\"\nusbId = \"154f-0517\"\n[idReader]");
    files.change(files.ui("printers/receipt-snbc-t080.toml"), "dots = 576", "dots = 577");
    files.change(files.ui("forms/fee.toml"), "{counter}", "{desk}");
    checkSays(files.faults(), {"receiptPrinter.usbId: must be", "head.dots: must be a multiple",
                               "names no field: {desk}"});
}

TEST_CASE("a clip of other words, a short sound that is none and a key that is none are said") {
    const Files files;
    const std::string speech = files.ui("speech").string();
    files.change(files.folder.config(), "[window]",
                 "[sound]\nloudspeaker = \"default\"\nclips = \"" + speech + "\"\nearcons = \"" +
                     speech + "/earcons.toml\"\nkeys = { again = \"F17\" }\n[window]");
    CHECK(files.faults() == "");
    REQUIRE(writeWholeFile(files.ui("speech/en.toml"),
                           bytesOf("[settings.done]\nfile = \"en/done.wav\"\n"
                                   "words = \"0123456789abcdef\"\n")));
    files.change(files.ui("speech/earcons.toml"), "\"1400 25\"", "\"1400 0\"");
    files.change(files.folder.config(), "F17", "Tab");
    checkSays(files.faults(), {"en.toml: settings.done: other words were recorded",
                               "touch.notes: a note is hertz", "sound.keys.again: Tab"});
}

TEST_CASE("a picture that is missing or broken is said") {
    const Files files;
    std::filesystem::remove(files.ui("pictures/take-card.svg"));
    files.change(files.ui("pictures/waiting.svg"), "class=\"soft\"", "fill=\"red\"");
    checkSays(files.faults(), {"pictures/take-card.svg: No such file",
                               "pictures/waiting.svg: line 2: fill=\"red\""});
}

TEST_CASE("what the guide has no words for is said") {
    const Files files;
    files.change(files.file("words/en.toml"), "[guide.progress]", "[guide.progres]");
    checkSays(files.faults(), {"en.toml: guide.progress.how: has no words"});
}

TEST_CASE("a language is offered only with words, and drafts only where the region allows them") {
    const Files files;
    const auto region = files.file("region.toml");
    files.change(region, "draftWords = true", "draftWords = false");
    checkSays(files.faults(), {"60105", "screen.languages: ug has draft words only"});
    files.change(region, "\"en\", \"ug\"]", "\"en\"]");
    CHECK(files.faults() == "");
    files.change(region, "\"en\"]", "\"en\", \"kk\"]");
    checkSays(files.faults(), {"screen.languages: kk has no words"});
}

TEST_CASE("every file has a fault, and each of them is said at one look") {
    const Files files;
    files.change(files.folder.config(), "terminal = \"T-000017\"", "terminal = \"T-000018\"");
    files.change(files.folder.config(), "[idReader]\nwire = \"usb\"",
                 "[[lane]]\nbank = \"B09\"\nvendor = \"V01\"\n[idReader]\nwire = "
                 "\"serial\"\nport = \"/dev/x\"\nbaud = 12345");
    files.change(files.folder.config(), "hopperCapacity = 100", "hopperCapacity = \"many\"");
    files.change(files.file("region.toml"), "\"consent.data\"", "\"consent.nobody-wrote-this\"");
    files.change(files.file("region.toml"), "takeTimeoutS = 60", "takeTimeoutS = 6");
    files.change(files.file("printer.toml"), "rotation = 90", "rotation = 100");
    files.change(files.file("card-face.toml"), "[font]", "[font]\nitalic = true");
    files.change(files.file("chip-profile.toml"), "addressing", "adressing");
    files.change(files.ui("theme.toml"), "[size]", "[size]\nhuge = 900");
    files.change(files.ui("strings/en.toml"), "[consent]", "[consents]");
    checkSays(files.faults(),
              {"60105 configBadValue: kiosk.toml", "lane[1].bank: the region has no bank B09",
               "idReader.baud: must be one of: 9600, 19200", "stock.hopperCapacity: must be",
               "lane: there are 2, but the printer of printer.toml has hoppers: 1",
               "handover.takeTimeoutS: must be from", "zh-CN.toml: consent.nobody-wrote-this",
               "print.rotation: must be 90 or 270", "font.italic: no such key",
               "addressing: is missing", "adressing: no such key", "size.huge: no such key",
               "en.toml: consent.account: has no words",
               "terminal: is T-000018, but terminal.pem is for T-000017"});
    CHECK_FALSE(readConfiguration(files.folder.config()));
}

TEST_CASE("a back that the printer cannot print, in the face of any lane") {
    const Files files;
    const std::string back = "\n[[back.text]]\ntext = \"12333\"\nx = 9\ny = 9\nwidth = 20\n";
    const std::string face = files.textOf(files.file("card-face.toml"));
    REQUIRE(writeWholeFile(files.file("other-face.toml"), bytesOf(face + back)));
    CHECK(files.faults() == "");
    files.change(files.folder.config(), "vendor = \"V01\"",
                 "vendor = \"V01\"\ncardFace = \"other-face.toml\"");
    const char* says = "other-face.toml: back: the printer of printer.toml prints the front only";
    checkSays(files.faults(), {says});
    const auto read = readConfiguration(files.folder.config());
    REQUIRE_FALSE(read);
    CHECK(read.error().cause == says);
}

TEST_CASE("a printer nobody has a driver for: its profile is not read as another maker's") {
    const Files files;
    files.change(files.folder.config(), "driver = \"evolis\"", "driver = \"nobody\"");
    CHECK(files.faults() ==
          "60105 configBadValue: kiosk.toml:6: printer.driver: must be one of: evolis\n");
}

TEST_CASE("the machine of scripts/run is set up from the files a folder's kiosk.toml names") {
    const Files files;
    const auto dir = files.scratch.folder() / "kiosk-config";
    std::filesystem::copy(dir / "regions/simulator.toml", dir / "regions/mine.toml");
    files.change(dir / "regions/mine.toml", "\"420100\"", "\"440300\"");
    files.change(dir / "kiosk.toml", "regions/simulator.toml", "regions/mine.toml");
    std::filesystem::copy(dir / "card-faces/third-generation.toml", dir / "card-faces/mine.toml");
    files.change(dir / "card-faces/mine.toml", "\"{name}\"", "\"姓名 {name}\"");
    REQUIRE(writeWholeFile(dir / "card-faces/mark.png", bytesOf("a picture")));
    files.change(dir / "kiosk.toml", "vendor = \"V01\"",
                 "vendor = \"V07\"\ncardFace = \"card-faces/mine.toml\"");
    std::filesystem::rename(dir / "strings", dir / "words");
    files.change(dir / "kiosk.toml", "strings = \"strings\"", "strings = \"words\"");
    world::KioskSettings settings;
    settings.configDir = dir;
    settings.pki = files.pki;
    settings.provinceUrl = "https://127.0.0.1:1";
    settings.chipReader = "Station";
    const auto other = world::writeKioskFolder(files.scratch.folder() / "other", settings);
    REQUIRE_MESSAGE(other, describe(other.error()));
    CHECK(faultsOfConfiguration(other->config(), std::nullopt).empty());
    const auto read = readConfiguration(other->config());
    REQUIRE(read);
    CHECK(read->region.regionCode == "440300");
    CHECK(read->kiosk.lanes[0].vendor == "V07");
    CHECK(files.textOf(read->kiosk.lanes[0].cardFace).find("姓名 {name}") != std::string::npos);
    CHECK(read->kiosk.window.strings == dir / "words");
    CHECK(std::filesystem::exists(other->folder / "mark.png"));
    files.change(dir / "kiosk.toml", "regions/mine.toml", "regions/gone.toml");
    const auto gone = world::writeKioskFolder(files.scratch.folder() / "gone", settings);
    REQUIRE_FALSE(gone);
    CHECK(gone.error().cause.find("region: there is no") != std::string::npos);
}

TEST_CASE("keys and certificates: missing, mixed up, open to others, out of their time") {
    const Files files;
    std::filesystem::copy(files.pki.terminal(), files.pki.authority(),
                          std::filesystem::copy_options::overwrite_existing);
    REQUIRE(::chmod(files.pki.terminalSigningKey().c_str(), 0640) == 0);
    files.change(files.pki.terminalKey(), "BEGIN", "BEGUN");
    const WallTime later = SystemClock().wallTime() + std::chrono::hours{24 * 365 * 20};
    checkSays(files.faults(later), {"terminal-sm2-key.pem: others may use it, chmod 600",
                                    "terminal-key.pem: no private key in PEM",
                                    "terminal.pem: holds from", "the clock says"});
    std::filesystem::copy(files.pki.serverKey(), files.pki.terminalKey(),
                          std::filesystem::copy_options::overwrite_existing);
    checkSays(files.faults(), {"terminal-key.pem: is not the key of terminal.pem"});
    REQUIRE(::chmod(files.pki.terminalKey().c_str(), 0644) == 0);
    checkSays(files.faults(), {"terminal-key.pem: others may use it"});
    std::filesystem::remove(files.pki.terminalKey());
    checkSays(files.faults(), {"province.clientKey: there is no"});
}

TEST_CASE("a certificate out of its time: the clock is named, unless the books speak for it") {
    const Files files;
    const test::Scratch scratch;
    const auto books = test::openDatabase(scratch);
    policy::ProvinceConfig config;
    config.clientCertificate = files.pki.terminal();
    const WallTime today = SystemClock().wallTime();
    const WallTime later = today + std::chrono::hours{24 * 365 * 20};
    const auto codeAt = [&](storage::Database* asked, WallTime now) {
        const auto good = checkOwnCertificate(config, asked, now);
        return good ? ErrorCode{} : good.error().code;
    };
    CHECK(codeAt(books.get(), today) == ErrorCode{});
    CHECK(codeAt(nullptr, today) == ErrorCode{});
    CHECK(codeAt(books.get(), later) == ErrorCode::clockNotTrusted);
    CHECK(codeAt(nullptr, later) == ErrorCode::clockNotTrusted);
    auto worked = storage::Transaction::begin(*books).value();
    REQUIRE(worked.run(
        "INSERT INTO outbox(terminal_seq, order_id, message_type, idempotency_key, happened_at, "
        "state) VALUES(1, 'o', 't', 'k', ?, 'queued')",
        {std::int64_t{(later - std::chrono::hours{24}).time_since_epoch().count()}}));
    REQUIRE(worked.commit());
    CHECK(codeAt(books.get(), later) == ErrorCode::provinceCertificateWrong);
    // What is said of the files alone leaves it to that look.
    CHECK(faultsOfConfiguration(files.folder.config(), std::nullopt).empty());
}

TEST_CASE("a FIFO or a device in place of any file is a fault, and nobody waits for it") {
    for (const char* key : {"region", "profile", "layout", "theme", "fonts", "caCertificate",
                            "clientCertificate", "clientKey", "signingKey", "verificationKey"}) {
        CAPTURE(key);
        const Files files;
        REQUIRE(::mkfifo(files.file("fifo").c_str(), 0600) == 0);
        const std::string text = files.textOf(files.folder.config());
        const std::size_t at = text.find(std::string(key) + " = \"");
        REQUIRE(at != std::string::npos);
        const std::string line = text.substr(at, text.find('\n', at) - at);
        files.change(files.folder.config(), line, std::string(key) + " = \"fifo\"");
        checkSays(files.faults(), {"fifo: not a plain file"});
        files.change(files.folder.config(), "\"fifo\"", "\"/dev/zero\"");
        checkSays(files.faults(), {"/dev/zero: not a plain file"});
    }
}

TEST_CASE("kiosk.toml itself: not there, not TOML") {
    const Files files;
    REQUIRE(writeWholeFile(files.folder.config(), bytesOf("terminal = \n")));
    checkSays(files.faults(), {"60102 configSyntax: kiosk.toml:1"});
    std::filesystem::remove(files.folder.config());
    checkSays(files.faults(), {"60101 configNotReadable", "No such file"});
}
