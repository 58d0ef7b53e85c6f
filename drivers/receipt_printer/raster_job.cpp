#include "drivers/receipt_printer/raster_job.hpp"

#include <algorithm>

#include "firmware/base/assert.hpp"

namespace liqu::drivers {
namespace {

constexpr std::size_t headSize = 8;

// 10 04 n, 10 05 n and 10 14 … act at once, inside a picture too: a status byte comes that nobody
// asked for, or the printer throws its buffer away. One dot is given up instead.
void defuse(std::vector<unsigned char>& band) {
    for (std::size_t at = headSize; at < band.size(); ++at) {
        const unsigned char last = band[at];
        const bool threeBytes = band[at - 2] == 0x10;
        const bool asks =
            threeBytes && band[at - 1] == 0x04 && ((last >= 1 && last <= 4) || last == 0x14);
        const bool recovers = threeBytes && band[at - 1] == 0x05 && (last == 1 || last == 2);
        if (asks || recovers) band[at] = 0;
        if (band[at - 1] == 0x10 && last == 0x14) band[at] = 0x15;
    }
}

int lastBlackRow(const ports::SlipPicture& picture) {
    const auto& dots = picture.dots.reveal();
    const auto last = std::find_if(dots.rbegin(), dots.rend(), [](auto byte) { return byte != 0; });
    const auto bytes = static_cast<int>(std::distance(last, dots.rend()));
    return (bytes + picture.bytesPerRow() - 1) / picture.bytesPerRow();
}

PersonalBytes bandAt(const ports::SlipPicture& picture, const HeadProfile& head, int from,
                     int rows) {
    const int wide = head.dots / 8;
    const bool avoided = head.avoidRows > 0 && rows % head.avoidRows == 0;
    const int sent = avoided ? rows + 1 : rows;
    std::vector<unsigned char> band = {0x1D,
                                       0x76,
                                       0x30,
                                       0x00,
                                       static_cast<unsigned char>(wide & 0xFF),
                                       static_cast<unsigned char>(wide >> 8),
                                       static_cast<unsigned char>(sent & 0xFF),
                                       static_cast<unsigned char>(sent >> 8)};
    band.resize(headSize + static_cast<std::size_t>(wide) * static_cast<std::size_t>(sent));
    const auto& dots = picture.dots.reveal();
    for (int row = 0; row < rows; ++row) {
        const auto begin = dots.begin() + std::ptrdiff_t{from + row} * picture.bytesPerRow();
        std::copy(begin, begin + picture.bytesPerRow(),
                  band.begin() + headSize + std::ptrdiff_t{row} * wide);
    }
    defuse(band);
    return PersonalBytes(std::move(band));
}

unsigned char secondsOf(Duration duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    return static_cast<unsigned char>(std::clamp<std::int64_t>(seconds, 0, 255));
}

}  // namespace

Bytes initCommands(const ReceiptProfile& profile) {
    if (profile.leaveChinese) return {0x1B, 0x40, 0x1C, 0x2E};
    return {0x1B, 0x40};
}

std::vector<PersonalBytes> bandsOf(const ports::SlipPicture& picture,
                                   const ReceiptProfile& profile) {
    LIQU_ASSERT(picture.width > 0 && picture.width <= profile.head.dots);
    LIQU_ASSERT(picture.dots.reveal().size() == static_cast<std::size_t>(picture.bytesPerRow()) *
                                                    static_cast<std::size_t>(picture.height));
    const int height = lastBlackRow(picture);
    std::vector<PersonalBytes> bands;
    for (int from = 0; from < height; from += profile.head.bandRows) {
        const int rows = std::min(profile.head.bandRows, height - from);
        bands.push_back(bandAt(picture, profile.head, from, rows));
    }
    return bands;
}

namespace {

Bytes cutCommands(const CutProfile& cut) {
    const auto feed = static_cast<std::uint8_t>(cut.feedDots);
    switch (cut.command) {
        case CutCommand::feedAndCut:
            return {0x1D, 0x56, 0x42, feed};
        case CutCommand::full:
            return {0x1B, 0x4A, feed, 0x1D, 0x56, 0x00};
        case CutCommand::partial:
            return {0x1B, 0x4A, feed, 0x1D, 0x56, 0x01};
        case CutCommand::old:
            return {0x1B, 0x4A, feed, 0x1B, 0x69};
        case CutCommand::present:
            break;
    }
    // A cut before a command that cuts by itself would make a second slip.
    return {0x1B, 0x4A, feed};
}

Bytes presentCommands(const PresenterProfile& presenter) {
    const auto steps = static_cast<std::uint8_t>(presenter.steps);
    switch (presenter.commands) {
        case PresenterCommands::gsE:
            return {0x1D, 0x65, 0x03, steps};
        case PresenterCommands::fsP:
            // R: it takes back by itself what nobody took.
            return {0x1C, 0x50, steps, 0x00, 0x52, secondsOf(presenter.hold)};
        case PresenterCommands::gsR:
            // 0: never by itself.
            return {0x1D, 0x52, 0x01, 0x00};
        case PresenterCommands::none:
            break;
    }
    return {};
}

}  // namespace

Bytes endCommands(const ReceiptProfile& profile) {
    Bytes commands = cutCommands(profile.cut);
    const Bytes presents = presentCommands(profile.presenter);
    for (const std::uint8_t byte : presents) commands.push_back(byte);
    return commands;
}

}  // namespace liqu::drivers
