#include "tests/world/province/contract.hpp"

#define VALIJSON_USE_EXCEPTIONS 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

#include <array>
#include <fstream>
#include <map>

#include "firmware/base/assert.hpp"

namespace liqu::world {
namespace {

using Json = nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

constexpr std::array<std::string_view, 16> listedKeywords{
    "type",      "properties", "required",    "additionalProperties",
    "enum",      "pattern",    "minimum",     "maximum",
    "items",     "minItems",   "maxItems",    "minLength",
    "maxLength", "$ref",       "description", "title"};

struct MessageRule {
    MessageKind kind = MessageKind::query;
    valijson::Schema request;
    valijson::Schema reply;
};

// The schema as the document's root, so that "#/components/…" resolves.
void compile(const Json& document, const Json& schema, valijson::Schema& into) {
    Json root = schema;
    root["components"] = document.at("components");
    valijson::SchemaParser parser;
    parser.populateSchema(Adapter(root), into);
}

MessageKind kindNamed(const std::string& name) {
    if (name == "fact") return MessageKind::fact;
    return name == "change" ? MessageKind::change : MessageKind::query;
}

std::optional<std::string> faultIn(valijson::Validator& validator, const valijson::Schema& schema,
                                   const Json& envelope) {
    valijson::ValidationResults results;
    if (validator.validate(schema, Adapter(envelope), &results)) return std::nullopt;
    // The innermost complaint comes first. Its text may quote a value: only the place is kept.
    std::string place;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        std::string here;
        for (const std::string& step : error.context) here += step;
        if (here.size() > place.size()) place = here;
    }
    return "breaks the schema at " + place;
}

void collectForeign(const Json& schema, const std::string& place, std::vector<std::string>& out) {
    if (!schema.is_object()) return;
    for (const auto& [keyword, value] : schema.items()) {
        if (std::ranges::find(listedKeywords, keyword) == listedKeywords.end()) {
            out.push_back(place + "/" + keyword);
        }
        if (keyword == "$ref" && schema.size() > 1) out.push_back(place + "/$ref with siblings");
        if (keyword == "properties") {
            for (const auto& [name, member] : value.items()) {
                collectForeign(member, place + "/properties/" + name, out);
            }
        }
        if (keyword == "items") collectForeign(value, place + "/items", out);
    }
}

}  // namespace

struct Contract::Parts {
    // One for all messages: it keeps the patterns it has compiled.
    valijson::Validator validator{valijson::Validator::kStrongTypes};
    std::map<std::string, MessageRule, std::less<>> rules;
    int judgedOneIn = 1;
    int passed = 0;
    bool isLetPass() { return ++passed % judgedOneIn != 0; }
};

Contract::Contract(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Contract::~Contract() = default;

Result<std::shared_ptr<Contract>> Contract::load(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) return fail(ErrorCode::fileNotReadable, path.filename().string());
    auto parts = std::make_unique<Parts>();
    try {
        const Json document = Json::parse(file);
        for (const auto& [address, item] : document.at("paths").items()) {
            const Json& post = item.at("post");
            const auto json = Json::json_pointer("/content/application~1json/schema");
            MessageRule& rule = parts->rules[address.substr(address.rfind('/') + 1)];
            rule.kind = kindNamed(post.at("x-kind").get<std::string>());
            compile(document, post.at("requestBody").at(json), rule.request);
            compile(document, post.at("responses").at("200").at(json), rule.reply);
        }
    } catch (const std::exception& error) {
        return fail(ErrorCode::configSyntax, std::string("the contract: ") + error.what());
    }
    return std::shared_ptr<Contract>(new Contract(std::move(parts)));
}

std::optional<std::string> Contract::messageTypeOf(std::string_view path) const {
    constexpr std::string_view prefix = "/v1/";
    if (!path.starts_with(prefix) || !knows(path.substr(prefix.size()))) return std::nullopt;
    return std::string(path.substr(prefix.size()));
}

bool Contract::knows(std::string_view messageType) const {
    return parts_->rules.find(messageType) != parts_->rules.end();
}

MessageKind Contract::kindOf(std::string_view messageType) const {
    LIQU_ASSERT(knows(messageType));
    return parts_->rules.find(messageType)->second.kind;
}

std::vector<std::string> Contract::messageTypes() const {
    std::vector<std::string> types;
    for (const auto& [type, rule] : parts_->rules) types.push_back(type);
    return types;
}

std::optional<std::string> Contract::requestFault(std::string_view messageType,
                                                  const Json& envelope) const {
    LIQU_ASSERT(knows(messageType));
    if (parts_->isLetPass()) return std::nullopt;
    return faultIn(parts_->validator, parts_->rules.find(messageType)->second.request, envelope);
}

std::optional<std::string> Contract::replyFault(std::string_view messageType,
                                                const Json& envelope) const {
    LIQU_ASSERT(knows(messageType));
    if (parts_->isLetPass()) return std::nullopt;
    return faultIn(parts_->validator, parts_->rules.find(messageType)->second.reply, envelope);
}

void Contract::judgeOneIn(int messages) {
    parts_->judgedOneIn = messages;
    parts_->passed = 0;
}

std::vector<std::string> Contract::foreignKeywords(const Json& document) {
    std::vector<std::string> foreign;
    for (const auto& [name, schema] : document.at("components").at("schemas").items()) {
        collectForeign(schema, name, foreign);
    }
    return foreign;
}

}  // namespace liqu::world
