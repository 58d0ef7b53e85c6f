#include "tests/scenario/kiosk/told.hpp"

#include <algorithm>

namespace liqu::scenario {
namespace {

using namespace screen;

// Everything on a page: its statements by key, its values by the key of their label.
struct Words {
    std::vector<std::string> keys;
    std::map<std::string, std::string> values;

    void operator()(const Paragraph& part) { keys.push_back(part.text.key); }
    void operator()(const Notice& part) { keys.push_back(part.text.key); }
    void operator()(const Facts& part) {
        for (const Fact& fact : part.facts) values[fact.label.key] = fact.value.reveal();
    }
    void operator()(const Quote& part) { values[part.who.key] = part.text.reveal(); }
    void operator()(const NumberedList& part) {
        for (const Phrase& item : part.items) keys.push_back(item.key);
    }
    void operator()(const Choices&) {}

    bool say(std::string_view key) const { return std::ranges::find(keys, key) != keys.end(); }
    std::string value(const std::string& label) const {
        const auto found = values.find(label);
        return found == values.end() ? "" : found->second;
    }
    // The rest of the key that begins so.
    std::string after(std::string_view beginning) const {
        const auto found = std::ranges::find_if(
            keys, [&](const std::string& key) { return key.starts_with(beginning); });
        return found == keys.end() ? "" : found->substr(beginning.size());
    }
};

Words wordsOn(const PersonPage& page) {
    Words words;
    words.keys.push_back(page.question.key);
    for (const auto* parts : {&page.parts, &page.beside}) {
        for (const PagePart& part : *parts) std::visit(words, part);
    }
    return words;
}

}  // namespace

const PersonPage* personPage(const ScreenContent& content, std::string_view name) {
    const auto* page = std::get_if<PersonPage>(&content);
    return page != nullptr && page->name == name ? page : nullptr;
}

std::optional<ToldProblem> problemOn(const ScreenContent& content) {
    const PersonPage* page = personPage(content, "problem");
    if (page == nullptr) return std::nullopt;
    const Words words = wordsOn(*page);
    ToldProblem told{.reason = page->reason.value(),
                     .outcome = named<session::Outcome>(words.after("problem.")).value(),
                     .idCardThere = words.say("problem.id-card"),
                     .feeWasAsked = words.say("problem.money"),
                     .pickupCode = words.value("problem.pickup-code"),
                     .advice = words.value("problem.advice")};
    // Every other page says where the card is.
    if (told.outcome != session::Outcome::notAnswered)
        told.card = named<session::CardWhere>(words.after("fate.")).value();
    return told;
}

std::vector<ToldProblem> problemsTold(const Citizen& citizen) {
    std::vector<ToldProblem> told;
    for (const Screen& screen : citizen.seen) {
        if (auto problem = problemOn(screen.content)) told.push_back(std::move(*problem));
    }
    return told;
}

std::optional<ToldExisting> existingOn(const ScreenContent& content) {
    const PersonPage* page = personPage(content, "already-have");
    if (page == nullptr) return std::nullopt;
    const Words words = wordsOn(*page);
    return ToldExisting{.kind = named<session::ExistingKind>(words.after("already.")).value(),
                        .canContinue = std::ranges::find(page->buttons, ActionKind::confirm,
                                                         &Button::action) != page->buttons.end(),
                        .cardNumberTail = words.value("already.card-tail"),
                        .pickupCode = words.value("already.pickup-code")};
}

std::vector<ToldExisting> existingTold(const Citizen& citizen) {
    std::vector<ToldExisting> told;
    for (const Screen& screen : citizen.seen) {
        if (auto existing = existingOn(screen.content)) told.push_back(std::move(*existing));
    }
    return told;
}

}  // namespace liqu::scenario
