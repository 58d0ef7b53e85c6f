// The card face: drawing it, and splitting it into panels. The first card is among the samples.
#include <chrono>
#include <filesystem>

#include "drivers/card_printer/evolis/panels.hpp"
#include "firmware/base/assert.hpp"
#include "tests/bench/figures.hpp"
#include "tests/world/province/portrait.hpp"
#include "ui/paper/card_face.hpp"

namespace liqu::bench {
namespace {

constexpr int cards = 300;

double millisecondsOf(auto&& act) {
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
}

card::FaceItems itemsOf(int number) {
    card::FaceItems items;
    items.printName = PersonalText(number % 2 == 0 ? "测试样例" : "阿卜杜热合曼·买买提");
    items.socialNumber = PersonalText("11010519491231002X");
    items.cardNumber = "A00000003";
    items.issueDate = "20240601";
    items.portraitJpeg =
        PersonalBytes(world::portraitJpeg({static_cast<std::uint64_t>(number % 7), false, 40}));
    return items;
}

}  // namespace

void benchFace(Figures& figures) {
    const std::filesystem::path config = std::filesystem::path(LIQU_SOURCE_DIR) / "kiosk-config";
    auto renderer = ui::makeCardFaceRenderer(config / "card-faces/third-generation.toml",
                                             config / "fonts/fonts.conf");
    const auto profile = drivers::readPrinterProfile(config / "printers/evolis-kc.toml");
    LIQU_ASSERT(renderer && profile);
    std::vector<double> raster;
    std::vector<double> split;
    for (int number = 0; number < cards; ++number) {
        const card::FaceItems items = itemsOf(number);
        std::optional<ports::CardFace> face;
        raster.push_back(millisecondsOf([&] { face = *(*renderer)->render(items); }));
        split.push_back(millisecondsOf([&] { drivers::makePanels(*face, profile->print); }));
    }
    figures["face.raster_p50_ms"] = {quantile(raster, 0.5), "", true};
    figures["face.raster_first_ms"] = {raster.front(), "", true};
    figures["face.raster_p99_ms"] = atMost(quantile(raster, 0.99), 30);
    figures["face.split_ms"] = atMost(quantile(split, 0.99), 10);
}

}  // namespace liqu::bench
