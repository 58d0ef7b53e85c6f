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
    void operator()(const QrCode&) {}
    void operator()(const Fields&) {}

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

bool sawScreen(const Citizen& citizen, std::string_view name) {
    return std::ranges::find(citizen.names, name) != citizen.names.end();
}

std::vector<screen::Screen> screensNamed(const Citizen& citizen, std::string_view name) {
    std::vector<screen::Screen> found;
    for (const screen::Screen& screen : citizen.seen) {
        if (screen::nameOf(screen.content) == name) found.push_back(screen);
    }
    return found;
}

std::optional<std::vector<std::string>> noticesTold(const Citizen& citizen, std::string_view page) {
    std::optional<std::vector<std::string>> keys;
    for (const screen::Screen& screen : citizen.seen) {
        const screen::PersonPage* shown = personPage(screen.content, page);
        if (shown == nullptr) continue;
        keys.emplace();
        for (const screen::PagePart& part : shown->parts) {
            if (const auto* notice = std::get_if<screen::Notice>(&part))
                keys->push_back(notice->text.key);
        }
    }
    return keys;
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
    // Where one was wanted, the page says where it is.
    const bool wantedNone =
        told.outcome == session::Outcome::notAnswered || told.outcome == session::Outcome::notDone;
    // And where several things come first, they stand in its place.
    const bool saysMore = std::ranges::any_of(page->parts, [](const PagePart& part) {
        return std::holds_alternative<NumberedList>(part);
    });
    if (!wantedNone && !saysMore)
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
