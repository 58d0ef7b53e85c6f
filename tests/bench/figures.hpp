// Figures of one run, with their limits: ratios and times of this machine, never asserted in tests.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace liqu::bench {

struct Figure {
    double value = 0;
    std::string limit;  // in words, empty where it is only reported
    bool holds = true;
};

using Figures = std::map<std::string, Figure>;

// The value below which this share of the samples lies.
double quantile(std::vector<double> samples, double share);
Figure atMost(double value, double limit);
Figure atLeast(double value, double limit);

std::string toJson(const Figures& figures);
std::string toText(const Figures& figures);

// Each fills in its part.
void benchFace(Figures& figures);
void benchStorage(Figures& figures);
void benchStock(Figures& figures);
void benchCard(Figures& figures);
void benchWindow(Figures& figures);
void benchDrain(Figures& figures);

// What `kiosk` starts; absolute paths.
struct Programs {
    std::string kiosk;
    std::string world;
    std::string judge;
};
void benchStart(Figures& figures, const Programs& programs);
// After so many visits in which a card is made.
void benchMemory(Figures& figures, const Programs& programs, int visits);

}  // namespace liqu::bench
