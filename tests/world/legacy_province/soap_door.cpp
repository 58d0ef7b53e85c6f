#include "tests/world/legacy_province/soap_door.hpp"

#include <algorithm>
#include <cctype>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <memory>

#include "tests/world/legacy_province/gbk.hpp"

namespace liqu::world {
namespace {

constexpr const char* envelopeSpace = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr const char* encodingSpace = "http://schemas.xmlsoap.org/soap/encoding/";
constexpr const char* schemaSpace = "http://www.w3.org/2001/XMLSchema";
constexpr const char* instanceSpace = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::size_t mostBytes = 1 << 20;

struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

tl::unexpected<SoapFault> client(std::string text) {
    return tl::unexpected(SoapFault{"Client", std::move(text)});
}

std::string textOf(const xmlChar* text) {
    return text == nullptr ? std::string() : reinterpret_cast<const char*>(text);
}
std::string spaceOf(const xmlNode& node) {
    return node.ns == nullptr ? std::string() : textOf(node.ns->href);
}
bool is(const xmlNode& node, std::string_view nameSpace, std::string_view name) {
    return spaceOf(node) == nameSpace && textOf(node.name) == name;
}

std::vector<xmlNode*> elementsOf(const xmlNode& parent) {
    std::vector<xmlNode*> elements;
    for (xmlNode* child = parent.children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) elements.push_back(child);
    }
    return elements;
}

std::optional<std::string> attributeOf(const xmlNode& node, const char* nameSpace,
                                       const char* name) {
    xmlChar* const value = xmlGetNsProp(&node, reinterpret_cast<const xmlChar*>(name),
                                        reinterpret_cast<const xmlChar*>(nameSpace));
    if (value == nullptr) return std::nullopt;
    std::string text = textOf(value);
    xmlFree(value);
    return text;
}

std::string contentOf(const xmlNode& node) {
    xmlChar* const content = xmlNodeGetContent(&node);
    std::string text = textOf(content);
    xmlFree(content);
    return text;
}

// On the call or on one of those around it.
bool isEncoded(const xmlNode& call) {
    for (const xmlNode* node = &call; node != nullptr && node->type == XML_ELEMENT_NODE;
         node = node->parent) {
        if (attributeOf(*node, envelopeSpace, "encodingStyle") == encodingSpace) return true;
    }
    return false;
}

// "xsd:string" or "soapenc:string", whatever the prefixes are.
bool isTypedString(xmlNode& argument) {
    const auto type = attributeOf(argument, instanceSpace, "type");
    if (!type) return false;
    const std::size_t colon = type->find(':');
    if (colon == std::string::npos || type->substr(colon + 1) != "string") return false;
    const xmlNs* const space = xmlSearchNs(
        argument.doc, &argument, reinterpret_cast<const xmlChar*>(type->substr(0, colon).c_str()));
    return space != nullptr &&
           (textOf(space->href) == schemaSpace || textOf(space->href) == encodingSpace);
}

std::string lowered(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

tl::expected<Document, SoapFault> parse(std::string_view body) {
    if (body.size() > mostBytes) return client("the message is too long");
    if (!isUtf8(body)) return client("the message is not UTF-8");
    xmlParserCtxt* const parser = xmlNewParserCtxt();
    Document document(xmlCtxtReadMemory(parser, body.data(), static_cast<int>(body.size()), nullptr,
                                        nullptr,
                                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
    const bool wellFormed = document != nullptr && parser->wellFormed == 1;
    xmlFreeParserCtxt(parser);
    if (!wellFormed) return client("the message is no well-formed XML");
    if (document->intSubset != nullptr) return client("a document type is not allowed");
    const std::string declared = lowered(textOf(document->encoding));
    if (!declared.empty() && declared != "utf-8") return client("the message is not UTF-8");
    return document;
}

tl::expected<xmlNode*, SoapFault> callIn(xmlNode* root, const std::string& nameSpace) {
    if (root == nullptr || textOf(root->name) != "Envelope") return client("no Envelope");
    if (spaceOf(*root) != envelopeSpace) {
        return tl::unexpected(SoapFault{"VersionMismatch", "Version Mismatch"});
    }
    const auto parts = elementsOf(*root);
    const bool hasHeader = !parts.empty() && is(*parts.front(), envelopeSpace, "Header");
    if (parts.size() != (hasHeader ? 2U : 1U) || !is(*parts.back(), envelopeSpace, "Body")) {
        return client("no Body of SOAP 1.1");
    }
    const auto calls = elementsOf(*parts.back());
    if (calls.size() != 1) return client("not one call in the Body");
    if (spaceOf(*calls.front()) != nameSpace) {
        return client("no service of this namespace: " + spaceOf(*calls.front()));
    }
    return calls.front();
}

}  // namespace

std::optional<SoapFault> faultOfHead(const HttpHead& head) {
    std::string type = lowered(head.contentType);
    std::erase_if(type, [](char c) { return c == ' ' || c == '"'; });
    if (type != "text/xml;charset=utf-8") {
        return SoapFault{"Client", "unsupported Content-Type: " + head.contentType};
    }
    if (!head.soapAction) return SoapFault{"Client.NoSOAPAction", "no SOAPAction header!"};
    return std::nullopt;
}

std::optional<SoapFault> faultOfAction(const HttpHead& head, const std::string& nameSpace,
                                       const std::string& method) {
    const std::string action = head.soapAction.value_or("");
    const std::string own = std::string("\"").append(nameSpace).append(method).append("\"");
    if (action == "\"\"" || action == own) return std::nullopt;
    return SoapFault{"Client", "no such SOAPAction: " + action};
}

tl::expected<SoapCall, SoapFault> readCall(std::string_view body, const std::string& nameSpace) {
    const auto document = parse(body);
    if (!document) return tl::unexpected(document.error());
    const auto found = callIn(xmlDocGetRootElement(document->get()), nameSpace);
    if (!found) return tl::unexpected(found.error());
    const xmlNode& node = **found;
    SoapCall call;
    call.method = textOf(node.name);
    call.style = isEncoded(node) ? SoapStyle::encoded : SoapStyle::literal;
    for (xmlNode* const argument : elementsOf(node)) {
        const std::string name = textOf(argument->name);
        if (!elementsOf(*argument).empty()) return client("an argument with elements: " + name);
        if (call.style == SoapStyle::literal && spaceOf(*argument) != nameSpace) {
            return client("an argument outside the namespace: " + name);
        }
        if (call.style == SoapStyle::encoded &&
            (!spaceOf(*argument).empty() || !isTypedString(*argument))) {
            return client("an argument that is no string of RPC: " + name);
        }
        call.arguments.push_back({name, contentOf(*argument)});
    }
    return call;
}

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '&':
                safe += "&amp;";
                break;
            case '\r':
                safe += "&#xd;";
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

std::string writeAnswer(const std::string& method, const std::string& nameSpace, SoapStyle style,
                        const SoapReturn& value) {
    const std::string head =
        std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope xmlns:soapenv=\"")
            .append(envelopeSpace)
            .append("\" xmlns:xsd=\"")
            .append(schemaSpace)
            .append("\" xmlns:xsi=\"")
            .append(instanceSpace)
            .append("\"><soapenv:Body>");
    const std::string tail = value.behind + "</soapenv:Body></soapenv:Envelope>";
    if (style == SoapStyle::literal) {
        return head + "<" + method + "Response xmlns=\"" + nameSpace + "\"><" + method + "Return" +
               value.attributes + ">" + value.content + "</" + method + "Return></" + method +
               "Response>" + tail;
    }
    const std::string type = value.attributes.empty() ? " xsi:type=\"xsd:string\"" : "";
    return head + "<ns1:" + method + "Response soapenv:encodingStyle=\"" + encodingSpace +
           "\" xmlns:ns1=\"" + nameSpace + "\"><" + method + "Return" + type + value.attributes +
           ">" + value.content + "</" + method + "Return></ns1:" + method + "Response>" + tail;
}

std::string writeFault(const SoapFault& fault) {
    const bool plain = fault.code.find('.') == std::string::npos;
    return std::string(
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope xmlns:soapenv=\"")
        .append(envelopeSpace)
        .append("\"><soapenv:Body><soapenv:Fault><faultcode")
        .append(plain ? ">soapenv:" : " xmlns:ns1=\"http://xml.apache.org/axis/\">ns1:")
        .append(fault.code)
        .append("</faultcode><faultstring>")
        .append(escaped(fault.text))
        .append("</faultstring><detail><ns2:hostname xmlns:ns2=\"http://xml.apache.org/axis/\">")
        .append("legacy.invalid</ns2:hostname></detail></soapenv:Fault></soapenv:Body>")
        .append("</soapenv:Envelope>");
}

}  // namespace liqu::world
