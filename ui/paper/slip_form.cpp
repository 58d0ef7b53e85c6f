#include "ui/paper/slip_form.hpp"

#include <algorithm>

namespace liqu::ui {
namespace {

using ports::SlipField;

constexpr std::size_t mostParts = 40;
constexpr std::size_t longestWords = 600;  // bytes

// The fields that words name; nothing else may stand in braces.
Result<std::vector<SlipField>> fieldsIn(const ConfigFile& file, const std::string& key,
                                        const std::string& words) {
    std::vector<SlipField> fields;
    std::size_t at = 0;
    while ((at = words.find('{', at)) != std::string::npos) {
        const std::size_t end = words.find('}', at);
        const auto name = words.substr(at + 1, end == std::string::npos ? end : end - at - 1);
        const auto field = named<SlipField>(name);
        if (!field || end == std::string::npos) {
            TRY(file.refuse(ErrorCode::configBadValue, key, "names no field: {" + name + "}"));
            return fields;
        }
        fields.push_back(*field);
        at = end;
    }
    std::ranges::sort(fields);
    fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    return fields;
}

Result<FormWords> readWords(const ConfigFile& file, const std::string& key) {
    // One after the other: a TRY that leaves a list in braces would leak what stands before it.
    FormWords words;
    words.chinese = TRY(file.text(key + ".zh-CN"));
    words.english = TRY(file.text(key + ".en"));
    if (words.chinese.size() > longestWords || words.english.size() > longestWords) {
        TRY(file.refuse(ErrorCode::configBadValue, key, "is too long for a slip"));
    }
    const auto chinese = TRY(fieldsIn(file, key + ".zh-CN", words.chinese));
    const auto english = TRY(fieldsIn(file, key + ".en", words.english));
    if (chinese != english) {
        TRY(file.refuse(ErrorCode::configBadValue, key, "names other fields in each language"));
    }
    return words;
}

Result<FormPart> readPart(const ConfigFile& file, const std::string& key) {
    FormPart part;
    part.kind = TRY(file.oneOf<FormPartKind>(key + ".kind"));
    if (part.kind == FormPartKind::rule) return part;
    if (file.has(key + ".size")) part.size = TRY(file.oneOf<FormSize>(key + ".size"));
    part.words = TRY(readWords(file, key + ".words"));
    part.fields = TRY(fieldsIn(file, key + ".words", part.words.chinese));
    if (part.kind == FormPartKind::pair) {
        part.fields.push_back(TRY(file.oneOf<SlipField>(key + ".field")));
        return part;
    }
    // What is no part of the words can be the condition for them.
    if (file.has(key + ".needs")) part.fields.push_back(TRY(file.oneOf<SlipField>(key + ".needs")));
    return part;
}

Result<std::vector<FormPart>> readParts(const ConfigFile& file, const std::string& key) {
    std::vector<FormPart> parts;
    const std::size_t count = file.count(key);
    if (count > mostParts) TRY(file.refuse(ErrorCode::configBadValue, key, "are too many"));
    for (std::size_t i = 0; i < std::min(count, mostParts); ++i) {
        parts.push_back(TRY(readPart(file, key + "[" + std::to_string(i) + "]")));
    }
    return parts;
}

Result<FormLayout> readForm(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    FormLayout form;
    form.title = TRY(readWords(file, "title"));
    form.parts = TRY(readParts(file, "part"));
    if (form.parts.empty()) TRY(file.refuse(ErrorCode::configMissingKey, "part", "is missing"));
    TRY(file.refuseUnknownKeys());
    return form;
}

// A region's own: its name for the form, and where it says so all of its parts.
Result<void> layOver(FormLayout& form, const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    if (file.has("title")) form.title = TRY(readWords(file, "title"));
    auto parts = TRY(readParts(file, "part"));
    if (!parts.empty()) form.parts = std::move(parts);
    return file.refuseUnknownKeys();
}

}  // namespace

Result<SlipForms> readSlipForms(const std::filesystem::path& forms,
                                const std::filesystem::path& regional, Faults* faults) {
    SlipForms all;
    const ConfigFile every = TRY(ConfigFile::read(forms / "every.toml", faults));
    all.counter = TRY(readWords(every, "counter"));
    all.copy = TRY(readWords(every, "copy"));
    all.head = TRY(readParts(every, "head"));
    all.foot = TRY(readParts(every, "foot"));
    TRY(every.refuseUnknownKeys());
    for (const ports::SlipForm form : wordTable<ports::SlipForm>.values()) {
        const std::string name = std::string(nameOf(form)) + ".toml";
        const auto own = regional / "forms" / name;
        std::error_code error;
        const bool hasOwn = !regional.empty() && std::filesystem::exists(own, error);
        if (form == ports::SlipForm::application) {
            if (hasOwn) all.forms[form] = TRY(readForm(own, faults));
            continue;
        }
        FormLayout layout = TRY(readForm(forms / name, faults));
        if (hasOwn) TRY(layOver(layout, own, faults));
        all.forms.emplace(form, std::move(layout));
    }
    return all;
}

}  // namespace liqu::ui
