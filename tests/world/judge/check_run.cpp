// The run itself: it came to its end, its faults happened, its pictures are there.
#include <fstream>

#include "tests/world/judge/bench.hpp"

namespace liqu::judge {
namespace {

bool isPicture(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    char head[8] = {};
    stream.read(head, sizeof head);
    return stream && std::string(head + 1, 3) == "PNG";
}

void checkPictures(Bench& bench) {
    const Json screens = bench.evidence.world.value("screens", Json::array());
    int number = 0;
    for (const Json& screen : screens) {
        ++number;
        const std::string name = screen.get<std::string>();
        const std::string file = (number < 10 ? "0" : "") + std::to_string(number) + "-" + name;
        if (!isPicture(bench.evidence.folder / "screens" / (file + ".png"))) {
            return bench.expect(false, "there is a picture of every screen", file);
        }
    }
    bench.expect(number > 0, "there is a picture of every screen");
}

// "20203" is about what the fault "printer.jam" is about: the first digit is the area.
bool explains(const std::string& fault, const std::string& reason) {
    static const std::map<std::string, char> areas = {
        {"reader", '1'}, {"printer", '2'}, {"chip", '3'}, {"province", '4'}, {"kiosk", '5'}};
    const auto area = areas.find(fault.substr(0, fault.find('.')));
    return area != areas.end() && reason.starts_with(area->second);
}

// A kiosk that never opened did nothing wrong and nothing right either: it passes only where a
// named fault of the part it complains about kept it closed.
void checkService(Bench& bench) {
    static const std::set<std::string> shut = {"starting", "recovering", "out-of-service"};
    static const std::set<std::string> givesReason = {"out-of-service", "queries-only", "problem"};
    const Json& world = bench.evidence.world;
    const std::string reason = world.value("reason", "nothing is said of a reason");
    bool opened = false;
    bool gave = false;
    for (const Json& screen : world.value("screens", Json::array())) {
        opened = opened || !shut.contains(screen.get<std::string>());
        gave = gave || givesReason.contains(screen.get<std::string>());
    }
    bool explained = false;
    for (const Json& fault : world.value("faults", Json::array())) {
        explained = explained ||
                    (fault.value("happened", false) && explains(fault.value("fault", ""), reason));
    }
    bench.expect(opened || explained, "the kiosk came into service", reason);
    bench.expect(gave != reason.empty(), "a reason was seen where a screen gives one", reason);
}

}  // namespace

void checkRun(Bench& bench) {
    std::string missing;
    for (const std::string& name : bench.evidence.unreadable) missing += name + " ";
    bench.expect(missing.empty(), "every file of evidence is there and whole", missing);
    const Json& world = bench.evidence.world;
    const std::string trouble = world.value("trouble", "nothing is said of how the run ended");
    bench.expect(trouble.empty(), "the run came to its end", trouble);
    for (const Json& fault : world.value("faults", Json::array())) {
        const std::string place = fault.value("place", "");
        bench.expect(fault.value("happened", false), "the fault " + fault.value("fault", "") +
                                                         (place.empty() ? "" : "@") + place +
                                                         " happened");
    }
    bench.expect(!world.value("idCardLeft", true), "the ID card is with its owner again");
    checkService(bench);
    checkPictures(bench);
}

}  // namespace liqu::judge
