#include <nlohmann/json.hpp>

#include "firmware/province/bodies.hpp"
#include "firmware/province/canonical_json.hpp"
#include "firmware/province/wire_words.hpp"

namespace liqu::province {
namespace {

using nlohmann::json;

}  // namespace

Result<PersonalText> bodyOf(const SignIn& message) {
    json modules = json::array();
    for (const Module& module : message.modules) {
        modules.push_back({{"name", module.name}, {"state", wordOf(moduleStates, module.state)}});
    }
    json body = {{"firmwareVersion", message.firmwareVersion},
                 {"schemaVersion", message.schemaVersion},
                 {"modules", std::move(modules)},
                 {"epoch", message.epoch},
                 {"lastTerminalSeq", message.lastTerminalSeq},
                 {"lastChain", message.lastChain}};
    if (!message.replacesEpoch.empty()) body["replacesEpoch"] = message.replacesEpoch;
    return canonicalText(std::move(body));
}

Result<PersonalText> bodyOf(const PersonQuery& message) {
    return canonicalText({{"documentType", wordOf(documentKinds, message.documentKind)},
                          {"documentNo", message.documentNumber.reveal()},
                          {"name", message.name.reveal()}});
}

Result<PersonalText> bodyAboutPerson(const PersonalText& socialNumber) {
    return canonicalText({{"socialNumber", socialNumber.reveal()}});
}

Result<PersonalText> bodyOf(const EligibilityCheck& message) {
    return canonicalText({{"socialNumber", message.socialNumber.reveal()},
                          {"kind", wordOf(applicationKinds, message.kind)},
                          {"ageClass", wordOf(ageClasses, message.ageClass)}});
}

Result<PersonalText> bodyOf(const ProgressQuery& message) {
    return canonicalText(
        {{"by", wordOf(progressKeys, message.by)}, {"value", message.value.reveal()}});
}

Result<PersonalText> bodyOf(const ApplicationRequest& message) {
    return canonicalText({{"kind", wordOf(applicationKinds, message.kind)},
                          {"oldCardNo", message.oldCardNumber},
                          {"socialNumber", message.socialNumber.reveal()},
                          {"name", message.name.reveal()},
                          {"documentType", wordOf(documentKinds, message.documentKind)},
                          {"documentNo", message.documentNumber.reveal()},
                          {"sex", wordOf(sexes, message.sex)},
                          {"ethnicCode", message.ethnicCode},
                          {"birthDate", message.birthDate.reveal()},
                          {"nationality", message.nationality},
                          {"address", message.address.reveal()},
                          {"documentAuthority", message.documentAuthority},
                          {"documentValidFrom", message.documentValidFrom},
                          {"documentValidTo", message.documentValidTo},
                          {"phone", message.phone.reveal()},
                          {"collectWay", "INSTANT"},
                          {"consents", message.consents}});
}

Result<PersonalText> bodyOf(const Withdrawal& message) {
    return canonicalText({{"applicationNo", message.applicationNo},
                          {"reason", wordOf(withdrawReasons, message.reason)}});
}

Result<PersonalText> markBody(const std::string& applicationNo) {
    return canonicalText({{"applicationNo", applicationNo}});
}

Result<PersonalText> bodyOf(const BlankReservation& message) {
    return canonicalText({{"applicationNo", message.applicationNo},
                          {"blankId", message.blankId},
                          {"cardNo", message.cardNumber},
                          {"cardIdCode", message.cardIdCode},
                          {"atr", toHex(message.atr)},
                          {"lane", message.lane}});
}

Result<PersonalText> bodyOf(const PersonalisationRequest& message) {
    return canonicalText({{"applicationNo", message.applicationNo},
                          {"blankId", message.blankId},
                          {"cardIdCode", message.cardIdCode},
                          {"atr", toHex(message.atr)},
                          {"bankCardNo", message.bankCardNumber.reveal()},
                          {"purpose", message.remake ? "REMAKE" : "MAKE"}});
}

Result<PersonalText> bodyOf(const CardAuthentication& message) {
    json body = {{"permitId", message.permitId},
                 {"algorithm", wordOf(chipAlgorithms, message.card.algorithm)},
                 {"historicalBytes", toHex(message.card.historicalBytes)},
                 {"cardIdCode", toHex(message.card.cardIdCode)},
                 {"factor", toHex(message.factor)},
                 {"original", toHex(message.original)}};
    if (message.key) body["key"] = wordOf(externalKeys, *message.key);
    return canonicalText(std::move(body));
}

Result<PersonalText> bodyOf(const MakeReport& message) {
    json body = {{"applicationNo", message.applicationNo},
                 {"permitId", message.permitId},
                 {"blankId", message.blankId},
                 {"result", wordOf(makeResults, message.result)},
                 {"stage", wordOf(makeStages, message.stage)},
                 {"reasonCode", message.reasonCode},
                 {"faceState", wordOf(faceStates, message.faceState)},
                 {"makeTime", formatChinaTime(message.madeAt)}};
    if (message.readBack) {
        const ReadBack& chip = *message.readBack;
        body["readBack"] = {
            {"cardNo", chip.cardNumber},     {"socialNumber", chip.socialNumber.reveal()},
            {"cardIdCode", chip.cardIdCode}, {"atr", toHex(chip.atr)},
            {"version", chip.version},       {"bankCardNoTail", chip.bankCardNumberTail},
            {"issueDate", chip.issueDate},   {"expiryDate", chip.expiryDate}};
    }
    return canonicalText(std::move(body));
}

Result<PersonalText> bodyOf(const Enabling& message) {
    return canonicalText({{"applicationNo", message.applicationNo},
                          {"cardNo", message.cardNumber},
                          {"socialNumber", message.socialNumber.reveal()},
                          {"name", message.name.reveal()},
                          {"how", message.byPinChange ? "PIN_CHANGE" : "KIOSK_LINKED"}});
}

Result<PersonalText> bodyOf(const Handover& message) {
    return canonicalText({{"applicationNo", message.applicationNo},
                          {"cardNo", message.cardNumber},
                          {"outcome", wordOf(handoverOutcomes, message.outcome)},
                          {"time", formatChinaTime(message.at)},
                          {"pickupCode", message.pickupCode}});
}

Result<PersonalText> bodyOf(const StockLoad& message) {
    return canonicalText({{"lane", message.lane},
                          {"box", message.box},
                          {"firstCardNo", message.firstCardNumber},
                          {"lastCardNo", message.lastCardNumber},
                          {"count", message.count},
                          {"time", formatChinaTime(message.at)}});
}

}  // namespace liqu::province
