#include "tests/world/province/province_front.hpp"

namespace liqu::world {

Treatment ProvinceFront::receive(const ProvinceRequest& request, WallTime now) {
    const std::lock_guard lock(mutex_);
    const std::string messageType =
        engine_.contract().messageTypeOf(request.path).value_or(std::string());
    const bool readsBack = engine_.readsBack(request.path, request.envelope);
    Treatment treatment;
    treatment.delay =
        faults_.holds(Fault::provinceSlow, messageType) ? times_.slowAnswer : times_.answer;
    if (gone_ || lineDies(Fault::provinceUnreachable, messageType, readsBack)) {
        gone_ = true;
        treatment.event = LineEvent::gone;
        return treatment;
    }
    if (lineDies(Fault::provinceLineCut, messageType, readsBack)) {
        gone_ = true;
        treatment.event = LineEvent::cut;
        return treatment;
    }
    treatment.answer = engine_.handle(request, now);
    // Without a place the answer to the first change is lost: a lost query changes nothing.
    const bool mayLose =
        !engine_.isQuery(request.path) || faults_.placeOf(Fault::provinceAnswerLost) == messageType;
    if (mayLose && faults_.strikes(Fault::provinceAnswerLost, messageType)) {
        treatment.event = LineEvent::answerLost;
    }
    if (faults_.strikes(Fault::provinceNotHttp, messageType)) {
        treatment.event = LineEvent::notHttp;
    }
    return treatment;
}

bool ProvinceFront::lineDies(Fault fault, const std::string& messageType, bool readsBack) {
    return faults_.holds(fault, messageType) || (readsBack && faults_.holds(fault, "read-back"));
}

bool ProvinceFront::neverThere() {
    return faults_.placeOf(Fault::provinceUnreachable).empty() &&
           faults_.holds(Fault::provinceUnreachable);
}

void ProvinceFront::mendLine() {
    const std::lock_guard lock(mutex_);
    gone_ = false;
}

std::string ProvinceFront::dumpBooks() {
    const std::lock_guard lock(mutex_);
    return dump(engine_.books());
}

Books ProvinceFront::copyOfBooks() {
    const std::lock_guard lock(mutex_);
    return engine_.books();
}

void ProvinceFront::look(const std::function<void(Books&)>& use) {
    const std::lock_guard lock(mutex_);
    use(engine_.books());
}

void ProvinceFront::addPerson(const Person& person) {
    const std::lock_guard lock(mutex_);
    engine_.books().persons[person.socialNumber] = person;
}

std::vector<std::string> ProvinceFront::auditBooks() {
    const std::lock_guard lock(mutex_);
    return violations(engine_.books());
}

}  // namespace liqu::world
