#include "tests/world/main/kiosk_folder.hpp"

#include <fmt/format.h>
#include <fstream>
#include <regex>
#include <sstream>

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

std::string kioskToml(const KioskSettings& settings) {
    const std::string shipped = (settings.sourceTree / "kiosk-config").string();
    std::string text = fmt::format(
        "terminal = \"{}\"\noutlet = \"O-0001\"\nregion = \"region.toml\"\n\n"
        "[printer]\nprofile = \"printer.toml\"\n\n[cardFace]\nlayout = \"card-face.toml\"\n\n"
        "[chip]\nprofile = \"chip-profile.toml\"\nreader = \"{}\"\n\n"
        "[sealing]\nprofile = \"aes-256-gcm\"\n\n"
        "[stock]\nhopperCapacity = 100\nbinCapacity = 30\n\n"
        "[[lane]]\nbank = \"{}\"\nvendor = \"V01\"\n\n[idReader]\nwire = \"usb\"\n\n",
        terminalId, settings.chipReader, bankCode);
    text += fmt::format(
        "[province]\nurl = \"{}\"\ncaCertificate = \"{}\"\nclientCertificate = \"{}\"\n"
        "clientKey = \"{}\"\nsigningKey = \"{}\"\nverificationKey = \"{}\"\n\n",
        settings.provinceUrl, settings.pki.authority().string(), settings.pki.terminal().string(),
        settings.pki.terminalKey().string(), settings.pki.terminalSigningKey().string(),
        settings.pki.provinceVerifyKey().string());
    text += fmt::format(
        "[window]\nstrings = \"{0}/strings\"\nfonts = \"{0}/fonts/fonts.conf\"\n"
        "theme = \"{0}/theme.toml\"\nwidth = {1}\nheight = {2}\nfullscreen = false\n",
        shipped, settings.width, settings.height);
    return text;
}

}  // namespace

Result<KioskFolder> writeKioskFolder(const files::path& folder, const KioskSettings& settings) {
    const KioskFolder kiosk{folder};
    std::error_code error;
    files::create_directories(kiosk.data(), error);
    if (error) return fail(ErrorCode::fileNotWritable, folder.string() + ": " + error.message());
    const files::path shipped = settings.sourceTree / "kiosk-config";
    const std::pair<files::path, files::path> copies[] = {
        {shipped / "regions" / "simulator.toml", folder / "region.toml"},
        {shipped / "printers" / "evolis-kc.toml", folder / "printer.toml"},
        {shipped / "card-faces" / "third-generation.toml", folder / "card-face.toml"},
        {shipped / "chip-profiles" / "number-prewritten.toml", folder / "chip-profile.toml"}};
    for (const auto& [from, to] : copies) {
        std::string text = TRY(textOfFile(from));
        if (settings.patience > 0 && to.filename() == "region.toml") {
            const std::regex waiting("(patienceS|takeTimeoutS|waitS) = \\d+");
            text = std::regex_replace(text, waiting, fmt::format("$1 = {}", settings.patience));
        }
        TRY(writeText(to, text));
    }
    TRY(writeText(kiosk.config(), kioskToml(settings)));
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

}  // namespace liqu::world
