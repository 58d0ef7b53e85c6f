#include "program/box_file.hpp"

#include <algorithm>

#include "firmware/base/config_file.hpp"
#include "firmware/base/plain_file.hpp"
#include "firmware/policy/code_in.hpp"
#include "firmware/staff/role.hpp"

namespace liqu::program {
namespace {

using policy::codeIn;

constexpr std::size_t mostLanes = 16;
constexpr std::size_t mostPeople = 50;

Result<std::string> codeOrNone(const ConfigFile& file, const std::string& key,
                               const policy::CodeRule& rule) {
    if (!file.has(key)) return std::string();
    return codeIn(file, key, rule);
}

Result<std::vector<BoxLane>> lanesIn(const ConfigFile& file) {
    std::vector<BoxLane> lanes;
    const std::size_t count = file.count("lane");
    if (count > mostLanes) TRY(file.refuse(ErrorCode::configBadValue, "lane", "has too many"));
    for (std::size_t i = 0; i < count; ++i) {
        const std::string key = "lane[" + std::to_string(i) + "].";
        BoxLane lane;
        lane.bank = TRY(codeIn(file, key + "bank", policy::bankCode));
        lane.vendor = TRY(codeIn(file, key + "vendor", policy::outletCode));
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

Result<std::vector<BoxPerson>> staffIn(const ConfigFile& file) {
    std::vector<BoxPerson> people;
    const std::size_t count = file.count("staff");
    if (count > mostPeople) TRY(file.refuse(ErrorCode::configBadValue, "staff", "has too many"));
    for (std::size_t i = 0; i < count; ++i) {
        const std::string key = "staff[" + std::to_string(i) + "].";
        constexpr policy::CodeRule staffNumber{policy::digits, 1, 8};
        BoxPerson person;
        person.number = TRY(codeIn(file, key + "number", staffNumber));
        person.name = TRY(file.text(key + "name"));
        person.roles = TRY(file.text(key + "roles"));
        if (person.name.empty())
            TRY(file.refuse(ErrorCode::configBadValue, key + "name", "is empty"));
        if (!staff::Roles::parse(person.roles)) {
            TRY(file.refuse(ErrorCode::configBadValue, key + "roles",
                            "must be roles of liqu staff add, with commas"));
        }
        people.push_back(std::move(person));
    }
    return people;
}

std::string_view trimmed(std::string_view line) {
    while (line.starts_with(' ') || line.starts_with('\t')) line.remove_prefix(1);
    return line;
}

bool setsKey(std::string_view line, std::string_view key) {
    line = trimmed(line);
    if (!line.starts_with(key)) return false;
    line.remove_prefix(key.size());
    return trimmed(line).starts_with('=');
}

// The value between the first two quotation marks; what stands behind stays.
std::string withValue(const std::string& line, const std::string& value) {
    const std::size_t from = line.find('"');
    const std::size_t to = from == std::string::npos ? from : line.find('"', from + 1);
    if (to == std::string::npos) return line;
    return line.substr(0, from + 1) + value + line.substr(to);
}

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// Only in front of the first table: a key of the same name may stand in one.
void setAtTop(std::vector<std::string>& lines, std::string_view key, const std::string& value) {
    if (value.empty()) return;
    for (std::string& line : lines) {
        if (trimmed(line).starts_with('[')) return;
        if (!setsKey(line, key)) continue;
        line = withValue(line, value);
        return;
    }
}

// Comments of the lanes that go stay where they were.
void setLanes(std::vector<std::string>& lines, const std::vector<BoxLane>& lanes) {
    if (lanes.empty()) return;
    std::vector<std::string> all;
    bool inside = false;
    bool written = false;
    for (std::string& line : lines) {
        const bool begins = trimmed(line).starts_with("[[lane]]");
        if (trimmed(line).starts_with('[')) inside = begins;
        if (begins && !written) {
            for (const BoxLane& lane : lanes) {
                all.insert(all.end(), {"[[lane]]", "bank = \"" + lane.bank + "\"",
                                       "vendor = \"" + lane.vendor + "\""});
            }
            written = true;
        }
        const bool isOfLane =
            begins || setsKey(line, "bank") || setsKey(line, "vendor") || setsKey(line, "cardFace");
        if (!inside || !isOfLane) all.push_back(std::move(line));
    }
    lines = std::move(all);
}

}  // namespace

Result<BoxFile> parseBoxFile(std::string_view toml, const std::filesystem::path& path) {
    const ConfigFile file = TRY(ConfigFile::parse(toml, path.filename().string()));
    BoxFile box;
    box.terminal = TRY(codeOrNone(file, "terminal", policy::terminalCode));
    box.outlet = TRY(codeOrNone(file, "outlet", policy::outletCode));
    const std::string folder = TRY(file.text("certificates", ""));
    if (!folder.empty()) box.certificates = path.parent_path() / folder;
    box.lanes = TRY(lanesIn(file));
    box.staff = TRY(staffIn(file));
    TRY(file.refuseUnknownKeys());
    return box;
}

Result<BoxFile> readBoxFile(const std::filesystem::path& path) {
    constexpr std::size_t largest = 64 * 1024;
    const PlainFile file = TRY(PlainFile::open(path));
    return parseBoxFile(TRY(file.read(largest)), path);
}

std::string withBox(std::string_view kioskToml, const BoxFile& box) {
    std::vector<std::string> lines = linesOf(kioskToml);
    setAtTop(lines, "terminal", box.terminal);
    setAtTop(lines, "outlet", box.outlet);
    setLanes(lines, box.lanes);
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

}  // namespace liqu::program
