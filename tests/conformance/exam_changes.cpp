// Changes that are taken back again: an application, a loss; and what little else a person wants.
#include <fmt/format.h>

#include "tests/conformance/exam.hpp"

namespace liqu::conformance {

using namespace province;

Json Exam::wishOf(const TestPerson& person) const {
    Json body = example(MessageType::applyCreate);
    body.update({{"socialNumber", person.number},
                 {"documentNo", person.number},
                 {"name", person.name},
                 {"sex", person.sex()},
                 {"ethnicCode", person.ethnicity},
                 {"birthDate", person.birthDate()},
                 {"documentValidTo", "20400101"}});
    return body;
}

Json Exam::lossOf(const TestPerson& person) const {
    Json body = example(MessageType::lossTemp);
    body.update({{"socialNumber", person.number},
                 {"documentNo", person.number},
                 {"name", person.name},
                 {"cardNo", person.card}});
    return body;
}

// Applied for and marked; both once, however often they are said.
bool Exam::applyAndMark(const TestPerson& person, const Business& business) {
    const auto applied = doneOnce(message(MessageType::applyCreate, wishOf(person), business),
                                  [&](const Json& said) {
                                      return sameAs(said, {{"socialNumber", person.number}});
                                  });
    if (!applied) return false;
    applicationNo_ = applied->value("applicationNo", "");
    const auto count = [&] {
        const Json there = applicationsOf(person, business.bizId);
        return there.is_array() ? there.size() : 0;
    };
    if (claims(MessageType::progressQuery)) {
        const std::size_t found = count();
        effect(MessageType::applyCreate, "the application is there, once",
               found == 1 ? Wrong() : Wrong(fmt::format("{} are there", found)));
        // Another day, another visit: still one wish.
        const Json before = applicationsOf(person, "");
        const Answer answer = say(message(MessageType::applyCreate, wishOf(person), newBusiness()));
        const Json after = applicationsOf(person, "");
        const bool one = !answer.isDone() && after.is_array() && after.size() == before.size();
        effect(MessageType::applyCreate, "a second application beside it is refused",
               one ? Wrong() : Wrong(answer.outcome()));
    }
    if (!claims(MessageType::issueMark)) return false;
    const auto marked =
        doneOnce(message(MessageType::issueMark, {{"applicationNo", applicationNo_}}, business),
                 [&](const Json& said) {
                     return sameAs(said, {{"applicationNo", applicationNo_}});
                 });
    return marked.has_value();
}

void Exam::tryApplication() {
    if (!claims(MessageType::applyCreate)) return;
    // What cannot be taken back is tried where it is wanted, in the making.
    if (!claims(MessageType::applyCancel)) return;
    const Business business = newBusiness();
    const TestPerson& person = persons_.newcomer;
    const bool marked = applyAndMark(person, business);
    if (applicationNo_.empty()) return;
    const auto sameApplication = [&](const Json& said) {
        return sameAs(said, {{"applicationNo", applicationNo_}});
    };
    if (claims(MessageType::feeQuote)) {
        const Json asked = {
            {"applicationNo", applicationNo_}, {"socialNumber", person.number}, {"kind", "NEW"}};
        done(message(MessageType::feeQuote, asked, business), [&](const Json& said) {
            return sameAs(said,
                          {{"applicationNo", applicationNo_}, {"socialNumber", person.number}});
        });
    }
    const Json withdrawal = {{"applicationNo", applicationNo_}, {"reason", "PERSON"}};
    if (marked && claims(MessageType::issueUnmark))
        done(message(MessageType::issueUnmark, withdrawal, business), sameApplication);
    done(message(MessageType::applyCancel, withdrawal, business), sameApplication);
    if (!claims(MessageType::progressQuery)) return;
    const Json left = applicationsOf(person, business.bizId);
    effect(MessageType::applyCancel, "nothing is left of the application",
           left.is_array() && left.empty() ? Wrong() : Wrong("it is there still"));
}

// -- losses ------------------------------------------------------------------------------------

void Exam::tryLoss(MessageType type, const char* state) {
    if (!claims(type)) return;
    const TestPerson& holder = persons_.holder;
    const auto changed = doneOnce(question(type, lossOf(holder)), [&](const Json& said) {
        return sameAs(said,
                      {{"socialNumber", holder.number}, {"cardNo", holder.card}, {"state", state}});
    });
    if (!changed || !claims(MessageType::cardQuery)) return;
    const std::string now = stateOfCard(holder);
    effect(type, "the card's state says so afterwards",
           now == state ? Wrong() : Wrong(now.empty() ? "it is not there" : now));
}

void Exam::tryLosses() {
    if (claims(MessageType::lossTemp)) {
        TestPerson thief = persons_.newcomer;
        thief.card = persons_.holder.card;
        effect(MessageType::lossTemp, "a card of somebody else is refused",
               refused(question(MessageType::lossTemp, lossOf(thief))));
        TestPerson nobody = persons_.nobody;
        nobody.card = persons_.holder.card;
        effect(MessageType::lossTemp, "a person that nobody knows is refused",
               refused(question(MessageType::lossTemp, lossOf(nobody))));
    }
    tryLoss(MessageType::lossTemp, "TEMP_LOST");
    tryLoss(MessageType::lossRelease, "NORMAL");
    if (!claims(MessageType::lossFormal)) return;
    tryLoss(MessageType::lossFormal, "FORMAL_LOST");
    // Not every region lets a formal loss end; where it does, the next run finds the card again.
    if (claims(MessageType::lossRelease))
        say(question(MessageType::lossRelease, lossOf(persons_.holder)));
}

void Exam::tryOtherChanges() {
    const TestPerson& holder = persons_.holder;
    if (claims(MessageType::dataChange)) {
        Json body = lossOf(holder);
        body.erase("cardNo");
        body.update({{"phone", "13800138000"}, {"mailingAddress", ""}, {"occupation", ""}});
        done(question(MessageType::dataChange, body), [&](const Json& said) -> Wrong {
            const bool phoneOnly = said.value("phoneChanged", false) &&
                                   !said.value("mailingAddressChanged", true) &&
                                   !said.value("occupationChanged", true);
            if (!phoneOnly) return "other items than those that were asked for";
            return sameAs(said, {{"socialNumber", holder.number}});
        });
    }
    if (!claims(MessageType::cardEnable)) return;
    if (!persons_.sealed) {
        report_.notTried(nameOf(MessageType::cardEnable), "the file names no [sealed] person");
        return;
    }
    Json body = lossOf(*persons_.sealed);
    body["how"] = example(MessageType::cardEnable).at("how");
    doneOnce(question(MessageType::cardEnable, body), [&](const Json& said) {
        return sameAs(said, {{"socialNumber", persons_.sealed->number},
                             {"cardNo", persons_.sealed->card},
                             {"state", "NORMAL"}});
    });
}

}  // namespace liqu::conformance
