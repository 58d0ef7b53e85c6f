// The folder of evidence, read into plain values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace liqu::judge {

using Json = nlohmann::json;
using Bytes = std::vector<std::uint8_t>;
using CsvRow = std::map<std::string, std::string>;

struct Evidence {
    std::filesystem::path folder;
    Json world, chips, province, timeline, truth;
    Json olderProvince;       // where the kiosk spoke to one
    std::vector<Json> shown;  // each screen of the window: its time and its texts
    std::vector<CsvRow> ledger, stock, outbox, handovers, wrongCards;
    std::vector<CsvRow> branchList;  // before an older province
    std::string report;              // of the day, where it was closed
    Bytes printerUsb;
    std::string readerLog, apduLog;
    std::vector<std::string> unreadable;  // files that are missing or malformed
};

Evidence readEvidence(const std::filesystem::path& folder);

// Text at a path such as "items/name"; empty where there is none.
std::string textAt(const Json& json, const std::string& path);

}  // namespace liqu::judge
