// liqu-manual: puts a manual's text (docs/manual/) and the pictures of the robots' walks together
// to a PDF, or says which walks are wanted. scripts/manual calls it.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <map>
#include <set>

#include "firmware/base/whole_file.hpp"
#include "tests/manual/manual_pages.hpp"
#include "tests/manual/walk_pictures.hpp"

namespace {

namespace files = std::filesystem;
using namespace liqu;
using namespace liqu::manual;

struct Wish {
    files::path source = LIQU_SOURCE_DIR;
    files::path walks;
    files::path out;
    std::vector<std::string> manuals;
    std::string edition;
    bool onlyWalks = false;

    files::path textOf(const std::string& name) const {
        return source / "docs" / "manual" / (name + ".toml");
    }
};

Result<Manual> manualOf(const Wish& wish, const ui::Dictionary& words, const std::string& name) {
    return readManual(wish.textOf(name), words);
}

// One line for each walk that the manuals need: its name, a tab, and the options of liqu-world;
// of a day "day".
Result<void> tellWalks(const Wish& wish, const ui::Dictionary& words) {
    std::set<std::string> wanted;
    for (const std::string& name : wish.manuals) {
        const Manual manual = TRY(manualOf(wish, words, name));
        for (const Chapter& chapter : manual.chapters) {
            for (const Step& step : chapter.steps) wanted.insert(step.picture.walk);
        }
    }
    for (const Walk& walk : TRY(readWalks(wish.textOf("walks")))) {
        if (wanted.erase(walk.name) == 0) continue;
        std::string options = walk.visit.empty() ? "day" : "--visit " + walk.visit;
        if (!walk.region.empty()) options += " --region " + walk.region;
        if (!walk.site.empty()) options += " --site " + walk.site;
        if (!walk.language.empty()) options += " --language " + walk.language;
        for (const std::string& fault : walk.faults) options += " --fault " + fault;
        fmt::print("{}\t{}\n", walk.name, options);
    }
    if (wanted.empty()) return {};
    return fail(ErrorCode::configBadValue, "walks.toml has no walk " + *wanted.begin());
}

Result<void> print(const Wish& wish, const ui::Dictionary& words, const std::string& name) {
    const Manual manual = TRY(manualOf(wish, words, name));
    std::map<std::string, WalkPictures> walks;
    std::vector<StepPictures> pictures;
    for (const Chapter& chapter : manual.chapters) {
        StepPictures& ofChapter = pictures.emplace_back();
        for (const Step& step : chapter.steps) {
            const std::string& walk = step.picture.walk;
            if (!walks.contains(walk))
                walks.emplace(walk, TRY(WalkPictures::open(wish.walks / walk)));
            ofChapter.push_back(TRY(walks.at(walk).of(step)));
        }
    }
    const auto fonts = TRY(ui::PaperFonts::open(wish.source / "kiosk-config/fonts/fonts.conf"));
    const ManualPaper paper = TRY(printManual(*fonts, manual, pictures, wish.edition));
    const files::path pdf = wish.out / (name + ".pdf");
    TRY(writeWholeFile(pdf, paper.pdf));
    fmt::print("{}: {} pages\n", pdf.string(), paper.pages);
    return {};
}

Result<void> carryOut(const Wish& wish) {
    const auto words = TRY(ui::Dictionary::read(wish.source / "kiosk-config/strings"));
    if (wish.onlyWalks) return tellWalks(wish, words);
    for (const std::string& name : wish.manuals) TRY(print(wish, words, name));
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    Wish wish;
    CLI::App app("Makes the manuals of the kiosk from the robots' walks");
    app.add_option("manual", wish.manuals, "citizen, branch, technician")->required();
    app.add_flag("--only-walks", wish.onlyWalks, "Only say which walks they need");
    app.add_option("--walks", wish.walks, "Folder of the walks, one folder each");
    app.add_option("--out", wish.out, "Folder for the PDFs");
    app.add_option("--edition", wish.edition, "Said on the cover and on every page");
    CLI11_PARSE(app, argc, argv);
    const auto done = carryOut(wish);
    if (done) return 0;
    fmt::print(stderr, "liqu-manual: {}\n", describe(done.error()));
    return 1;
}
