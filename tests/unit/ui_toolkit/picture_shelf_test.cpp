// Pictures on their way to the glass: drawn by a program, kept, shown; and what happens without it.
#include "ui/toolkit/picture_shelf.hpp"

#include <SDL.h>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>
#include <thread>

#include "tests/support/scratch.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::ui {
namespace {

using namespace std::chrono_literals;
using screen::Picture;

constexpr std::uint32_t shownSide = 96;

Palette paletteOf(screen::Contrast contrast) {
    return Look::read(LIQU_SOURCE_DIR "/kiosk-config/theme.toml").value().theme(contrast);
}

// A shelf over a renderer without a window.
class ShelfBench {
  public:
    explicit ShelfBench(const std::string& painter = LIQU_PICTURES_PROGRAM)
        : painter_(painter), folder_(scratch.folder() / "svg") {
        std::filesystem::copy(LIQU_SOURCE_DIR "/kiosk-config/pictures", folder_);
        open();
    }
    // As after a start.
    void open() {
        shelf.reset();
        shelf = std::make_unique<PictureShelf>(
            PictureOptions{folder_, painter_, scratch.folder() / "cache"}, renderer_.get(), clock);
    }
    void use(const std::string& painter) {
        painter_ = painter;
        open();
    }
    // One frame that shows it.
    bool frame(Picture picture = Picture::takeCard, std::uint32_t size = shownSide) {
        shelf->beginFrame();
        SDL_Texture* texture = shelf->picture(picture, palette, size);
        shownName = texture == nullptr ? nullptr : SDL_GetTextureUserData(texture);
        shelf->endFrame();
        return texture != nullptr;
    }
    // Frames until nothing is being drawn; whether it was there in the last one.
    bool settled(Picture picture = Picture::takeCard) {
        while (true) {
            const bool there = frame(picture);
            if (!shelf->isWaiting()) return there || frame(picture);
            std::this_thread::yield();
        }
    }
    void pass(Duration time) { clock.sleepUntil(clock.now() + time); }
    void write(const std::string& name, const std::string& svg) const {
        std::ofstream(folder_ / name) << svg;
    }
    void remove(const std::string& name) const { std::filesystem::remove(folder_ / name); }
    // A program that is a script.
    std::string painterSaying(const std::string& script) const {
        std::ofstream(scratch.file("painter")) << "#!/bin/sh\n" << script << "\n";
        ::chmod(scratch.file("painter").c_str(), 0700);
        return scratch.file("painter");
    }

    test::Scratch scratch;
    world::VirtualClock clock;
    Palette palette = paletteOf(screen::Contrast::usual);
    std::unique_ptr<PictureShelf> shelf;
    void* shownName = nullptr;  // of what the last frame showed (nameAnew)

  private:
    std::string painter_;
    std::filesystem::path folder_;
    std::unique_ptr<SDL_Surface, void (*)(SDL_Surface*)> surface_{
        SDL_CreateRGBSurface(0, 64, 64, 32, 0, 0, 0, 0), SDL_FreeSurface};
    std::unique_ptr<SDL_Renderer, void (*)(SDL_Renderer*)> renderer_{
        SDL_CreateSoftwareRenderer(surface_.get()), SDL_DestroyRenderer};
};

}  // namespace

TEST_CASE("a picture comes a few frames later, and at once after the next start") {
    ShelfBench bench;
    CHECK_FALSE(bench.frame());
    CHECK(bench.shelf->isWaiting());
    CHECK(bench.settled());
    CHECK(bench.shelf->bytes() == shownSide * shownSide * 4);
    bench.use("/no-such-program");
    CHECK(bench.frame());
    CHECK(bench.shelf->takeFaults().empty());
}

TEST_CASE("only what is shown is kept in memory") {
    ShelfBench bench;
    REQUIRE(bench.settled());
    bench.shelf->endFrame();
    CHECK(bench.shelf->bytes() == 0);
    CHECK(bench.frame());
    void* const shown = bench.shownName;
    REQUIRE(shown != nullptr);
    CHECK(bench.frame());
    CHECK(bench.shownName == shown);
}

TEST_CASE("what is drawn for a page that is gone is kept for the next time") {
    ShelfBench bench;
    CHECK_FALSE(bench.frame());
    while (bench.shelf->isWaiting()) {
        bench.shelf->beginFrame();
        bench.shelf->endFrame();
        std::this_thread::yield();
    }
    bench.shelf->beginFrame();
    bench.shelf->endFrame();
    CHECK(bench.shelf->bytes() == 0);
    CHECK(bench.frame());
}

TEST_CASE("another contrast and another size are other pictures") {
    ShelfBench bench;
    REQUIRE(bench.settled());
    bench.palette = paletteOf(screen::Contrast::dark);
    CHECK_FALSE(bench.frame());
    CHECK(bench.settled());
    CHECK_FALSE(bench.frame(Picture::takeCard, shownSide + 8));
}

TEST_CASE("a changed drawing is drawn anew, whatever is kept") {
    ShelfBench bench;
    REQUIRE(bench.settled());
    bench.write("take-card.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"/>");
    bench.use("/no-such-program");
    CHECK_FALSE(bench.frame());
    CHECK(bench.shelf->takeFaults().size() == 1);
}

TEST_CASE("a kept picture that was torn is drawn again") {
    ShelfBench bench;
    REQUIRE(bench.settled());
    for (const auto& entry :
         std::filesystem::directory_iterator(bench.scratch.folder() / "cache")) {
        std::filesystem::resize_file(entry.path(), 1000);
    }
    bench.open();
    CHECK_FALSE(bench.frame());
    CHECK(bench.settled());
    CHECK(bench.shelf->takeFaults().empty());
}

TEST_CASE("without its program a page stands without its picture, and that is said once") {
    ShelfBench bench("/no-such-program");
    CHECK_FALSE(bench.settled());
    const Faults faults = bench.shelf->takeFaults();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].cause == "/no-such-program: cannot be started");
    bench.pass(10min);
    CHECK_FALSE(bench.settled());
    CHECK_FALSE(bench.settled(Picture::waiting));
    CHECK(bench.shelf->takeFaults().empty());
}

TEST_CASE("a drawing that is missing or broken is named once, and the others are there") {
    ShelfBench bench;
    bench.remove("take-card.svg");
    bench.write("waiting.svg", "<svg>");
    CHECK_FALSE(bench.settled());
    CHECK_FALSE(bench.settled(Picture::waiting));
    CHECK(bench.settled(Picture::making));
    const Faults faults = bench.shelf->takeFaults();
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].cause.find("take-card.svg") != std::string::npos);
    CHECK(faults[1].cause.find("waiting.svg: line 1") != std::string::npos);
    CHECK_FALSE(bench.settled());
    CHECK(bench.shelf->takeFaults().empty());
}

TEST_CASE("what could not be had is tried again a minute later") {
    ShelfBench bench;
    bench.use(bench.painterSaying("exit 3"));
    CHECK_FALSE(bench.settled());
    CHECK(bench.shelf->takeFaults().size() == 1);
    bench.painterSaying("exec " LIQU_PICTURES_PROGRAM);
    CHECK_FALSE(bench.settled());
    bench.pass(61s);
    CHECK(bench.settled());
}

TEST_CASE("a program that says something else, or is late, is not believed") {
    for (const char* script :
         {"echo hello", "cat", "head -c 100000 /dev/zero", "head -c 10 /dev/zero",
          "printf '\\000\\000\\000\\000\\000\\220\\000\\000'; head -c 1000 /dev/zero"}) {
        CAPTURE(script);
        ShelfBench bench;
        bench.use(bench.painterSaying(script));
        CHECK_FALSE(bench.settled());
        CHECK(bench.shelf->takeFaults().size() == 1);
    }
    ShelfBench bench;
    bench.use(bench.painterSaying("exec sleep 600"));
    CHECK_FALSE(bench.frame());
    CHECK(bench.shelf->isWaiting());
    bench.pass(PicturePainter::patience);
    CHECK_FALSE(bench.settled());
    CHECK(bench.shelf->takeFaults().size() == 1);
}

TEST_CASE("what the program refuses is told in its words") {
    ShelfBench bench;
    bench.use(bench.painterSaying("printf '\\001\\000\\000\\000\\004\\000\\000\\000nope'"));
    CHECK_FALSE(bench.settled());
    const Faults faults = bench.shelf->takeFaults();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].cause == "take-card.svg: nope");
}

TEST_CASE("a page with every picture at once is drawn in as many orders as it takes") {
    ShelfBench bench;
    const auto showAll = [&] {
        bench.shelf->beginFrame();
        std::size_t there = 0;
        for (const auto picture : wordTable<Picture>.values()) {
            if (picture == Picture::none) continue;
            if (bench.shelf->picture(picture, bench.palette, 800) != nullptr) ++there;
        }
        bench.shelf->endFrame();
        return there;
    };
    CHECK(showAll() == 0);
    while (bench.shelf->isWaiting()) {
        showAll();
        std::this_thread::yield();
    }
    CHECK(showAll() == wordTable<Picture>.values().size() - 1);
    CHECK(bench.shelf->takeFaults().empty());
}

}  // namespace liqu::ui
