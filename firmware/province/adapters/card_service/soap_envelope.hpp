// The envelope of SOAP 1.1 around a call and its answer. Answers are read by expat: strict about
// well-formedness and bytes, without a document type, an entity or any way to the network, and
// within limits. Pure functions; what is read comes from outside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/personal.hpp"
#include "firmware/base/result.hpp"
#include "firmware/base/words.hpp"

namespace liqu::province::card_service {

enum class BodyStyle : std::uint8_t { literal, encoded };
constexpr auto wordsOf(BodyStyle) {
    return words<BodyStyle>({{BodyStyle::literal, "literal"}, {BodyStyle::encoded, "encoded"}});
}
enum class Charset : std::uint8_t { utf8, gb18030 };
constexpr auto wordsOf(Charset) {
    return words<Charset>({{Charset::utf8, "utf-8"}, {Charset::gb18030, "gb18030"}});
}

struct Argument {
    std::string name;
    PersonalText value;
};
struct SoapCall {
    std::string method;
    std::vector<Argument> arguments;
};
struct SoapStyle {
    std::string nameSpace;
    BodyStyle body = BodyStyle::literal;
    Charset charset = Charset::utf8;
};

// The bytes of a request. provinceNeedsStaff where the charset has no code for a character of it.
Result<PersonalText> buildRequest(const SoapCall& call, const SoapStyle& style);

struct SoapAnswer {
    bool isFault = false;
    std::string faultCode;   // "Client.NoSOAPAction", without its prefix
    PersonalText faultText;  // the server's own words
    PersonalText returned;   // the string inside
    bool wasEscapedTwice = false;
};

// provinceReplyMalformed: no SOAP, no answer to this method, more or less than one string in it.
Result<SoapAnswer> readAnswer(std::string_view bytes, std::string_view method, Charset charset);

}  // namespace liqu::province::card_service
