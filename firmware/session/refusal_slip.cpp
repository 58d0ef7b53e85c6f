#include "firmware/session/refusal_slip.hpp"

#include "firmware/screen/error_words.hpp"
#include "firmware/services/guidance.hpp"

namespace liqu::session {
namespace {

using ports::SlipField;

// A place that the branch or the region names goes with the phrase; the rest have common names.
Phrase placed(Phrase phrase, const Contacts& contacts) {
    const auto name = [&phrase](const char* place, const std::string& said) {
        if (!said.empty()) phrase.values.emplace_back(place, said);
    };
    name("counter", contacts.counter);
    name("hotline", contacts.hotline);
    name("formalLossPlace", contacts.formalLossPlace);
    return phrase;
}

class Writer {
  public:
    Writer(const SessionParts& parts, Language language)
        : parts_(parts), language_(language), contacts_(contactsOf(parts, language)) {}

    std::string say(const Phrase& phrase) const {
        return parts_.words(language_, placed(phrase, contacts_));
    }
    std::string reasons(const Problem& problem) const {
        std::vector<ErrorCode> codes = {problem.reason};
        codes.insert(codes.end(), problem.also.begin(), problem.also.end());
        std::string text;
        for (std::size_t i = 0; i < codes.size(); ++i) {
            text += (i == 0 ? "" : "\n") + std::to_string(i + 1) + ". " +
                    say(whatHappened(codes[i])) + stop();
            // The province's own word stands for ours, where there is one reason.
            const bool isAdvised = codes.size() == 1 && !problem.advice.empty();
            text += isAdvised ? problem.advice.reveal() : say(whatIsNext(codes[i]));
        }
        if (codes.size() > 1 && !problem.advice.empty()) text += "\n" + problem.advice.reveal();
        return text;
    }

  private:
    const char* stop() const { return language_ == Language::chinese ? "。" : ". "; }

    const SessionParts& parts_;
    Language language_;
    Contacts contacts_;
};

}  // namespace

ports::SlipFields refusalFields(const Problem& problem, const SessionParts& parts) {
    ports::SlipFields fields;
    if (!parts.words) return fields;
    const Writer chinese(parts, Language::chinese);
    const Writer english(parts, Language::english);
    const auto say = [&](SlipField field, const Phrase& phrase) {
        fields[field] = {PersonalText(chinese.say(phrase)), PersonalText(english.say(phrase))};
    };
    fields[SlipField::reasons] = {PersonalText(chinese.reasons(problem)),
                                  PersonalText(english.reasons(problem))};
    if (problem.papersOf.empty()) return fields;
    const services::GuideWords words = services::guideWordsOf(problem.papersOf);
    say(SlipField::service, {"service." + problem.papersOf});
    say(SlipField::papers, words.papers);
    say(SlipField::promise, words.time);
    say(SlipField::how, words.how);
    return fields;
}

}  // namespace liqu::session
