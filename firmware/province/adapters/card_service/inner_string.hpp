// The string inside a call of CardService and allDsjk. It looks like XML and is none: names hold
// `*` and brackets, there is no root, and a table of commas may stand behind the tags
// (hardware-notes/legacy-province.md, "The string inside"). No XML parser is asked: those tried
// lose such fields without a word. Pure functions; what is read comes from outside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"

namespace liqu::province::card_service {

inline constexpr std::size_t longestInner = 256 * 1024;
inline constexpr std::size_t mostFields = 200;
inline constexpr std::size_t longestValue = 128 * 1024;
inline constexpr std::size_t mostColumns = 40;
inline constexpr std::size_t mostRows = 2000;

struct InnerField {
    std::string name;  // without its `*`, brackets as ASCII
    PersonalText value;
};

// Either a bare word, or fields and perhaps a table behind them.
struct InnerReply {
    PersonalText word;
    std::vector<InnerField> fields;
    std::vector<std::string> columns;
    std::vector<std::vector<PersonalText>> rows;

    // Null where there is none. The name in any spelling.
    const PersonalText* field(std::string_view name) const;
    // The value of that row; null where there is no such row or column.
    const PersonalText* cell(std::size_t row, std::string_view column) const;
};

// strict: the end tag is spelled as its begin tag. lenient: `*` and the kind of brackets may
// differ, as servers are known to send them.
enum class EndTags : std::uint8_t { strict, lenient };

// provinceReplyMalformed: nothing is guessed. Doubled names, a value with a tag in it, text between
// tags, a row with another number of columns, quotes and control characters are all refused.
Result<InnerReply> readInner(std::string_view text, EndTags endTags);

// A name as it is compared: no trailing `*`, full-width brackets as ASCII.
std::string plainName(std::string_view name);
// A text as it is looked up: trimmed of spaces of every kind and of NUL, full-width digits and
// brackets as ASCII.
std::string plainText(std::string_view text);

// Puts a request together. The servers search for tags and decode nothing, so that a value with one
// of < > & or a line break in it, and a cell with a comma, cannot be sent: provinceNeedsStaff, and
// nothing was sent. So is a character that GBK has not: the server would keep another one.
class InnerWriter {
  public:
    Result<void> field(std::string_view name, std::string_view value);
    // Ends the tags; then each row has the same number of cells.
    Result<void> row(const std::vector<PersonalText>& cells);
    PersonalText take();

  private:
    std::string text_;
    bool inTable_ = false;
};

// The bytes a text has in GBK, as these servers count them: provinceNeedsStaff for a character
// that GBK of 1995 has not. GB 18030 gave 105 more a code of two bytes; these count as missing.
Result<std::size_t> lengthInGbk(std::string_view utf8);
// Cut on the border of a character to at most so many bytes of GBK; what GBK has not becomes `?`.
std::string cutToGbk(std::string_view utf8, std::size_t most);

}  // namespace liqu::province::card_service
