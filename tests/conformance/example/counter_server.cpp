#include "tests/conformance/example/counter_server.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <httplib.h>
#pragma GCC diagnostic pop
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "tests/conformance/example/counter_adapter.hpp"

namespace liqu::example {
namespace {

using Json = nlohmann::json;
constexpr std::size_t largestRequest = 64 * 1024;

// "fn" is a word and everything else is text.
bool isRequest(const Json& asked) {
    if (!asked.is_object() || !asked.contains("fn")) return false;
    for (const auto& [name, value] : asked.items()) {
        if (!value.is_string()) return false;
    }
    return true;
}

Json cardJson(const std::string& number, bool lost) {
    return {{"card", number},
            {"bank", "B01"},
            {"state", lost ? "lost" : "in-force"},
            {"since", "20240601"},
            {"until", "20340601"}};
}

}  // namespace

struct CounterServer::Machine {
    Machine(Clock& theClock, const world::Pki& pki, CounterLie theLie)
        : clock(theClock),
          lie(theLie),
          server(pki.server().c_str(), pki.serverKey().c_str(),
                 lie == CounterLie::nameless ? nullptr : pki.authority().c_str()) {}

    std::string now() const {
        return formatChinaTime(clock.wallTime() + (lie == CounterLie::clockAhead
                                                       ? std::chrono::hours{1}
                                                       : std::chrono::hours{0}));
    }
    Json said(int rc) const { return {{"rc", rc}, {"at", now()}}; }

    Json person(const std::string& id, const std::string& name) const {
        auto known = persons.find(id);
        if (known == persons.end() && lie == CounterLie::knowsAnybody) return describe(id, name);
        if (known == persons.end()) return said(10);
        if (known->second.name != name) return said(11);
        if (lie == CounterLie::aboutAnother)
            known = known == persons.begin() ? std::prev(persons.end()) : persons.begin();
        return describe(known->first, known->second.name);
    }
    Json describe(const std::string& id, const std::string& name) const {
        Json answer = said(0);
        answer.update(
            {{"id", id}, {"name", name}, {"born", id.substr(6, 8)}, {"region", "440100"}});
        return answer;
    }

    Json cards(const std::string& id) const {
        const auto known = persons.find(id);
        if (known == persons.end()) return said(10);
        Json answer = said(0);
        answer["id"] = id;
        answer["cards"] = Json::array();
        const std::string& card = known->second.card;
        if (!card.empty()) answer["cards"].push_back(cardJson(card, lost.contains(card)));
        return answer;
    }

    Json change(bool toLost, const Json& asked) {
        const auto known = persons.find(asked.value("id", ""));
        if (known == persons.end()) return said(10);
        const std::string card = asked.value("card", "");
        if (known->second.name != asked.value("name", "") || known->second.card != card)
            return said(11);
        const bool already = lost.contains(card) == toLost;
        if (lie != CounterLie::forgets) toLost ? (void)lost.insert(card) : (void)lost.erase(card);
        const bool again = already && lie != CounterLie::forgetsWishes;
        if (!again) changedAt[card] = now();
        Json answer = said(again ? 1 : 0);
        answer.update({{"id", known->first},
                       {"card", card},
                       {"state", toLost ? "lost" : "in-force"},
                       {"since", changedAt.contains(card) ? changedAt[card] : now()}});
        return answer;
    }

    Json answerTo(const Json& asked) {
        const std::string fn = asked.at("fn");
        if (fn == "hello") return said(0);
        if (fn == "person") return person(asked.value("id", ""), asked.value("name", ""));
        if (fn == "cards") return cards(asked.value("id", ""));
        if (fn == "lost" || fn == "found") return change(fn == "lost", asked);
        return said(900);
    }

    void answer(const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard hold(mutex);
        Json asked = Json::parse(request.body, nullptr, false);
        if (!isRequest(asked) && lie == CounterLie::doorOpen) asked = {{"fn", "hello"}};
        if (!isRequest(asked)) {
            response.status = 400;
            return;
        }
        response.set_content(answerTo(asked).dump(), "application/json");
    }

    Clock& clock;
    CounterLie lie;
    httplib::SSLServer server;
    std::thread thread;
    int port = 0;
    std::mutex mutex;
    std::map<std::string, CounterPerson> persons;
    std::set<std::string> lost;
    std::map<std::string, std::string> changedAt;  // by card
};

Result<std::unique_ptr<CounterServer>> CounterServer::start(
    Clock& clock, const world::Pki& pki, std::map<std::string, CounterPerson> persons,
    CounterLie lie) {
    auto machine = std::make_unique<Machine>(clock, pki, lie);
    if (!machine->server.is_valid())
        return fail(ErrorCode::provinceCertificateWrong, "the server's key or certificate");
    machine->persons = std::move(persons);
    machine->server.set_payload_max_length(largestRequest);
    machine->server.Post(counterPath, [machine = machine.get()](const auto& asked, auto& said) {
        machine->answer(asked, said);
    });
    machine->port = machine->server.bind_to_any_port("127.0.0.1");
    if (machine->port <= 0) return fail(ErrorCode::provinceUnreachable, "no port is free");
    machine->thread =
        std::thread([machine = machine.get()] { machine->server.listen_after_bind(); });
    // stop() is heard only by a running server.
    while (!machine->server.is_running()) std::this_thread::yield();
    return std::unique_ptr<CounterServer>(new CounterServer(std::move(machine)));
}

CounterServer::CounterServer(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}

CounterServer::~CounterServer() {
    machine_->server.stop();
    machine_->thread.join();
}

std::string CounterServer::url() const {
    return "https://127.0.0.1:" + std::to_string(machine_->port);
}

}  // namespace liqu::example
