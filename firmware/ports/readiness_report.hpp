// 就绪报告 as values: what each part of the machine said when it was tested before it is opened,
// with which versions, rules and keys. Texts are in the language of the paper; whoever prints
// decides nothing. Nobody's data are in it but the number and name of who signs.
#pragma once

#include <string>
#include <vector>

#include "firmware/base/clock.hpp"

namespace liqu::ports {

struct ReadinessLine {
    std::string what;
    std::string state;
    std::string readAt{};  // empty: it is no reading
    bool good = true;
    bool done = true;  // false: it was never tested
};

struct ReadinessReport {
    std::string terminal;
    std::string region;
    std::string by;  // "1001 王样例"
    WallTime at{};
    std::vector<ReadinessLine> tests;     // the parts
    std::vector<ReadinessLine> sensors;   // of the card path
    std::vector<ReadinessLine> versions;  // of programs, devices, rules and keys

    std::size_t failed() const {
        std::size_t count = 0;
        for (const ReadinessLine& line : tests) count += line.good ? 0 : 1;
        return count;
    }
    std::size_t undone() const {
        std::size_t count = 0;
        for (const ReadinessLine& line : tests) count += line.done ? 0 : 1;
        return count;
    }
};

}  // namespace liqu::ports
