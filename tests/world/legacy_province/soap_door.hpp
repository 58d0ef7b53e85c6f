// SOAP 1.1 as an Axis servlet speaks it: what must stand in the HTTP head and in the envelope, both
// body styles that clients have, answers and faults. XML by libxml2, without DTD and network.
//
//   literal   ns:allDsjk/ns:xml, children in the service's namespace, by name
//   encoded   an encodingStyle, children without a namespace, by position, each with an xsi:type
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace liqu::world {

struct HttpHead {
    std::string method = "POST";
    std::string path;  // with "?wsdl" behind it
    std::string contentType;
    std::optional<std::string> soapAction;  // as it stands in the head, quotes included
};

enum class SoapStyle { literal, encoded };

struct SoapCall {
    std::string method;
    SoapStyle style = SoapStyle::literal;
    struct Argument {
        std::string name, value;
    };
    std::vector<Argument> arguments;
};

// Said before anything was carried out.
struct SoapFault {
    std::string code = "Client";  // "Client.NoSOAPAction" …
    std::string text;
};

// SOAPAction, Content-Type; the method is known only from the body.
std::optional<SoapFault> faultOfHead(const HttpHead& head);
tl::expected<SoapCall, SoapFault> readCall(std::string_view body, const std::string& nameSpace);
// SOAPAction is "" or namespace and method without anything between them.
std::optional<SoapFault> faultOfAction(const HttpHead& head, const std::string& nameSpace,
                                       const std::string& method);

std::string escaped(std::string_view text);
// `content` is what stands inside the Return element, escaped already; `attributes` of it, or
// empty; `behind` stands behind the response in the body.
struct SoapReturn {
    std::string content;
    std::string attributes;
    std::string behind;
};
std::string writeAnswer(const std::string& method, const std::string& nameSpace, SoapStyle style,
                        const SoapReturn& value);
std::string writeFault(const SoapFault& fault);

}  // namespace liqu::world
