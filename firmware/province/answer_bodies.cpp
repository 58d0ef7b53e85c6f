#include <algorithm>
#include <nlohmann/json.hpp>

#include "firmware/card/person_name.hpp"
#include "firmware/province/bodies.hpp"
#include "firmware/province/canonical_json.hpp"
#include "firmware/province/object_reader.hpp"

namespace liqu::province {
namespace {

using nlohmann::json;

// Wipes the tree when it dies: answers carry persons and portraits.
class Tree {
  public:
    explicit Tree(json root) : root_(std::move(root)) {}
    Tree(Tree&&) = default;
    ~Tree() { wipeJson(root_); }
    const json& root() const { return root_; }

  private:
    json root_;
};

Result<Tree> treeOf(std::string_view body) {
    return Tree(TRY(parseStrictly(body)));
}

constexpr std::size_t mostApplications = 20;
constexpr std::size_t mostCards = 20;
constexpr std::size_t longestPortrait = 262'144;

Result<Application> readApplication(const json& object) {
    ObjectReader reader(object);
    Application application;
    application.applicationNo = reader.text("applicationNo", shapes::token(1, 40));
    application.bizId = reader.text("bizId", shapes::token(1, 40));
    application.terminalId = reader.text("terminalId", shapes::token(1, 24));
    application.kind = reader.choice("kind", applicationKinds);
    application.bankCode = reader.text("bankCode", shapes::token(1, 10));
    application.state = reader.choice("state", applicationStates);
    application.instant = reader.boolean("instant");
    application.feePaid = reader.boolean("feePaid");
    application.cardNumber = reader.text("cardNo", shapes::cardNumberOrNone);
    application.failedBlanks = static_cast<int>(reader.integer("failedBlanks", 0, 1000));
    application.createdTime = reader.text("createdTime", shapes::time);
    TRY(reader.finish());
    return application;
}

Result<HolderCard> readCard(const json& object) {
    ObjectReader reader(object);
    HolderCard card;
    card.cardNumber = reader.text("cardNo", shapes::cardNumber);
    card.bankCode = reader.text("bankCode", shapes::token(1, 10));
    card.state = reader.choice("state", cardStates);
    card.issueDate = reader.text("issueDate", shapes::date);
    card.expiryDate = reader.text("expiryDate", shapes::date);
    card.bankLinked = reader.boolean("bankLinked");
    TRY(reader.finish());
    return card;
}

template <typename Item>
Result<std::vector<Item>> readList(const std::vector<const json*>& elements,
                                   Result<Item> (*read)(const json&)) {
    std::vector<Item> items;
    items.reserve(elements.size());
    for (const json* element : elements) items.push_back(TRY(read(*element)));
    return items;
}

// Spaces and dots of other systems do not make another name of it.
PersonalText readName(ObjectReader& reader, const char* field) {
    return card::wireName(reader.personal(field, shapes::name).reveal());
}

PersonalBytes readPortrait(ObjectReader& reader) {
    const PersonalText coded = reader.personal("portraitJpeg", shapes::words(0, longestPortrait));
    auto jpeg = fromBase64(coded.reveal());
    if (!jpeg) {
        reader.refuse("portraitJpeg");
        return {};
    }
    return PersonalBytes(std::move(*jpeg));
}

Result<card::ChipItems> readChipItems(const json& object) {
    ObjectReader reader(object);
    card::ChipItems items;
    items.cardIdCode = reader.text("cardIdCode", shapes::hex(32));
    items.cardClass = reader.text("cardClass", shapes::digits(1, 1));
    items.version = reader.text("version", shapes::token(4, 4));
    items.issuerCode = reader.text("issuerCode", shapes::hex(24));
    items.issueDate = reader.text("issueDate", shapes::date);
    items.expiryDate = reader.text("expiryDate", shapes::date);
    items.cardNumber = reader.text("cardNo", shapes::cardNumber);
    items.socialNumber = reader.personal("socialNumber", shapes::socialNumber);
    items.name = readName(reader, "name");
    items.sex = wordOf(sexes, reader.choice("sex", sexes));
    items.ethnicCode = reader.text("ethnicCode", shapes::digits(0, 2));
    items.birthPlace = reader.text("birthPlace", shapes::digits(0, 6));
    items.birthDate = reader.personal("birthDate", shapes::date);
    TRY(reader.finish());
    return items;
}

Result<card::FaceItems> readFaceItems(const json& object) {
    ObjectReader reader(object);
    card::FaceItems items;
    items.printName = readName(reader, "printName");
    items.socialNumber = reader.personal("socialNumber", shapes::socialNumber);
    items.cardNumber = reader.text("cardNo", shapes::cardNumber);
    items.issueDate = reader.text("issueDate", shapes::date);
    items.portraitJpeg = readPortrait(reader);
    TRY(reader.finish());
    return items;
}

}  // namespace

Result<SignInAnswer> readSignInAnswer(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    SignInAnswer answer;
    answer.policyId = reader.text("policyId", shapes::token(1, 64));
    answer.hsmReady = reader.boolean("hsmReady");
    answer.epochGranted = reader.boolean("epochGranted");
    answer.openBizIds = reader.texts("openBizIds", shapes::token(1, 40), 200);
    answer.lastTerminalSeq = reader.integer("lastTerminalSeq", 0, INT64_MAX);
    answer.lastChain = reader.text("lastChain", shapes::hex(64));
    answer.missingTerminalSeqs = reader.integers("missingTerminalSeqs", 100);
    answer.lastBizId = reader.text("lastBizId", shapes::token(0, 40));
    TRY(reader.finish());
    return answer;
}

Result<Person> readPerson(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    Person person;
    person.documentNumber = reader.personal("documentNo", shapes::socialNumber);
    person.socialNumber = reader.personal("socialNumber", shapes::socialNumber);
    person.name = readName(reader, "name");
    person.printName = readName(reader, "printName");
    person.sex = reader.choice("sex", sexes);
    person.ethnicCode = reader.text("ethnicCode", shapes::digits(0, 2));
    person.birthDate = reader.personal("birthDate", shapes::date);
    person.regionOfRecord = reader.text("regionOfRecord", shapes::digits(6, 6));
    person.alive = reader.boolean("alive");
    person.photoAvailable = reader.boolean("photoAvailable");
    person.verifiedFields = reader.texts("verifiedFields", shapes::token(1, 20), 6);
    TRY(reader.finish());
    return person;
}

Result<Photo> readPhoto(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    Photo photo;
    photo.socialNumber = reader.personal("socialNumber", shapes::socialNumber);
    photo.portraitJpeg = readPortrait(reader);
    TRY(reader.finish());
    return photo;
}

Result<Eligibility> readEligibility(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    Eligibility answer;
    answer.socialNumber = reader.personal("socialNumber", shapes::socialNumber);
    answer.eligible = reader.boolean("eligible");
    answer.reason = reader.text("reason", shapes::token(1, 40));
    answer.remedy = reader.text("remedy", shapes::words(0, 800));
    answer.needsStaff = reader.boolean("needsStaff");
    answer.cardElsewhereInProvince = reader.boolean("cardElsewhereInProvince");
    answer.oldCardState = reader.choice("oldCardState", cardStates);
    answer.oldCardNumber = reader.text("oldCardNo", shapes::cardNumberOrNone);
    answer.feeRequired = reader.boolean("feeRequired");
    answer.feeCents = static_cast<int>(reader.integer("feeCents", 0, 1'000'000));
    answer.feePaid = reader.boolean("feePaid");
    answer.bankLinked = reader.boolean("bankLinked");
    answer.checkRef = reader.text("checkRef", shapes::token(0, 64));
    answer.pending = TRY(readList(reader.elements("pending", mostApplications), readApplication));
    answer.cards = TRY(readList(reader.elements("cards", mostCards), readCard));
    TRY(reader.finish());
    return answer;
}

Result<Progress> readProgress(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    Progress answer;
    answer.carriedOut = reader.boolean("carriedOut");
    answer.outcome = reader.choice("outcome", replyCodes);
    answer.value = reader.personal("value", shapes::token(1, 64));
    answer.applications =
        TRY(readList(reader.elements("applications", mostApplications), readApplication));
    answer.cards = TRY(readList(reader.elements("cards", mostCards), readCard));
    TRY(reader.finish());
    return answer;
}

Result<CardList> readCardList(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    CardList answer;
    answer.socialNumber = reader.personal("socialNumber", shapes::socialNumber);
    answer.cards = TRY(readList(reader.elements("cards", mostCards), readCard));
    TRY(reader.finish());
    return answer;
}

Result<ApplicationAnswer> readApplicationAnswer(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    ApplicationAnswer answer;
    answer.socialNumber = reader.personal("socialNumber", shapes::socialNumber);
    answer.applicationNo = reader.text("applicationNo", shapes::token(1, 40));
    answer.state = reader.choice("state", applicationStates);
    TRY(reader.finish());
    return answer;
}

Result<StateAnswer> readStateAnswer(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    StateAnswer answer;
    answer.applicationNo = reader.text("applicationNo", shapes::token(1, 40));
    answer.state = reader.choice("state", applicationStates);
    TRY(reader.finish());
    return answer;
}

Result<BlankAnswer> readBlankAnswer(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    BlankAnswer answer;
    answer.applicationNo = reader.text("applicationNo", shapes::token(1, 40));
    answer.blankId = reader.text("blankId", shapes::token(9, 32));
    answer.version = reader.text("version", shapes::token(4, 4));
    answer.numberMode = reader.choice("numberMode", numberModes);
    TRY(reader.finish());
    return answer;
}

Result<Personalisation> readPersonalisation(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    Personalisation answer;
    answer.applicationNo = reader.text("applicationNo", shapes::token(1, 40));
    answer.bankCode = reader.text("bankCode", shapes::token(1, 10));
    answer.permitId = reader.text("permitId", shapes::token(1, 64));
    answer.permitExpires = reader.text("permitExpires", shapes::time);
    answer.blankId = reader.text("blankId", shapes::token(9, 32));
    answer.numberMode = reader.choice("numberMode", numberModes);
    answer.batchNo = reader.text("batchNo", shapes::token(0, 40));
    answer.chip = TRY(readChipItems(reader.object("chip")));
    answer.face = TRY(readFaceItems(reader.object("face")));
    TRY(reader.finish());
    return answer;
}

Result<ports::Block8> readCryptogram(std::string_view body) {
    const Tree tree = TRY(treeOf(body));
    ObjectReader reader(tree.root());
    const std::string hex = reader.text("cryptogram", shapes::hex(16));
    TRY(reader.finish());
    const Bytes bytes = TRY(fromHex(hex));
    ports::Block8 block{};
    std::copy_n(bytes.begin(), block.size(), block.begin());
    return block;
}

}  // namespace liqu::province
