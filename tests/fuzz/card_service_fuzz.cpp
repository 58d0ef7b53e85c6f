// Whatever an older province could send must end in a value or an error, and what was read of the
// string inside has no tags left in it.
#include "firmware/base/assert.hpp"
#include "firmware/province/adapters/card_service/caller.hpp"

using namespace liqu;
using namespace liqu::province::card_service;

namespace {

void readWhole(std::string_view text, EndTags endTags) {
    const auto reply = readInner(text, endTags);
    if (!reply) return;
    LIQU_ASSERT(reply->fields.empty() != reply->word.empty());
    LIQU_ASSERT(reply->fields.size() <= mostFields && reply->rows.size() <= mostRows);
    for (const InnerField& field : reply->fields) {
        LIQU_ASSERT(!field.name.empty() && reply->field(field.name) == &field.value);
        LIQU_ASSERT(field.value.reveal().find_first_of("<") == std::string::npos);
    }
    for (const auto& row : reply->rows) LIQU_ASSERT(row.size() == reply->columns.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const EndTags endTags : {EndTags::strict, EndTags::lenient}) readWhole(text, endTags);
    for (const Charset charset : {Charset::utf8, Charset::gb18030}) {
        const auto answer = readAnswer(text, "allDsjk", charset);
        if (answer && !answer->isFault) readWhole(answer->returned.reveal(), EndTags::lenient);
    }
    // The same as the string inside an envelope that is right.
    const auto inside = readAnswer(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>"
        "<allDsjkResponse><r>" +
            text + "</r></allDsjkResponse></e:Body></e:Envelope>",
        "allDsjk", Charset::utf8);
    if (inside && !inside->isFault) readWhole(inside->returned.reveal(), EndTags::lenient);
    (void)parseHttpDate(text);
    // What is cut to a length has it, whatever it was.
    const auto length = lengthInGbk(cutToGbk(text, 50));
    LIQU_ASSERT(!length || *length <= 50);
    return 0;
}
