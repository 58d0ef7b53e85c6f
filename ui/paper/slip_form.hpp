// What stands on a slip: a file of kiosk-config/forms/, and over it what a region's own folder says
// of the same form (docs/adding-a-form.md). Read once at start, strictly.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "firmware/base/config_file.hpp"
#include "firmware/ports/slip.hpp"

namespace liqu::ui {

struct FormWords {
    std::string chinese;
    std::string english;
};

enum class FormPartKind : std::uint8_t {
    pair,   // a label, and the value of a field beside it
    words,  // a sentence
    rule,   // a line across
};
constexpr auto wordsOf(FormPartKind) {
    return words<FormPartKind>({{FormPartKind::pair, "pair"},
                                {FormPartKind::words, "words"},
                                {FormPartKind::rule, "rule"}});
}
enum class FormSize : std::uint8_t { small, usual, large };
constexpr auto wordsOf(FormSize) {
    return words<FormSize>(
        {{FormSize::small, "small"}, {FormSize::usual, "usual"}, {FormSize::large, "large"}});
}

// A part that names a field without a value is left out.
struct FormPart {
    FormPartKind kind = FormPartKind::words;
    FormSize size = FormSize::usual;
    FormWords words;                       // of a pair: its label
    std::vector<ports::SlipField> fields;  // those it names; a pair has one
};

struct FormLayout {
    FormWords title;
    std::vector<FormPart> parts;
};

struct SlipForms {
    FormWords counter;           // where the branch names none
    FormWords copy;              // what a second one says of itself
    std::vector<FormPart> head;  // of every slip
    std::vector<FormPart> foot;
    std::map<ports::SlipForm, FormLayout> forms;  // without an application where there is none
};

// forms: kiosk-config/forms; regional: the region's own folder, which may have no forms.
Result<SlipForms> readSlipForms(const std::filesystem::path& forms,
                                const std::filesystem::path& regional, Faults* faults = nullptr);

}  // namespace liqu::ui
