// A held card is given out (decision 40): to its holder, whose ID card the machine compares, or to
// somebody the holder sent, who brings both documents.
#include "firmware/card/citizen_number.hpp"
#include "firmware/issuance/old_card.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/session/staff_held.hpp"

namespace liqu::session {
namespace {

using staff::Act;

constexpr Duration readerRhythm = std::chrono::milliseconds{300};
constexpr std::string_view originalSeen = "original-seen";

// The original of a document, as the machine read it or as the attendant saw it.
struct Shown {
    std::string kind;
    PersonalText number;
    PersonalText name;  // empty where it was not read by the machine
    std::optional<Date> birth{};
};

std::string digestOf(StaffCounter& counter, const PersonalText& number) {
    return toHex(security::hmacSm3(counter.parts().digestKey.reveal(), bytesOf(number.reveal())));
}

// What a number that was typed says of it.
std::optional<Date> birthOf(const PersonalText& number) {
    auto citizen = card::CitizenNumber::parse(number.reveal());
    if (!citizen) citizen = card::CitizenNumber::parseForeigner2023(number.reveal());
    if (!citizen) return std::nullopt;
    return citizen->birthDate();
}

// A document the reader does not take: the attendant looks at it, and types its number.
std::optional<Shown> typedDocument(StaffCounter& counter, const std::string& words) {
    StaffFormScreen form;
    form.name = "staff-document";
    form.title = {words + "typed"};
    form.notices = {{{"staff.document.how"}}};
    form.fields = {{"document", {"staff.field.document"}, FieldKind::cardNumber, 20}};
    form.submit = {"staff.document.submit"};
    form.serial = counter.pages().nextSerial();
    const auto typed = counter.pages().fill(form);
    if (!typed) return std::nullopt;
    PersonalText number(typed->entry("document").reveal());
    if (number.empty()) return std::nullopt;
    const auto birth = birthOf(number);
    return Shown{std::string(originalSeen), std::move(number), {}, birth};
}

std::optional<Shown> readDocument(StaffCounter& counter) {
    const auto document = counter.parts().idReader.readDocument();
    if (!document) {
        counter.pages().tell(document.error());
        return std::nullopt;
    }
    return Shown{std::string(nameOf(document->kind)), document->number,
                 card::displayName(*document), document->birthDate};
}

// Whose document is to be laid down, and what else may be touched.
struct Asked {
    const char* page;
    std::string words;
    std::vector<StaffWay> ways{};
    std::string notDigest{};  // lies there still from before
};

// On the reader; nothing of it is shown.
std::optional<Shown> askDocument(StaffCounter& counter, const Asked& asked) {
    SessionParts& parts = counter.parts();
    Conversation& conversation = counter.conversation();
    StaffPageScreen page;
    page.name = asked.page;
    page.title = {asked.words + "title"};
    page.steps = {{asked.words + "step-1"}, {asked.words + "step-2"}};
    page.ways = asked.ways;
    conversation.nextQuestion();
    conversation.restartTime();
    conversation.showTimed(page, conversation.deadline(), {.canGoBack = true});
    while (!counter.pages().left() && !conversation.timeIsOver()) {
        const auto found = parts.idReader.findDocument();
        if (!found) {
            counter.pages().tell(found.error());
            return std::nullopt;
        }
        if (*found) {
            auto shown = readDocument(counter);
            if (!shown || asked.notDigest != digestOf(counter, shown->number)) return shown;
        }
        const auto action = conversation.listen(page, {.canGoBack = true},
                                                parts.issuance.clock.now() + readerRhythm);
        if (!action) continue;
        if (action->kind == ActionKind::back) return std::nullopt;
        if (action->kind == ActionKind::choose) return typedDocument(counter, asked.words);
    }
    return std::nullopt;
}

// The holder's document; none: it is somebody else's, or was not shown.
std::optional<Shown> holderIsHere(StaffCounter& counter, const issuance::Order& order,
                                  const Asked& asked) {
    auto shown = askDocument(counter, asked);
    if (!shown || digestOf(counter, shown->number) == order.holderDigest) return shown;
    counter.pages().tell({ErrorCode::handoverNotProven, "another person's ID card"});
    return std::nullopt;
}

// What the holder is to be told with the card (decision 7): that they have the account activated in
// person (Guangdong Art.14 step 3). Read when it is said: the answer may have come a moment ago.
Notice bankNotice(StaffCounter& counter, const issuance::Order& order) {
    issuance::IssuanceParts& parts = counter.parts().issuance;
    const bool missing = desk::bankLinkMissing(parts.database, order.orderId).value_or(false);
    const std::string bank = parts.region.bankName(order.bankCode);
    return {
        {missing ? "staff.deliver.bank-missing" : "staff.deliver.bank-activate", {{"bank", bank}}},
        missing ? Tone::warning : Tone::info};
}

StaffFormScreen formFor(StaffCounter& counter, const desk::HeldCard& held) {
    StaffFormScreen form;
    form.name = "staff-deliver";
    form.title = {"staff.deliver.form", {{"number", held.order.cardNumber}}};
    form.notices = {{{"staff.deliver.identity-holds"}, Tone::success},
                    bankNotice(counter, held.order)};
    form.fields = {{"pickup-code", {"staff.field.pickup-code"}, FieldKind::digits, 6},
                   {"paper", {"staff.field.paper"}, FieldKind::cardNumber, 16}};
    const auto old = issuance::oldCardOf(counter.parts().issuance.database, held.order.orderId);
    if (old && *old && !(*old)->takenAt)
        form.fields.push_back({"old-card", {"staff.field.old-card"}, FieldKind::cardNumber, 16});
    form.submit = {"staff.deliver.submit"};
    form.serial = counter.pages().nextSerial();
    return form;
}

std::vector<StaffFact> factsOf(const desk::HeldCard& held) {
    std::vector<StaffFact> facts = factsOfMove(1, held.card.card.place.name(), "holder");
    facts.insert(facts.begin(), {{"staff.column.number"}, Phrase::plain(held.order.cardNumber)});
    return facts;
}

// Until it is done, or given up. handOver: what the documents showed; the form adds the rest.
void give(StaffCounter& counter, const desk::HeldCard& held, const StaffFormScreen& form,
          desk::HandOver handOver) {
    while (const auto typed = counter.pages().fill(form)) {
        const auto people = counter.peopleFor(Act::deliverCard, factsOf(held));
        if (!people) return;
        handOver.pickupCode = typed->entry("pickup-code").reveal();
        handOver.oldCardNumber = typed->entry("old-card").reveal();
        handOver.signatureEvidence = typed->entry("paper").reveal();
        if (handOver.agent) {
            handOver.agent->proofPaper = typed->entry("proof").reveal();
            handOver.agent->copyPaper = typed->entry("copy").reveal();
        }
        const StaffDeed what{
            .act = Act::deliverCard, .people = *people, .object = held.order.cardNumber};
        const auto done =
            desk::handOverFromHold(counter.deskParts(what), held.order.orderId, handOver, *people);
        if (!counter.conclude(what, done)) continue;
        // And to keep it well (Shangluo Art.12).
        return counter.pages().tellDone(
            {"staff.deliver.done"}, {}, {},
            {bankNotice(counter, held.order), {{"staff.deliver.keep"}, Tone::info}});
    }
}

std::optional<int> ageOf(StaffCounter& counter, const Shown& holder) {
    if (!holder.birth) return std::nullopt;
    return card::ageOn(chinaDate(counter.parts().issuance.clock.wallTime()), *holder.birth);
}

// Of the papers for a holder of this age.
std::optional<policy::AgentProof> askProof(StaffCounter& counter, const desk::HeldCard& held,
                                           std::optional<int> holderAge) {
    const auto* proofs = counter.parts().issuance.region.agent.proofsFor(holderAge);
    if (proofs == nullptr) {
        counter.pages().tell({ErrorCode::handoverNotProven,
                              held.order.cardNumber + ": the age of its holder is not known"});
        return std::nullopt;
    }
    StaffPageScreen page;
    page.name = "staff-agent-proof";
    page.title = {"staff.agent.proof"};
    for (const policy::AgentProof proof : *proofs) {
        const std::string name(nameOf(proof));
        page.tiles.push_back(way(name, "staff.agent." + name));
    }
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return named<policy::AgentProof>(*chosen);
}

}  // namespace

bool agentsAreServed(StaffCounter& counter) {
    return !counter.parts().issuance.region.agent.proofs.empty();
}

void deliverToHolder(StaffCounter& counter, const desk::HeldCard& held) {
    auto shown = holderIsHere(counter, held.order, {"staff-identity", "staff.identity."});
    if (!shown) return;
    give(counter, held, formFor(counter, held),
         {.identityChecked = true, .document = std::move(shown->kind)});
}

// Both documents as originals, the paper of the region, the copy's number (Guangdong Art.14 step
// 1).
void deliverToAgent(StaffCounter& counter, const desk::HeldCard& held) {
    const std::vector<StaffWay> typed{way("typed", "staff.document.way")};
    const auto holder =
        holderIsHere(counter, held.order, {"staff-agent-holder", "staff.agent-holder.", typed});
    if (!holder) return;
    const auto shown = askDocument(
        counter, {"staff-agent-document", "staff.agent.", typed, held.order.holderDigest});
    if (!shown) return;
    const std::optional<int> holderAge = ageOf(counter, *holder);
    const auto proof = askProof(counter, held, holderAge);
    if (!proof) return;
    StaffFormScreen form = formFor(counter, held);
    form.name = "staff-agent";
    if (*proof != policy::AgentProof::bothDocuments)
        form.fields.push_back({"proof", {"staff.field.proof"}, FieldKind::cardNumber, 16});
    if (counter.parts().issuance.region.agent.keepCopy)
        form.fields.push_back({"copy", {"staff.field.copy"}, FieldKind::cardNumber, 16});
    desk::HandOver handOver{.identityChecked = true};
    handOver.agent = desk::Agent{.document = shown->kind,
                                 .number = shown->number,
                                 .name = shown->name,
                                 .digest = digestOf(counter, shown->number),
                                 .holderAge = holderAge,
                                 .proof = *proof};
    give(counter, held, form, std::move(handOver));
}

}  // namespace liqu::session
