#include "firmware/province/adapters/card_service/soap_envelope.hpp"

#include <algorithm>
#include <expat.h>
#include <memory>

#include "firmware/base/bytes.hpp"
#include "firmware/base/encoding.hpp"

namespace liqu::province::card_service {
namespace {

constexpr std::size_t longestAnswer = 512 * 1024;
constexpr std::size_t mostElements = 2000;
constexpr std::size_t deepest = 16;
constexpr char nameSpaceEnd = '|';
constexpr const char* envelopeSpace = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr const char* schemaSpace = "http://www.w3.org/2001/XMLSchema-instance";

tl::unexpected<Error> malformed(const std::string& why) {
    return fail(ErrorCode::provinceReplyMalformed, "the envelope: " + why);
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() * 2);
    for (const char c : text) {
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            case '\r':
                // A parser would make a line feed of it, and the table inside has both.
                out += "&#13;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

struct Node {
    std::string name;  // without its namespace
    bool isSoap = false;
    bool isNil = false;
    std::string id;
    std::string href;
    std::string text;  // its own and what its children are written as
    std::vector<std::unique_ptr<Node>> children{};

    Node() = default;
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    ~Node() { wipe(text); }
    const Node* child(std::string_view wanted) const {
        const auto found = std::ranges::find(children, wanted, &Node::name);
        return found == children.end() ? nullptr : found->get();
    }
};

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

std::string_view localName(std::string_view name) {
    const std::size_t bar = name.rfind(nameSpaceEnd);
    return bar == std::string_view::npos ? name : name.substr(bar + 1);
}

class Tree {
  public:
    Result<std::unique_ptr<Node>> read(std::string_view utf8) {
        // Said here and not in the text: "UTF-8" overrules what its first line declares, because
        // the bytes are that now, whatever they were.
        const Parser parser(XML_ParserCreateNS("UTF-8", nameSpaceEnd));
        if (!parser) return malformed("no memory for it");
        parser_ = parser.get();
        XML_SetUserData(parser_, this);
        XML_SetElementHandler(parser_, &Tree::begin, &Tree::end);
        XML_SetCharacterDataHandler(parser_, &Tree::text);
        XML_SetStartDoctypeDeclHandler(parser_, &Tree::documentType);
        XML_SetProcessingInstructionHandler(parser_, &Tree::instruction);
        const auto status = XML_Parse(parser_, utf8.data(), static_cast<int>(utf8.size()), 1);
        if (!refused_.empty()) return malformed(refused_);
        if (status != XML_STATUS_OK || !root_)
            return malformed("no XML, " + std::string(XML_ErrorString(XML_GetErrorCode(parser_))));
        return std::move(root_);
    }

  private:
    static Tree& of(void* data) { return *static_cast<Tree*>(data); }

    void refuse(const char* why) {
        if (refused_.empty()) refused_ = why;
        XML_StopParser(parser_, XML_FALSE);
    }

    static void XMLCALL documentType(void* data, const char*, const char*, const char*, int) {
        of(data).refuse("it has a document type");
    }
    static void XMLCALL instruction(void* data, const char*, const char*) {
        of(data).refuse("it has an instruction");
    }

    static void XMLCALL begin(void* data, const char* name, const char** attributes) {
        Tree& tree = of(data);
        if (++tree.elements_ > mostElements) return tree.refuse("too many elements");
        if (tree.open_.size() == deepest) return tree.refuse("too deep");
        auto node = std::make_unique<Node>();
        node->name = localName(name);
        node->isSoap = std::string_view(name).starts_with(envelopeSpace);
        for (; *attributes != nullptr; attributes += 2) tree.attribute(*node, attributes);
        Node* opened = node.get();
        if (tree.open_.empty()) {
            tree.root_ = std::move(node);
        } else {
            tree.open_.back()->children.push_back(std::move(node));
        }
        tree.open_.push_back(opened);
    }

    void attribute(Node& node, const char** pair) const {
        const std::string_view name = pair[0];
        if (name == "id") node.id = pair[1];
        if (name == "href") node.href = pair[1];
        const std::string_view value = pair[1];
        if (name.starts_with(schemaSpace) && localName(name) == "nil")
            node.isNil = value == "true" || value == "1";
    }

    static void XMLCALL end(void* data, const char*) {
        Tree& tree = of(data);
        const Node& closed = *tree.open_.back();
        tree.open_.pop_back();
        if (tree.open_.empty()) return;
        Node& parent = *tree.open_.back();
        // Only where a server forgot to escape the string inside is this ever looked at.
        if (parent.isSoap) return;
        parent.text += "<" + closed.name + ">" + closed.text + "</" + closed.name + ">";
    }

    static void XMLCALL text(void* data, const char* part, int size) {
        Tree& tree = of(data);
        if (!tree.open_.empty())
            tree.open_.back()->text.append(part, static_cast<std::size_t>(size));
    }

    XML_Parser parser_ = nullptr;
    std::unique_ptr<Node> root_;
    std::vector<Node*> open_;
    std::size_t elements_ = 0;
    std::string refused_;
};

// One pass over the five entities XML has by itself.
std::string unescapedOnce(std::string_view text) {
    struct Entity {
        std::string_view name;
        char sign;
    };
    constexpr Entity entities[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}};
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto* found = std::ranges::find_if(
            entities, [&](const Entity& entity) { return text.starts_with(entity.name); });
        const bool isOne = found != std::end(entities);
        out += isOne ? found->sign : text.front();
        text.remove_prefix(isOne ? found->name.size() : 1);
    }
    return out;
}

std::string_view withoutSpace(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

// RPC/encoded: the value may stand at the end of the body, under a name.
Result<const Node*> followed(const Node& node, const Node& body) {
    if (node.href.empty()) return &node;
    if (!node.href.starts_with('#')) return malformed("a reference to somewhere else");
    const std::string id = node.href.substr(1);
    const auto target = std::ranges::find(body.children, id, &Node::id);
    if (target == body.children.end() || !(*target)->href.empty())
        return malformed("a reference to nothing");
    return target->get();
}

Result<SoapAnswer> readFault(const Node& fault) {
    SoapAnswer answer;
    answer.isFault = true;
    const Node* code = fault.child("faultcode");
    if (code == nullptr) return malformed("a fault without a code");
    const std::size_t colon = code->text.rfind(':');
    answer.faultCode = code->text.substr(colon == std::string::npos ? 0 : colon + 1, 80);
    if (const Node* words = fault.child("faultstring"))
        answer.faultText = PersonalText(words->text.substr(0, 800));
    return answer;
}

Result<SoapAnswer> readReturn(const Node& response, const Node& body) {
    if (response.children.size() != 1) return malformed("not one string in it");
    const Node& value = *TRY(followed(*response.children.front(), body));
    if (value.isNil) return malformed("nothing in it");
    SoapAnswer answer;
    answer.wasEscapedTwice = withoutSpace(value.text).starts_with("&lt;");
    answer.returned = PersonalText(answer.wasEscapedTwice ? unescapedOnce(value.text) : value.text);
    return answer;
}

Result<SoapAnswer> answerIn(const Node& envelope, std::string_view method) {
    if (!envelope.isSoap || envelope.name != "Envelope") return malformed("no envelope");
    const Node* body = envelope.child("Body");
    if (body == nullptr || !body->isSoap || body->children.empty()) return malformed("no body");
    const Node& first = *body->children.front();
    if (first.isSoap && first.name == "Fault") return readFault(first);
    if (first.name != std::string(method) + "Response")
        return malformed("the answer to another call");
    return readReturn(first, *body);
}

std::string headOf(const SoapCall& call, const SoapStyle& style) {
    std::string head = "<soapenv:Envelope xmlns:soapenv=\"" + std::string(envelopeSpace) + "\"";
    const bool encoded = style.body == BodyStyle::encoded;
    if (encoded) {
        head += " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"";
        head += std::string(schemaSpace) + "\"";
    }
    head += "><soapenv:Body><s:" + call.method;
    if (encoded) head += " soapenv:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"";
    return head + " xmlns:s=\"" + escaped(style.nameSpace) + "\">";
}

}  // namespace

Result<PersonalText> buildRequest(const SoapCall& call, const SoapStyle& style) {
    const bool encoded = style.body == BodyStyle::encoded;
    std::string text = "<?xml version=\"1.0\" encoding=\"" +
                       std::string(style.charset == Charset::utf8 ? "UTF-8" : "GB18030") + "\"?>" +
                       headOf(call, style);
    for (const Argument& argument : call.arguments) {
        const std::string name = encoded ? argument.name : "s:" + argument.name;
        text += "<" + name + (encoded ? " xsi:type=\"xsd:string\">" : ">");
        text += escaped(argument.value.reveal()) + "</" + name + ">";
    }
    text += "</s:" + call.method + "></soapenv:Body></soapenv:Envelope>";
    PersonalText whole(std::move(text));
    if (style.charset == Charset::utf8) return whole;
    auto bytes = gb18030FromUtf8(whole.reveal());
    if (!bytes) return fail(ErrorCode::provinceNeedsStaff, "not sent: a character without a code");
    PersonalText coded(textOf(*bytes));
    wipe(*bytes);
    return coded;
}

Result<SoapAnswer> readAnswer(std::string_view bytes, std::string_view method, Charset charset) {
    if (bytes.empty() || bytes.size() > longestAnswer) return malformed("empty, or too long");
    PersonalText utf8;
    if (charset == Charset::gb18030) {
        const Bytes coded = bytesOf(bytes);
        auto decoded = utf8FromGb18030(coded);
        if (!decoded) return malformed("bytes that are no GB 18030");
        utf8 = PersonalText(std::move(*decoded));
        bytes = utf8.reveal();
    }
    const std::unique_ptr<Node> root = TRY(Tree().read(bytes));
    return answerIn(*root, method);
}

}  // namespace liqu::province::card_service
