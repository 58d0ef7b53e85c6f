// What a system owes the kiosk, asked of it message by message over the adapter that will speak to
// it. Bodies are the examples of the contract with the test persons put in, answers are judged by
// the contract's schema. Nothing is changed before every test person was found there.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/conformance/report.hpp"
#include "tests/conformance/subject.hpp"
#include "tests/conformance/test_persons.hpp"
#include "tests/world/province/contract.hpp"

namespace liqu::conformance {

using Json = nlohmann::json;
using province::MessageType;

// Of the books of every run: a terminal of its own goes on with them.
inline constexpr const char* epochOfRuns = "00000000000000000000000000c0f0e1";

enum class Part : std::uint8_t { door, signIn, questions, changes, making, facts };
constexpr auto wordsOf(Part) {
    return words<Part>({{Part::door, "door"},
                        {Part::signIn, "sign-in"},
                        {Part::questions, "questions"},
                        {Part::changes, "changes"},
                        {Part::making, "making"},
                        {Part::facts, "facts"}});
}

struct Message {
    MessageType type = MessageType::signIn;
    province::Business business;
    std::string key;
    std::optional<province::FactPlace> place{};  // of facts
    WallTime happenedAt{};
    PersonalText body;
};

struct Answer {
    std::optional<province::Reply> reply;
    Json body;                     // null where there is none
    std::optional<Error> error{};  // where there is no reply

    bool is(province::ReplyCode code) const { return reply && reply->code == code; }
    // Done, for the whole or for the social side.
    bool isDone() const;
    bool isRefusal() const;
    // "BIZ_REFUSED/FEE_DUE", or the error.
    std::string outcome() const;
};

// openapi.json: its examples, and the schema that answers are judged by.
struct Owed {
    std::shared_ptr<const world::Contract> contract;
    Json document;
    static Result<Owed> load(const std::filesystem::path& file);
};

class Exam {
  public:
    struct Parts {
        Subject& subject;
        const TestPersons& persons;
        const DoorFiles& door;
        const Owed& owed;
        Duration patience = ports::LinePatience{}.change;  // of whoever knocks at the door
    };
    Exam(const Parts& parts, Report& report);

    void run(const std::set<Part>& parts);

  private:
    using About = std::function<Wrong(const Json& answer)>;

    // exam.cpp: one message, and what every message owes.
    province::Business newBusiness();
    Json example(MessageType type) const;
    Message message(MessageType type, const Json& body, const province::Business& business);
    Message question(MessageType type, const Json& body);
    Answer say(const Message& message, int attempt = 1);
    bool claims(MessageType type);
    std::optional<Json> done(const Message& message, const About& about = nullptr);
    std::optional<Json> doneOnce(const Message& message, const About& about);
    Wrong shape(const Message& message, const Answer& answer) const;
    Wrong time(const Answer& answer) const;
    Wrong again(const Message& message, const Answer& first);
    Wrong proven(const Message& message, bool wanted);
    Wrong refused(const Message& message);
    void effect(MessageType type, std::string_view claim, const Wrong& wrong);
    void goThrough(Part part, const std::function<void()>& act);
    void tellUntried(const std::set<Part>& parts);

    // exam_door.cpp
    void tryDoor();
    // exam_questions.cpp
    void trySignIn();
    Message signInWith(std::int64_t sequence, const std::string& chain, const std::string& epoch);
    bool findPersons();
    void askAboutPersons();
    void askAboutCards();
    void askProgress();
    void askPerson(const TestPerson& person);
    std::string stateOfCard(const TestPerson& person);
    Json applicationsOf(const TestPerson& person, const std::string& bizId);
    // exam_changes.cpp
    void tryApplication();
    void tryLosses();
    void tryLoss(MessageType type, const char* state);
    void tryOtherChanges();
    Json wishOf(const TestPerson& person) const;
    Json lossOf(const TestPerson& person) const;
    // exam_making.cpp
    void tryMaking();
    bool applyAndMark(const TestPerson& person, const province::Business& business);
    std::optional<Json> takePermit(const province::Business& business);
    void tryKeys(const Json& permit, const province::Business& business);
    void reportAndHandOver(const Json& permit, const province::Business& business);
    void tryFinished(const std::string& cardNo);
    void tryWrong(const std::string& cardNo);
    // exam_facts.cpp
    province::Business staffBusiness();
    void placeFact(Message& fact);
    void tryFacts();
    void tryOrder();
    void tryCopies();

    Subject& subject_;
    province::Adapter& adapter_;
    const TestPersons& persons_;
    DoorFiles door_;
    Duration patience_;
    Report& report_;
    const Owed& owed_;
    std::set<MessageType> told_;  // as not claimed
    std::map<std::string, int> ordinals_;
    int businesses_ = 0;
    // Where the facts of this run stand.
    bool counted_ = false;
    std::int64_t sequence_ = 0;
    std::string chain_;
    std::string previousChain_;
    TestBlank blank_;
    std::string applicationNo_;
};

// What differs, of texts that must be the same; the name of the field only.
Wrong sameAs(const Json& answer, std::initializer_list<std::pair<const char*, std::string>> wanted);

}  // namespace liqu::conformance
