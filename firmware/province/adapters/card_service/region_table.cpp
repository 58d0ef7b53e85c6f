#include "firmware/province/adapters/card_service/region_table.hpp"

#include <algorithm>

#include "firmware/province/shapes.hpp"
#include "firmware/province/wire_words.hpp"

namespace liqu::province::card_service {
namespace {

constexpr std::size_t mostTexts = 300;
constexpr std::size_t longestText = 200;
constexpr std::size_t mostSlots = 64;
constexpr std::size_t shortestPart = 12;  // bytes of a text that is looked for inside others

bool isSafe(std::string_view text) {
    return text.find_first_of("<>&\"\r\n") == std::string_view::npos;
}

// A name that SOAP's own XML can have: the inner ones are not of this kind.
bool isXmlName(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name.find_first_of("-.") != 0 &&
           std::ranges::all_of(
               name, [](char c) { return shapes::isTokenPart(static_cast<unsigned char>(c)); });
}

class TableReader {
  public:
    TableReader(const ConfigFile& file, RegionTable& table) : file_(file), table_(table) {}

    Result<void> identity(std::string_view regionCode) {
        table_.name = TRY(file_.text("name"));
        table_.province = TRY(file_.text("province"));
        if (table_.province.size() != 2 || !regionCode.starts_with(table_.province)) {
            TRY(refuse("province", "is not the province of the region's rules, " +
                                       std::string(regionCode.substr(0, 2))));
        }
        // Each part says whose it is: one that was copied from elsewhere is seen.
        for (const char* key : {"call.of", "answer.of", "meaning.of"}) {
            if (TRY(file_.text(key)) != table_.name)
                TRY(refuse(key, "is not \"" + table_.name + "\": two provinces are mixed up"));
        }
        return {};
    }

    Result<void> envelope() {
        table_.path = TRY(line("soap.path"));
        if (!table_.path.starts_with('/')) TRY(refuse("soap.path", "does not begin with /"));
        table_.style.nameSpace = TRY(line("soap.namespace"));
        table_.style.body = TRY(file_.oneOf<BodyStyle>("soap.style"));
        table_.style.charset = TRY(file_.oneOf<Charset>("soap.charset"));
        table_.action = TRY(file_.text("soap.action"));
        if (!isSafe(table_.action)) TRY(refuse("soap.action", "has a sign of markup"));
        table_.clock = TRY(file_.oneOf<ClockSource>("soap.clock"));
        const bool lenient = TRY(file_.oneOf("soap.endTags", {"strict", "lenient"})) == "lenient";
        table_.endTags = lenient ? EndTags::lenient : EndTags::strict;
        table_.operationName = TRY(line("soap.operation"));
        table_.userName = TRY(line("soap.user"));
        table_.passwordName = TRY(line("soap.password"));
        return {};
    }

    Result<void> calls() {
        for (const Call call : wordTable<Call>.values()) {
            const std::string key = "call." + std::string(nameOf(call));
            if (!file_.has(key)) continue;
            CallRow row;
            row.method = TRY(file_.text(key + ".method"));
            if (!isXmlName(row.method)) TRY(refuse(key + ".method", "is no name of a method"));
            row.arguments = TRY(slots(key + ".arguments"));
            for (const Slot& slot : row.arguments) {
                if (!isXmlName(slot.name)) TRY(refuse(key + ".arguments", "has no such name"));
            }
            if (file_.has(key + ".operation")) {
                row.operation = TRY(line(key + ".operation"));
                row.fields = TRY(slots(key + ".fields"));
            }
            if (file_.has(key + ".cells")) row.cells = TRY(slots(key + ".cells"));
            TRY(agrees(key, row));
            table_.calls[call] = std::move(row);
        }
        return {};
    }

    Result<void> items() {
        for (const Item item : wordTable<Item>.values()) {
            const std::string key = "answer.item." + std::string(nameOf(item));
            if (!file_.has(key)) continue;
            std::vector<std::string>& names = table_.items[item];
            for (const std::string& name : TRY(file_.texts(key))) {
                if (name.empty() || name.size() > longestText || !isSafe(name))
                    TRY(refuse(key, "has a name that no tag has"));
                names.push_back(plainName(name));
                if (!itemNames_.insert(names.back()).second)
                    TRY(refuse(key, "has the name of another item"));
            }
        }
        if (!table_.items.contains(Item::answer)) TRY(refuse("answer.item.answer", "is missing"));
        return {};
    }

    Result<void> texts() {
        const std::size_t count = file_.count("meaning.text");
        if (count == 0 || count > mostTexts)
            TRY(refuse("meaning.text", "must be 1 to " + std::to_string(mostTexts) + " texts"));
        std::set<std::string> seen;
        for (std::size_t i = 0; i < std::min(count, mostTexts); ++i) {
            const std::string key = "meaning.text[" + std::to_string(i) + "].";
            TextRow row;
            row.text = plainText(TRY(line(key + "text")));
            row.means = TRY(file_.oneOf<Meaning>(key + "means"));
            if (file_.has(key + "match")) row.match = TRY(file_.oneOf<TextMatch>(key + "match"));
            if (file_.has(key + "calls")) row.calls = TRY(callsAt(key + "calls"));
            TRY(isCareful(key, row));
            if (!seen.insert(row.text + "\n" + callsText(row)).second)
                TRY(refuse(key + "text", "stands there twice"));
            table_.texts.push_back(std::move(row));
        }
        return {};
    }

    Result<void> tables() {
        TRY(byText("meaning.cardState", cardStates, table_.cardStates));
        TRY(byText("meaning.stage", applicationStates, table_.stages));
        TRY(byKind("call.kind", table_.kinds));
        TRY(byKind("call.reason", table_.reasons));
        for (const std::string& bank : file_.names("call.bank"))
            table_.banks[bank] = TRY(line("call.bank." + bank));
        if (file_.has("call.longTerm")) table_.longTerm = TRY(line("call.longTerm"));
        if (file_.has("call.failedAtBank")) {
            table_.failedAtBank = TRY(line("call.failedAtBank"));
            table_.failedAtMaking = TRY(line("call.failedAtMaking"));
        }
        if (!file_.has("chip")) return {};
        ChipConstants chip;
        chip.cardClass = TRY(file_.text("chip.cardClass"));
        chip.version = TRY(file_.text("chip.version"));
        chip.issuerCode = TRY(file_.text("chip.issuerCode"));
        const bool good = chip.cardClass.size() == 1 && chip.version.size() == 4 &&
                          chip.issuerCode.size() == 24 && fromHex(chip.issuerCode);
        if (!good) TRY(refuse("chip", "is not one digit, four signs and 24 hex digits"));
        table_.chip = std::move(chip);
        return {};
    }

  private:
    Result<void> refuse(const std::string& key, const std::string& why) const {
        return file_.refuse(ErrorCode::configBadValue, key, why);
    }

    // A text on one line that means nothing in a tag.
    Result<std::string> line(const std::string& key) const {
        std::string text = TRY(file_.text(key));
        if (text.empty() || text.size() > longestText || !isSafe(text))
            TRY(refuse(key, "must be a line without signs of markup"));
        return text;
    }

    Result<std::vector<Slot>> slots(const std::string& key) const {
        std::vector<Slot> slots;
        for (const std::string& said : TRY(file_.texts(key))) {
            const std::size_t colon = said.rfind(':');
            Slot slot;
            slot.name = said.substr(0, colon);
            const std::string filled =
                colon == std::string::npos ? std::string() : said.substr(colon + 1);
            slot.value = named<Value>(filled);
            if (filled.starts_with('=')) slot.literal = filled.substr(1);
            const bool fits = slot.value || filled.starts_with('=');
            if (slot.name.empty() || !fits || said.size() > longestText || !isSafe(said))
                TRY(refuse(key, "\"" + said + "\" is no name:value"));
            slots.push_back(std::move(slot));
        }
        if (slots.size() > mostSlots) TRY(refuse(key, "has too many"));
        return slots;
    }

    // A string inside is sent exactly where there is one.
    Result<void> agrees(const std::string& key, const CallRow& row) const {
        const bool takes = std::ranges::any_of(
            row.arguments, [](const Slot& slot) { return slot.value == Value::inner; });
        if (takes == row.operation.empty())
            TRY(refuse(key, "an operation and an argument \"inner\" belong together"));
        if (!row.cells.empty() && row.operation.empty())
            TRY(refuse(key + ".cells", "stand in a string inside only"));
        return {};
    }

    Result<std::set<Call>> callsAt(const std::string& key) const {
        std::set<Call> calls;
        for (const std::string& word : TRY(file_.texts(key))) {
            const auto call = named<Call>(word);
            if (!call) TRY(refuse(key, "\"" + word + "\" is no call"));
            if (call) calls.insert(*call);
        }
        return calls;
    }

    static std::string callsText(const TextRow& row) {
        std::string text;
        for (const Call call : row.calls) text += std::string(nameOf(call)) + " ";
        return text;
    }

    // Success is never read out of a part of a text.
    Result<void> isCareful(const std::string& key, const TextRow& row) const {
        if (row.match == TextMatch::whole) return {};
        const bool success = row.means == Meaning::done || row.means == Meaning::already ||
                             row.means == Meaning::partial;
        if (success) TRY(refuse(key + "match", "a part of a text never means success"));
        if (row.text.size() < shortestPart) TRY(refuse(key + "text", "is too short for a part"));
        return {};
    }

    template <typename State, std::size_t count>
    Result<void> byText(const std::string& table, const Words<State, count>& words,
                        std::map<std::string, State>& found) const {
        for (std::size_t i = 0; i < file_.count(table); ++i) {
            const std::string key = table + "[" + std::to_string(i) + "].";
            const std::string text = plainText(TRY(line(key + "text")));
            const auto state = words.find(TRY(file_.text(key + "is")));
            if (!state) TRY(refuse(key + "is", "is no state"));
            if (!found.emplace(text, state.value_or(State{})).second)
                TRY(refuse(key + "text", "stands there twice"));
        }
        return {};
    }

    Result<void> byKind(const std::string& table,
                        std::map<ApplicationKind, std::string>& found) const {
        for (const ApplicationKind kind : applicationKinds.values()) {
            const std::string key = table + "." + wordOf(applicationKinds, kind);
            if (file_.has(key)) found[kind] = TRY(line(key));
        }
        return {};
    }

    const ConfigFile& file_;
    RegionTable& table_;
    std::set<std::string> itemNames_;
};

}  // namespace

bool isQuestion(Call call) {
    switch (call) {
        case Call::person:
        case Call::photo:
        case Call::cardState:
        case Call::cardBank:
        case Call::cardData:
        case Call::progress:
        case Call::markedPersons:
        case Call::takeBatch:
        case Call::cardItems:
            return true;
        default:
            return false;
    }
}

const CallRow* RegionTable::call(Call call) const {
    const auto found = calls.find(call);
    return found == calls.end() ? nullptr : &found->second;
}

std::optional<Meaning> RegionTable::meaningOf(Call call, std::string_view text) const {
    const std::string plain = plainText(text);
    const TextRow* part = nullptr;
    for (const TextRow& row : texts) {
        if (!row.calls.empty() && !row.calls.contains(call)) continue;
        if (row.match == TextMatch::whole && plain == row.text) return row.means;
        if (row.match == TextMatch::contains && part == nullptr &&
            plain.find(row.text) != std::string::npos)
            part = &row;
    }
    return part == nullptr ? std::nullopt : std::optional(part->means);
}

std::string RegionTable::bankThere(const std::string& ours) const {
    const auto found = banks.find(ours);
    return found == banks.end() ? ours : found->second;
}

std::string RegionTable::bankHere(const std::string& theirs) const {
    const auto found =
        std::ranges::find(banks, theirs, &std::pair<const std::string, std::string>::second);
    return found == banks.end() ? theirs : found->first;
}

Result<RegionTable> loadRegionTable(const std::filesystem::path& path, std::string_view regionCode,
                                    Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    RegionTable table;
    TableReader reader(file, table);
    TRY(reader.identity(regionCode));
    TRY(reader.envelope());
    TRY(reader.calls());
    TRY(reader.items());
    TRY(reader.texts());
    TRY(reader.tables());
    TRY(file.refuseUnknownKeys());
    return table;
}

}  // namespace liqu::province::card_service
