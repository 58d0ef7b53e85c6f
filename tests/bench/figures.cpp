#include "tests/bench/figures.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace liqu::bench {

double quantile(std::vector<double> samples, double share) {
    std::sort(samples.begin(), samples.end());
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(samples.size())));
    return samples.at(std::max<std::size_t>(rank, 1) - 1);
}

Figure atMost(double value, double limit) {
    return {value, fmt::format("at most {:g}", limit), value <= limit};
}
Figure atLeast(double value, double limit) {
    return {value, fmt::format("at least {:g}", limit), value >= limit};
}

std::string toJson(const Figures& figures) {
    std::string json = "{\n";
    for (const auto& [name, figure] : figures) {
        if (json.size() > 2) json += ",\n";
        json += fmt::format("  \"{}\": {{\"value\": {:.4f}, \"limit\": \"{}\", \"holds\": {}}}",
                            name, figure.value, figure.limit, figure.holds);
    }
    return json + "\n}\n";
}

std::string toText(const Figures& figures) {
    std::string text;
    for (const auto& [name, figure] : figures) {
        text += fmt::format("{:<28} {:>12.3f}  {}{}\n", name, figure.value, figure.limit,
                            figure.holds ? "" : "  NOT MET");
    }
    return text;
}

}  // namespace liqu::bench
