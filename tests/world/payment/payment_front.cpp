#include "tests/world/payment/payment_front.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr const char* proxyPage =
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway"
    "</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n";

void unsign(PaymentAnswer& answer) {
    answer.timestamp.clear();
    answer.nonce.clear();
    answer.signature.clear();
}

void makePage(PaymentAnswer& answer, int status) {
    unsign(answer);
    answer.status = status;
    answer.contentType = "text/html";
    answer.body = proxyPage;
}

}  // namespace

PaymentTreatment PaymentFront::receive(const PaymentRequest& request) {
    const std::lock_guard lock(mutex_);
    advanceLocked(clock_.now());
    const std::string call = gateway_.callOf(request);
    PaymentTreatment treatment;
    treatment.delay = times_.answer;
    if (faults_.holds(PaymentFault::unreachable, call)) {
        treatment.event = PaymentLineEvent::neverArrived;
        return treatment;
    }
    if (faults_.strikes(PaymentFault::requestLost, call)) {
        treatment.event = PaymentLineEvent::noAnswer;
        return treatment;
    }
    if (faults_.holds(PaymentFault::slow, call)) treatment.delay = times_.slowAnswer;
    const std::size_t known = gateway_.platform().orders().size();
    treatment.answer = gateway_.handle(request, clock_.wallTime());
    if (gateway_.platform().orders().size() > known && call == "open") {
        const std::string order = gateway_.calls().back().order;
        const Instant now = clock_.now();
        if (habit_.scansAfter) deeds_.insert({now + *habit_.scansAfter, {order, false}});
        if (habit_.paysAfter) deeds_.insert({now + *habit_.paysAfter, {order, true}});
    }
    spoil(treatment.answer, call);
    if (faults_.strikes(PaymentFault::answerLost, call))
        treatment.event = PaymentLineEvent::noAnswer;
    return treatment;
}

void PaymentFront::spoil(PaymentAnswer& answer, const std::string& call) {
    if (faults_.strikes(PaymentFault::tornBody, call)) answer.body.resize(answer.body.size() / 2);
    if (faults_.strikes(PaymentFault::emptyBody, call)) answer.body.clear();
    if (faults_.strikes(PaymentFault::htmlError, call)) makePage(answer, 502);
    if (faults_.strikes(PaymentFault::htmlGood, call)) makePage(answer, 200);
    if (faults_.strikes(PaymentFault::wrongSignature, call)) {
        std::reverse(answer.signature.begin(), answer.signature.end());
        std::rotate(answer.signature.begin(), answer.signature.begin() + 1, answer.signature.end());
    }
}

void PaymentFront::setPayer(PayerHabit habit) {
    const std::lock_guard lock(mutex_);
    habit_ = habit;
}

void PaymentFront::use(const Use& act) {
    const std::lock_guard lock(mutex_);
    advanceLocked(clock_.now());
    act(gateway_.platform(), clock_.wallTime());
}

std::vector<PaymentCall> PaymentFront::calls() {
    const std::lock_guard lock(mutex_);
    return gateway_.calls();
}

std::vector<std::string> PaymentFront::wrongs() {
    const std::lock_guard lock(mutex_);
    return gateway_.wrongs();
}

std::string PaymentFront::evidenceJson() {
    const std::lock_guard lock(mutex_);
    advanceLocked(clock_.now());
    return gateway_.platform().evidenceJson(clock_.wallTime());
}

void PaymentFront::advance(Instant now) {
    const std::lock_guard lock(mutex_);
    advanceLocked(now);
}

// Deeds are done at their own time, however late somebody looks.
void PaymentFront::advanceLocked(Instant now) {
    PaymentPlatform& platform = gateway_.platform();
    const auto wallAt = [&](Instant at) {
        return clock_.wallTime() - std::chrono::duration_cast<std::chrono::milliseconds>(now - at);
    };
    while (!deeds_.empty() && deeds_.begin()->first <= now) {
        const auto [at, deed] = *deeds_.begin();
        deeds_.erase(deeds_.begin());
        if (deed.pays) {
            platform.payOrder(deed.order, wallAt(at));
        } else {
            platform.scan(platform.orders().at(deed.order).qrTexts.back(), wallAt(at));
        }
    }
    platform.advance(clock_.wallTime());
}

std::optional<Instant> PaymentFront::nextEvent() {
    const std::lock_guard lock(mutex_);
    std::optional<Instant> next;
    if (!deeds_.empty()) next = deeds_.begin()->first;
    if (const auto later = gateway_.platform().nextPayment()) {
        const Instant at =
            clock_.now() + std::chrono::duration_cast<Duration>(*later - clock_.wallTime());
        next = next ? std::min(*next, at) : at;
    }
    return next;
}

void addTo(VirtualClock& clock, PaymentFront& front) {
    clock.add(
        {[&front](Instant now) { front.advance(now); }, [&front] { return front.nextEvent(); }});
}

PaymentLineResult exchangeInProcess(PaymentFront& front, Clock& clock,
                                    const PaymentRequest& request, Duration patience) {
    PaymentTreatment treatment = front.receive(request);
    if (treatment.event == PaymentLineEvent::neverArrived) return {PaymentLineFate::neverSent, {}};
    const bool late = treatment.event != PaymentLineEvent::answered || treatment.delay > patience;
    clock.sleepFor(late ? patience : treatment.delay);
    if (late) return {PaymentLineFate::unknown, {}};
    return {PaymentLineFate::answered, std::move(treatment.answer)};
}

}  // namespace liqu::world
