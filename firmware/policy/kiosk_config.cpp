#include "firmware/policy/kiosk_config.hpp"

#include <set>

#include "firmware/base/config_file.hpp"

namespace liqu::policy {
namespace {

using std::chrono::seconds;

class Reader {
  public:
    Reader(const ConfigFile& file, std::filesystem::path folder)
        : file_(file), folder_(std::move(folder)) {}

    // A path that must exist, so that a wrong one is found at start and not at the first citizen.
    Result<std::filesystem::path> path(std::string_view key) const {
        const std::filesystem::path found = folder_ / TRY(file_.text(key));
        std::error_code error;
        if (!std::filesystem::exists(found, error)) {
            return fail(
                file_.wrong(ErrorCode::configBadValue, key, "there is no " + found.string()));
        }
        return found;
    }

    Result<ProvinceConfig> province() const {
        ProvinceConfig config;
        config.url = TRY(file_.text("province.url"));
        if (!config.url.starts_with("https://")) {
            return fail(
                file_.wrong(ErrorCode::configBadValue, "province.url", "must start with https://"));
        }
        config.caCertificate = TRY(path("province.caCertificate"));
        config.clientCertificate = TRY(path("province.clientCertificate"));
        config.clientKey = TRY(path("province.clientKey"));
        config.signingKey = TRY(path("province.signingKey"));
        config.verificationKey = TRY(path("province.verificationKey"));
        config.queryPatience = seconds{TRY(file_.integer("province.queryPatienceS", 1, 120, 15))};
        config.changePatience = seconds{TRY(file_.integer("province.changePatienceS", 1, 120, 30))};
        return config;
    }

    Result<IdReaderConfig> idReader() const {
        IdReaderConfig config;
        config.serial = TRY(file_.oneOf("idReader.wire", {"usb", "serial"})) == "serial";
        if (!config.serial) return config;
        config.port = TRY(file_.text("idReader.port"));
        config.baud = static_cast<int>(TRY(file_.integer("idReader.baud", 9600, 115200, 115200)));
        return config;
    }

    Result<WindowConfig> window() const {
        WindowConfig config;
        config.width = static_cast<int>(TRY(file_.integer("window.width", 640, 7680, 1080)));
        config.height = static_cast<int>(TRY(file_.integer("window.height", 640, 7680, 1920)));
        config.fullscreen = TRY(file_.boolean("window.fullscreen", true));
        config.strings = TRY(path("window.strings"));
        config.fonts = TRY(path("window.fonts"));
        config.theme = TRY(path("window.theme"));
        return config;
    }

    Result<LogConfig> log() const {
        LogConfig config;
        if (file_.has("log.level")) {
            config.level = TRY(file_.oneOf("log.level", {"debug", "info", "warning", "error"}));
        }
        config.maxKiB = TRY(file_.integer("log.maxKiB", 64, 1024 * 1024, config.maxKiB));
        config.keep = TRY(file_.integer("log.keep", 1, 100, config.keep));
        return config;
    }

    Result<StaffConfig> staff() const {
        StaffConfig config;
        config.patience = seconds{TRY(file_.integer("staff.patienceS", 30, 900, 120))};
        // Not there while no stick is plugged in.
        if (file_.has("staff.stick")) config.stick = folder_ / TRY(file_.text("staff.stick"));
        config.stickIsFolder = TRY(file_.boolean("staff.stickIsFolder", false));
        return config;
    }

    Result<std::vector<LaneConfig>> lanes() const {
        std::vector<LaneConfig> lanes;
        const std::size_t count = file_.count("lane");
        if (count == 0) return fail(file_.wrong(ErrorCode::configMissingKey, "lane", "is missing"));
        for (std::size_t i = 0; i < count; ++i) {
            const std::string key = "lane[" + std::to_string(i) + "].";
            LaneConfig lane;
            lane.number = static_cast<int>(i) + 1;
            lane.bank = TRY(file_.text(key + "bank"));
            lane.vendor = TRY(file_.text(key + "vendor"));
            lanes.push_back(std::move(lane));
        }
        return lanes;
    }

  private:
    const ConfigFile& file_;
    std::filesystem::path folder_;
};

}  // namespace

Result<KioskConfig> loadKioskConfig(const std::filesystem::path& path) {
    const ConfigFile file = TRY(ConfigFile::read(path));
    const Reader reader(file, path.parent_path());
    KioskConfig config;
    config.terminal = TRY(file.text("terminal"));
    config.outlet = TRY(file.text("outlet"));
    config.region = TRY(reader.path("region"));
    config.printerProfile = TRY(reader.path("printer.profile"));
    config.cardFace = TRY(reader.path("cardFace.layout"));
    config.chipProfile = TRY(reader.path("chip.profile"));
    config.chipReader = TRY(file.text("chip.reader"));
    config.sealing = TRY(file.oneOf("sealing.profile", {"aes-256-gcm", "sm4-ctr-hmac-sm3"}));
    config.hopperCapacity = TRY(file.integer("stock.hopperCapacity", 1, 1000, 100));
    config.binCapacity = TRY(file.integer("stock.binCapacity", 1, 1000, 30));
    config.lanes = TRY(reader.lanes());
    config.idReader = TRY(reader.idReader());
    config.province = TRY(reader.province());
    config.window = TRY(reader.window());
    config.log = TRY(reader.log());
    config.staff = TRY(reader.staff());
    TRY(file.refuseUnknownKeys());
    return config;
}

}  // namespace liqu::policy
