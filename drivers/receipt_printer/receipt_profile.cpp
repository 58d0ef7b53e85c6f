#include "drivers/receipt_printer/receipt_profile.hpp"

#include "firmware/base/bytes.hpp"

namespace liqu::drivers {
namespace {

Result<Duration> duration(const ConfigFile& file, std::string_view key, double least, double most) {
    const double seconds = TRY(file.real(key, least, most));
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

Result<std::vector<UsbId>> readUsbIds(const ConfigFile& file) {
    std::vector<UsbId> ids;
    for (const std::string& text : TRY(file.texts("usb.ids"))) {
        const auto id = usbIdOf(text);
        if (id) ids.push_back(*id);
        if (!id) {
            TRY(file.refuse(ErrorCode::configBadValue, "usb.ids",
                            "must be vendor and product in hex, \"04b8:0202\""));
        }
    }
    return ids;
}

Result<HeadProfile> readHead(const ConfigFile& file) {
    HeadProfile head;
    head.dots = static_cast<int>(TRY(file.integer("head.dots", 192, 1280)));
    head.bandRows = static_cast<int>(TRY(file.integer("head.bandRows", 8, 2047)));
    head.avoidRows = static_cast<int>(TRY(file.integer("head.avoidRows", 0, 2047)));
    if (head.dots % 8 != 0) {
        TRY(file.refuse(ErrorCode::configBadValue, "head.dots", "must be a multiple of 8"));
    }
    if (head.avoidRows > 0 && head.bandRows % head.avoidRows == 0) {
        TRY(file.refuse(ErrorCode::configBadValue, "head.bandRows",
                        "must be no multiple of avoidRows"));
    }
    return head;
}

Result<StatusProfile> readStatus(const ConfigFile& file) {
    StatusProfile status;
    status.source = TRY(file.oneOf<StatusSource>("status.source"));
    status.fixedBits = TRY(file.boolean("status.fixedBits"));
    status.whilePrinting = TRY(file.boolean("status.whilePrinting"));
    status.fence = TRY(file.boolean("status.fence"));
    const bool oneWay =
        status.source == StatusSource::none || status.source == StatusSource::portByte;
    if (oneWay && status.fence) {
        TRY(file.refuse(ErrorCode::configBadValue, "status.fence",
                        "asks a printer that answers nothing"));
    }
    return status;
}

Result<PresenterProfile> readPresenter(const ConfigFile& file, const CutProfile& cut) {
    PresenterProfile presenter;
    presenter.commands = TRY(file.oneOf<PresenterCommands>("presenter.commands"));
    presenter.steps = static_cast<int>(TRY(file.integer("presenter.steps", 0, 255)));
    presenter.hold = TRY(duration(file, "presenter.holdS", 0, 255));
    if (cut.command == CutCommand::present && presenter.commands == PresenterCommands::none) {
        TRY(file.refuse(ErrorCode::configBadValue, "cut.command",
                        "says that the presenter cuts, and there is none"));
    }
    return presenter;
}

Result<PaceProfile> readPace(const ConfigFile& file) {
    PaceProfile pace;
    pace.bytesPerSecond = TRY(file.integer("pace.bytesPerSecond", 0, 10'000'000));
    pace.afterInit = TRY(duration(file, "pace.afterInitS", 0, 10));
    pace.millimetresPerSecond = TRY(file.real("pace.millimetresPerSecond", 10, 1000));
    return pace;
}

std::optional<std::uint16_t> fourDigits(std::string_view text) {
    const auto bytes = fromHex(text);
    if (!bytes || bytes->size() != 2 || text.size() != 4) return std::nullopt;
    return static_cast<std::uint16_t>((*bytes)[0] << 8 | (*bytes)[1]);
}

}  // namespace

std::optional<UsbId> usbIdOf(std::string_view text) {
    if (text.size() != 9 || text[4] != ':') return std::nullopt;
    const auto vendor = fourDigits(text.substr(0, 4));
    const auto product = fourDigits(text.substr(5));
    if (!vendor || !product) return std::nullopt;
    return UsbId{*vendor, *product};
}

Result<ReceiptProfile> readReceiptProfile(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    ReceiptProfile profile;
    profile.usbIds = TRY(readUsbIds(file));
    profile.head = TRY(readHead(file));
    profile.leaveChinese = TRY(file.boolean("init.leaveChinese"));
    profile.cut.command = TRY(file.oneOf<CutCommand>("cut.command"));
    profile.cut.feedDots = static_cast<int>(TRY(file.integer("cut.feedDots", 0, 255)));
    profile.status = TRY(readStatus(file));
    profile.presenter = TRY(readPresenter(file, profile.cut));
    profile.pace = TRY(readPace(file));
    profile.answer = TRY(duration(file, "patience.answerS", 0.05, 10));
    profile.stopped = TRY(duration(file, "patience.stoppedS", 1, 60));
    profile.hot = TRY(duration(file, "patience.hotS", 1, 300));
    TRY(file.refuseUnknownKeys());
    return profile;
}

}  // namespace liqu::drivers
