// The world outside the box, simulated on the wire, and the real kiosk in it.
#include "tests/world/main/options.hpp"
#include "tests/world/main/run.hpp"

int main(int argc, char** argv) {
    liqu::world::RunOptions options;
    options.kioskProgram = LIQU_KIOSK_PROGRAM;
    options.judgeProgram = LIQU_JUDGE_PROGRAM;
    options.sourceTree = LIQU_SOURCE_DIR;
    options.configDir = LIQU_SOURCE_DIR "/kiosk-config";
    if (const auto code = liqu::world::readOptions(argc, argv, options)) return *code;
    return liqu::world::run(std::move(options));
}
