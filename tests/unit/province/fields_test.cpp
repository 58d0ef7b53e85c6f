// The one list of fields of each message against the contract: the same names, the same words,
// limits that are no narrower, nothing left out; and the contract's own examples go through and
// back.
// Rules: A-12.
#include <doctest/doctest.h>
#include <set>

#include "firmware/province/bodies.hpp"
#include "firmware/province/canonical_json.hpp"
#include "firmware/province/fact_fields.hpp"
#include "tests/unit/province/scripted_link.hpp"

using namespace liqu;
using namespace liqu::province;
using nlohmann::json;

namespace {

// A list of fields that reads nothing and compares everything.
class ContractList {
  public:
    static constexpr bool writes = false;

    explicit ContractList(const json& schema) : schema_(whole(schema)) {}

    void text(const char* name, std::string&, const Shape& shape) { textual(name, true, shape); }
    void textIfAny(const char* name, std::string&, const Shape& shape) {
        textual(name, false, shape);
    }
    void personal(const char* name, PersonalText&, const Shape& shape) {
        textual(name, true, shape);
    }
    void wireName(const char* name, PersonalText&) { textual(name, true, shapes::name); }
    template <typename Integer>
    void integer(const char* name, Integer&, std::int64_t least, std::int64_t most) {
        const json schema = field(name, true, "integer");
        CHECK(schema["minimum"] == least);
        CHECK(schema["maximum"] == most);
    }
    void money(const char* name, Money&, std::int64_t least) {
        const json schema = field(name, true, "integer");
        CHECK(schema["minimum"] == least);
        CHECK(schema["maximum"] == Money::mostFen);
    }
    void flag(const char* name, bool&) { field(name, true, "boolean"); }
    template <typename Value, std::size_t count>
    void choice(const char* name, Value&, const Words<Value, count>& words) {
        chosen(name, true, words);
    }
    template <typename Value, std::size_t count>
    void choiceIfAny(const char* name, std::optional<Value>&, const Words<Value, count>& words) {
        // The one message in two: it must be there in the one, and not in the other.
        if (schema_["properties"].contains(name)) chosen(name, true, words);
    }
    template <typename Value, std::size_t count>
    void wordOf(const char* name, std::string&, const Words<Value, count>& words) {
        chosen(name, true, words);
    }
    void always(const char* name, const char* word) {
        CHECK(field(name, true, "string")["enum"] == json::array({word}));
    }
    void moment(const char* name, WallTime&) { textual(name, true, shapes::time); }
    void hex(const char* name, Bytes&, std::size_t least, std::size_t most) {
        textual(name, true, {2 * least, 2 * most, shapes::isHexDigit});
    }
    template <std::size_t size>
    void block(const char* name, std::array<std::uint8_t, size>&) {
        textual(name, true, shapes::hex(2 * size));
    }
    void base64(const char* name, PersonalBytes&, std::size_t most) {
        textual(name, true, shapes::words(0, most));
    }
    void texts(const char* name, std::vector<std::string>&, const Shape& shape, std::size_t most) {
        const json schema = field(name, true, "array");
        CHECK(schema["maxItems"] <= most);
        const json item = whole(schema["items"]);
        CHECK((item.contains("enum") || item["maxLength"] <= shape.most));
    }
    void integers(const char* name, std::vector<std::int64_t>&, std::size_t most) {
        CHECK(field(name, true, "array")["maxItems"] <= most);
    }
    template <typename Message>
    void object(const char* name, Message& value) {
        inner(field(name, true, "object"), value);
    }
    template <typename Message>
    void objectIfAny(const char* name, std::optional<Message>&) {
        Message value;
        inner(field(name, false, "object"), value);
    }
    template <typename Message>
    void list(const char* name, std::vector<Message>&, std::size_t most) {
        const json schema = field(name, true, "array");
        CHECK(schema["maxItems"] <= most);
        Message value;
        inner(schema["items"], value);
    }

    void finish() {
        for (const auto& [name, schema] : schema_["properties"].items()) {
            CAPTURE(name);
            CHECK(asked_.contains(name));
        }
    }

  private:
    static json whole(const json& schema) {
        if (!schema.contains("$ref")) return schema;
        return test::contractDocument()[json::json_pointer(
            schema["$ref"].get<std::string>().substr(1))];
    }
    json field(const char* name, bool needed, const char* type) {
        CAPTURE(name);
        asked_.insert(name);
        CHECK(schema_["properties"].contains(name));
        const json& required = schema_["required"];
        CHECK((std::ranges::find(required, name) != required.end()) == needed);
        json schema = whole(schema_["properties"][name]);
        CHECK(schema["type"] == type);
        return schema;
    }
    // The contract counts characters, a shape bytes; and a word of a list has no length of its own.
    void textual(const char* name, bool needed, const Shape& shape) {
        const json schema = field(name, needed, "string");
        CAPTURE(name);
        if (!schema.contains("maxLength")) {
            REQUIRE(schema.contains("enum"));
            return;
        }
        CHECK(schema["maxLength"] <= shape.most);
        CHECK(schema["maxLength"].get<std::size_t>() * 4 >= shape.most);
    }
    template <typename Value, std::size_t count>
    void chosen(const char* name, bool needed, const Words<Value, count>& words) {
        const json schema = field(name, needed, "string");
        std::set<std::string> ours;
        for (const Value value : words.values()) ours.insert(std::string(words[value]));
        CHECK(schema["enum"].get<std::set<std::string>>() == ours);
    }
    template <typename Message>
    void inner(const json& schema, Message& value) {
        ContractList list(schema);
        fields(list, value);
        list.finish();
    }

    json schema_;
    std::set<std::string, std::less<>> asked_;
};

json messageOf(std::string_view type) {
    return test::contractDocument()["paths"]["/v1/" + std::string(type)]["post"];
}
const json::json_pointer inContent("/content/application~1json");

template <typename Message>
void compare(const json& content) {
    const json::json_pointer reference("/schema/$ref");
    const std::string envelope = content[reference];
    const json body =
        test::contractDocument()[json::json_pointer(envelope.substr(1))]["properties"]["body"];
    ContractList list(body);
    Message message;
    fields(list, message);
    list.finish();
    const std::string example = canonical(content["example"]["body"]).value();
    const auto read = province::read<Message>(example);
    if (!read) FAIL(read.error().cause);
    CHECK(bodyOf(*read)->reveal() == example);
}

template <typename Body>
void request(std::string_view type) {
    CAPTURE(std::string(type));
    compare<Body>(messageOf(type)["requestBody"][inContent]);
}
template <typename Body, typename Answer>
void exchange(std::string_view type) {
    request<Body>(type);
    CAPTURE(std::string(type));
    compare<Answer>(messageOf(type)["responses"]["200"][inContent]);
}

}  // namespace

TEST_CASE("each list of fields is the contract's, and its example goes through and back") {
    exchange<SignIn, SignInAnswer>("TERM.SIGNIN");
    exchange<PersonQuery, Person>("PERSON.QUERY");
    exchange<AboutPerson, Photo>("PHOTO.GET");
    exchange<EligibilityCheck, Eligibility>("ELIG.CHECK");
    exchange<ProgressQuery, Progress>("PROGRESS.QUERY");
    exchange<AboutPerson, CardList>("CARD.QUERY");
    exchange<ApplicationRequest, ApplicationAnswer>("APPLY.CREATE");
    exchange<Withdrawal, StateAnswer>("APPLY.CANCEL");
    exchange<AboutApplication, StateAnswer>("ISSUE.MARK");
    exchange<Withdrawal, StateAnswer>("ISSUE.UNMARK");
    for (const char* name : {"LOSS.TEMP", "LOSS.FORMAL", "LOSS.RELEASE"})
        exchange<LossReport, LossAnswer>(name);
    exchange<CardEnabling, CardEnabled>("CARD.ENABLE");
    exchange<DataChange, DataChanged>("DATA.CHANGE");
    exchange<BlankReservation, BlankAnswer>("BLANK.RESERVE");
    exchange<PersonalisationRequest, Personalisation>("PERSO.GET");
    exchange<CardAuthentication, Cryptogram>("CARDAUTH.INT");
    exchange<CardAuthentication, Cryptogram>("CARDAUTH.EXT");
    exchange<SecureMessageRequest, SecureMessage>("CARDAUTH.SECMSG");
    exchange<ReconQuery, Recon>("RECON.DAY");
    exchange<FeeQuestion, FeeQuote>("FEE.QUOTE");
    request<FeePayment>("FEE.REGISTER");
    request<FeeRefund>("FEE.REFUND");
    request<MakeReport>("ISSUE.REPORT");
    request<Enabling>("ISSUE.ENABLE");
    request<Handover>("ISSUE.HANDOVER");
    request<PinChange>("PIN.CHANGED");
    request<PinService>("PIN.UNLOCKED");
    request<PinService>("PIN.RESET");
    request<StockLoad>("STOCK.LOAD");
    for (const char* type :
         {"STOCK.RECEIVE", "STOCK.UNLOAD", "STOCK.COUNT", "STOCK.ADJUST", "STOCK.RETURN",
          "STOCK.DESTROY", "FINISHED.OVERDUE", "FINISHED.RETURN", "FINISHED.RECEIVE"}) {
        request<StockAct>(type);
    }
    request<CardRecovery>("CARD.RECOVER");
    request<WrongCard>("WRONGCARD.REGISTER");
    request<WrongCardConfirmation>("WRONGCARD.CONFIRM");
    request<StockSnapshot>("STOCK.SNAPSHOT");
    request<AuditCheckpoint>("AUDIT.CHECKPOINT");
}
