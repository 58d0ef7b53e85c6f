#include "tests/scenario/legacy_province/legacy_kiosk.hpp"

#include <map>

#include "firmware/base/assert.hpp"
#include "firmware/province/bodies.hpp"

namespace liqu::scenario {
namespace {

using namespace province;

std::string outcomeOf(const Result<Reply>& reply) {
    if (!reply) return std::to_string(numberOf(reply.error().code));
    const std::string code(nameOf(reply->code));
    return reply->detail == "NONE" ? code : code + "/" + reply->detail;
}

}  // namespace

older::RegionTable shippedTable(const std::string& province) {
    const std::map<std::string, std::pair<std::string, std::string>> files = {
        {"hn", {"henan", "410000"}}, {"hb", {"hubei", "420000"}}, {"jl", {"jilin", "220000"}}};
    const auto& [name, region] = files.at(province);
    auto table =
        older::loadRegionTable(LIQU_SOURCE_DIR "/kiosk-config/legacy/" + name + ".toml", region);
    LIQU_ASSERT(table.has_value());
    table->chip = older::ChipConstants{"1", "3.00", "001122334455667788990011"};
    return std::move(*table);
}

bool EncryptionMachine::can(MessageType type) const {
    return type == MessageType::cardAuthInternal || type == MessageType::cardAuthExternal ||
           type == MessageType::cardAuthSecure;
}

Result<Reply> EncryptionMachine::exchange(const Outgoing&) {
    Reply reply;
    reply.code = ReplyCode::ok;
    reply.detail = "NONE";
    return reply;
}

LegacyKiosk::LegacyKiosk(const std::string& province)
    : LegacyKiosk(province, shippedTable(province)) {}

LegacyKiosk::LegacyKiosk(const std::string& province, older::RegionTable ofRegion)
    : engine(world::LegacyEngine::create(LIQU_SOURCE_DIR, province, faults).value()),
      front(*engine, clock),
      link(front, clock),
      table(std::move(ofRegion)),
      database(test::openDatabase(scratch)),
      sealKey(security::SealKey::make(random)),
      sealer(security::SealProfile::aes256Gcm, sealKey, random),
      terminal{"T-000017", engine->profile().city, "O-0001", province + "-1"} {
    restart();
}

void LegacyKiosk::restart() {
    adapter = std::make_unique<older::CardServiceAdapter>(
        older::Parts{*line,
                     table,
                     {"kiosk", SecretText("kiosk-pass")},
                     *database,
                     sealer,
                     SecretBytes(Bytes(32, 7)),
                     {},
                     {{"B01", "V01"}},
                     &encryption},
        clock, random, terminal);
}

Business LegacyKiosk::business(int number) const {
    Business own;
    own.bizId = terminal.terminalId + "-20240601-" + std::to_string(1'000'000 + number).substr(1);
    own.bankCode = "B01";
    return own;
}

Outgoing LegacyKiosk::outgoing(MessageType type, std::string_view body, int number,
                               int ordinal) const {
    Outgoing message;
    message.type = type;
    message.business = business(number);
    message.idempotencyKey =
        idempotencyKey(terminal.terminalId, message.business.bizId, type, ordinal);
    message.body = body;
    if (kindOf(type) == MessageKind::fact)
        message.place = FactPlace{std::string(32, 'e'), number, std::string(64, 'A')};
    return message;
}

std::string LegacyKiosk::tellBody(MessageType type, const PersonalText& body, int number,
                                  int ordinal) {
    return outcomeOf(adapter->send(outgoing(type, body.reveal(), number, ordinal)));
}

std::vector<std::string> LegacyKiosk::complaints() {
    std::vector<std::string> all = world::violations(there());
    all.insert(all.end(), there().wrongs.begin(), there().wrongs.end());
    const auto texts = older::unknownTexts(*database, sealer, 10).value();
    for (const older::UnknownText& text : texts)
        all.push_back("unknown to " + text.call + ": " + text.text.reveal());
    return all;
}

ApplicationRequest wishOf(const LegacyCitizen& who, ApplicationKind kind) {
    ApplicationRequest wish;
    wish.kind = kind;
    wish.oldCardNumber = who.card;
    wish.socialNumber = wish.documentNumber = PersonalText(who.number);
    wish.name = PersonalText(who.name);
    wish.sex = card::Sex::male;
    wish.ethnicCode = "01";
    wish.birthDate = PersonalText(who.number.substr(6, 8));
    wish.documentValidTo = "20400101";
    wish.address = PersonalText("样例路1号");
    wish.phone = PersonalText("13800000000");
    return wish;
}

LossReport lossOf(const LegacyCitizen& who) {
    LossReport report;
    report.socialNumber = report.documentNumber = PersonalText(who.number);
    report.name = PersonalText(who.name);
    report.cardNumber = who.card;
    return report;
}

CardEnabling enablingOf(const LegacyCitizen& who) {
    CardEnabling enabling;
    enabling.socialNumber = enabling.documentNumber = PersonalText(who.number);
    enabling.name = PersonalText(who.name);
    enabling.cardNumber = who.card;
    return enabling;
}

std::string Making::apply(const LegacyCitizen& citizen) {
    who = citizen;
    const auto kind = who.card.empty() ? ApplicationKind::newCard : ApplicationKind::lost;
    const auto body = bodyOf(wishOf(who, kind)).value();
    const auto reply =
        kiosk.adapter->send(kiosk.outgoing(MessageType::applyCreate, body.reveal(), number));
    if (reply && !reply->body.empty())
        application = read<ApplicationAnswer>(reply->body.reveal())->applicationNo;
    return outcomeOf(reply);
}

std::string Making::mark(int ordinal) {
    std::string said =
        kiosk.tell(MessageType::issueMark, AboutApplication{application}, number, ordinal);
    card = kiosk.adapter->numberAssigned(application).value();
    return said;
}

std::string Making::reserve() {
    return kiosk.tell(MessageType::blankReserve,
                      BlankReservation{application, card, card, idCode, Bytes{0x3B, 0x6D}, 1},
                      number);
}

std::string Making::personalise() {
    PersonalisationRequest request;
    request.applicationNo = application;
    request.blankId = card;
    request.cardIdCode = idCode;
    request.atr = Bytes{0x3B, 0x6D};
    const auto body = bodyOf(request).value();
    const auto reply =
        kiosk.adapter->send(kiosk.outgoing(MessageType::personalisationGet, body.reveal(), number));
    if (reply && !reply->body.empty()) permit = *read<Personalisation>(reply->body.reveal());
    return outcomeOf(reply);
}

MakeReport Making::reportBody(MakeResult result) const {
    MakeReport report;
    report.applicationNo = application;
    report.permitId = permit.permitId;
    report.blankId = card;
    report.result = result;
    report.madeAt = kiosk.clock.wallTime();
    if (result == MakeResult::failed) {
        report.stage = MakeStage::chip;
        report.reasonCode = 30203;
        return report;
    }
    ReadBack& back = report.readBack.emplace();
    back.cardNumber = card;
    back.socialNumber = PersonalText(who.number);
    back.cardIdCode = idCode;
    back.atr = Bytes{0x3B, 0x6D};
    back.version = "3.00";
    back.issueDate = permit.chip.issueDate;
    back.expiryDate = permit.chip.expiryDate;
    return report;
}

std::string Making::report(MakeResult result, int ordinal) {
    return kiosk.tell(MessageType::issueReport, reportBody(result), number, ordinal);
}

std::string Making::enable() {
    return kiosk.tell(
        MessageType::issueEnable,
        Enabling{application, card, PersonalText(who.number), PersonalText(who.name), false},
        number);
}

}  // namespace liqu::scenario
