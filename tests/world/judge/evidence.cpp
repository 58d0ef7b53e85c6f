#include "tests/world/judge/evidence.hpp"

#include <fstream>
#include <sstream>

namespace liqu::judge {
namespace {

std::string readText(Evidence& evidence, const char* name) {
    std::ifstream file(evidence.folder / name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) evidence.unreadable.emplace_back(name);
    return text.str();
}

Json readJson(Evidence& evidence, const char* name) {
    Json json = Json::parse(readText(evidence, name), nullptr, false);
    if (json.is_object()) return json;
    evidence.unreadable.emplace_back(name);
    return Json::object();
}

std::vector<Json> readLines(Evidence& evidence, const char* name) {
    std::istringstream text(readText(evidence, name));
    std::vector<Json> lines;
    for (std::string line; std::getline(text, line);) {
        lines.push_back(Json::parse(line, nullptr, false));
        if (!lines.back().is_object()) evidence.unreadable.emplace_back(name);
    }
    return lines;
}

std::vector<std::string> cellsOf(const std::string& line) {
    std::vector<std::string> cells;
    std::size_t begin = 0;
    while (true) {
        const std::size_t comma = line.find(',', begin);
        cells.push_back(line.substr(begin, comma - begin));
        if (comma == std::string::npos) return cells;
        begin = comma + 1;
    }
}

std::vector<CsvRow> readCsv(Evidence& evidence, const char* name) {
    std::istringstream lines(readText(evidence, name));
    std::string line;
    std::getline(lines, line);
    const std::vector<std::string> header = cellsOf(line);
    std::vector<CsvRow> rows;
    while (std::getline(lines, line)) {
        const std::vector<std::string> cells = cellsOf(line);
        if (cells.size() != header.size()) {
            evidence.unreadable.emplace_back(name);
            return rows;
        }
        CsvRow row;
        for (std::size_t i = 0; i < cells.size(); ++i) row[header[i]] = cells[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

Evidence readEvidence(const std::filesystem::path& folder) {
    Evidence evidence;
    evidence.folder = folder;
    evidence.world = readJson(evidence, "world.json");
    evidence.chips = readJson(evidence, "chip.json");
    evidence.province = readJson(evidence, "province.json");
    evidence.timeline = readJson(evidence, "timeline.json");
    evidence.truth = readJson(evidence, "truth.json");
    evidence.shown = readLines(evidence, "shown.jsonl");
    evidence.ledger = readCsv(evidence, "ledger.csv");
    evidence.stock = readCsv(evidence, "stock.csv");
    evidence.outbox = readCsv(evidence, "outbox.csv");
    evidence.handovers = readCsv(evidence, "handovers.csv");
    evidence.wrongCards = readCsv(evidence, "wrong-cards.csv");
    if (evidence.world.contains("olderProvince")) {
        evidence.olderProvince = readJson(evidence, "legacy-province.json");
        evidence.branchList = readCsv(evidence, "branch-list.csv");
    }
    if (evidence.world.contains("counter")) evidence.report = readText(evidence, "report.csv");
    const std::string printed = readText(evidence, "printer-usb.bin");
    evidence.printerUsb.assign(printed.begin(), printed.end());
    evidence.readerLog = readText(evidence, "id-reader-usb.log");
    evidence.apduLog = readText(evidence, "chip-apdu.log");
    return evidence;
}

std::string textAt(const Json& json, const std::string& path) {
    const Json::json_pointer pointer("/" + path);
    if (!json.contains(pointer)) return {};
    const Json& value = json.at(pointer);
    return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace liqu::judge
