#include "tests/world/legacy_province/legacy_engine.hpp"

#include <ctime>
#include <fstream>
#include <iterator>

#include "firmware/base/assert.hpp"

namespace liqu::world {
namespace {

constexpr const char* loginPage =
    "<html><head><title>登录</title></head><body><form action=\"login.do\">用户名</form></body>"
    "</html>\r\n";
constexpr const char* proxyPage =
    "<html>\r\n<head><title>503 Service Unavailable</title></head>\r\n<body>503</body></html>\r\n";

// RFC 9110, 5.6.7.
std::string httpDate(WallTime time) {
    constexpr std::size_t length = sizeof "Sat, 01 Jun 2024 02:00:00 GMT";
    const std::time_t seconds = std::chrono::system_clock::to_time_t(
        std::chrono::time_point_cast<std::chrono::system_clock::duration>(time));
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[length];
    return {text, std::strftime(text, length, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

LegacyAnswer page(int status, const char* html) {
    LegacyAnswer answer;
    answer.status = status;
    answer.contentType = "text/html;charset=utf-8";
    answer.body = html;
    return answer;
}

LegacyAnswer faultAnswer(const SoapFault& fault) {
    LegacyAnswer answer;
    answer.status = 500;
    answer.body = writeFault(fault);
    return answer;
}

SoapFault serverFault() {
    return {"Server.userException", "java.sql.SQLException: connection reset"};
}

// Harmless each time, so nobody is in doubt about it.
bool isHarmless(const std::string& act) {
    return act == "batch-number";
}

}  // namespace

Result<std::unique_ptr<LegacyEngine>> LegacyEngine::create(const std::filesystem::path& sourceTree,
                                                           std::string_view province,
                                                           LegacyFaults& faults,
                                                           LegacyTimes times) {
    const LegacyProfile* const profile = legacyProfile(province);
    if (profile == nullptr) {
        return fail(ErrorCode::configBadValue, "no such province: " + std::string(province));
    }
    std::ifstream file(sourceTree / "tests/world/province/persons.json");
    if (!file) return fail(ErrorCode::fileNotReadable, "persons.json");
    const std::string persons(std::istreambuf_iterator<char>(file), {});
    auto engine = std::make_unique<LegacyEngine>(*profile, faults, times);
    TRY(loadLegacyPersons(engine->books(), persons, profile->city));
    return engine;
}

std::optional<SoapFault> LegacyEngine::faultOfArguments(const SoapCall& call,
                                                        LegacyArguments& named) const {
    const auto method = profile_.methods.find(call.method);
    if (method == profile_.methods.end()) {
        return SoapFault{"Client", "No such operation '" + call.method + "'"};
    }
    const auto& parameters = method->second.parameters;
    const std::size_t count = call.arguments.size();
    if (count < method->second.least || count > parameters.size()) {
        return SoapFault{"Client", "No such operation '" + call.method + "' with " +
                                       std::to_string(count) + " parameters"};
    }
    for (std::size_t i = 0; i < count; ++i) {
        // RPC goes by position. What the operation code is called nobody has seen.
        const bool byName = call.style == SoapStyle::literal && parameters[i] != "operation";
        if (byName && call.arguments[i].name != parameters[i]) {
            return SoapFault{"Client", "unexpected parameter " + call.arguments[i].name};
        }
        named[parameters[i]] = call.arguments[i].value;
    }
    return std::nullopt;
}

tl::expected<LegacyEngine::Understood, SoapFault> LegacyEngine::understand(
    const LegacyRequest& request) const {
    if (const auto fault = faultOfHead(request.head)) return tl::unexpected(*fault);
    auto call = readCall(request.body, profile_.nameSpace);
    if (!call) return tl::unexpected(call.error());
    Understood asked;
    asked.call = std::move(*call);
    if (const auto fault = faultOfArguments(asked.call, asked.arguments)) {
        return tl::unexpected(*fault);
    }
    if (const auto fault = faultOfAction(request.head, profile_.nameSpace, asked.call.method)) {
        return tl::unexpected(*fault);
    }
    if (asked.call.method != "allDsjk") {
        asked.intent = intentOfMethod(asked.call.method, asked.arguments);
        return asked;
    }
    auto inner = readInner(asked.arguments.at("xml"), profile_.reading);
    if (!inner) {
        asked.wrong = inner.error();
        asked.intent.place = "allDsjk";
        return asked;
    }
    asked.inner = std::move(*inner);
    asked.intent = intentOfOperation(asked.inner.fields.front().value, LegacyFields(asked.inner));
    return asked;
}

LegacyAnswer LegacyEngine::atTheDoor(const SoapFault& fault, WallTime now) {
    const std::string words = fault.code + ": " + fault.text;
    books_.wrongs.push_back(words);
    books_.calls.push_back({now, "", "", words, "", false});
    return faultAnswer(fault);
}

LegacyAnswer LegacyEngine::handle(const LegacyRequest& request, WallTime now) {
    if (const auto offset = faults_.value(LegacyFault::clock)) now += std::chrono::seconds{*offset};
    LegacyAnswer answer;
    if (request.head.method == "GET" && request.head.path == profile_.path + "?wsdl") {
        answer = shownPage();
    } else if (request.head.path != profile_.path || request.head.method != "POST") {
        books_.wrongs.push_back("no service at " + request.head.method + " " + request.head.path);
        answer = page(404, "<html><body>404</body></html>");
    } else {
        const auto asked = understand(request);
        answer = asked ? answerTo(*asked, now) : atTheDoor(asked.error(), now);
    }
    answer.delay += times_.answer;
    answer.date = httpDate(now);
    return answer;
}

// Who asks for it changes nothing; nobody has kept the text of a real one.
LegacyAnswer LegacyEngine::shownPage() {
    LegacyAnswer answer;
    if (faults_.holds(LegacyFault::unreachable, "?wsdl")) answer.line = LegacyLine::neverArrived;
    answer.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><wsdl:definitions targetNamespace=\"" +
                  profile_.nameSpace +
                  "\" xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\">"
                  "<wsdl:service name=\"CardServiceService\"/></wsdl:definitions>";
    return answer;
}

LegacyAnswer LegacyEngine::answerTo(const Understood& asked, WallTime now) {
    const std::string& place = asked.intent.place;
    LegacyAnswer answer;
    if (faults_.holds(LegacyFault::unreachable, place)) {
        answer.line = LegacyLine::neverArrived;
        return answer;
    }
    // Swallowed by the line, or by the server before it had begun.
    const bool lost = faults_.strikes(LegacyFault::requestLost, place);
    if (lost || faults_.strikes(LegacyFault::faultBefore, place)) {
        note(asked, refused("(not carried out)"), true, now);
        if (!lost) return faultAnswer(serverFault());
        answer.line = LegacyLine::noAnswer;
        return answer;
    }
    const LegacyReply reply = carryOut(asked, now);
    bool hides = false;
    answer = write(asked, reply, hides);
    note(asked, reply, hides, now);
    return answer;
}

LegacyReply LegacyEngine::perform(const Understood& asked, WallTime now) {
    LegacyDesk desk(books_, profile_, faults_);
    return asked.call.method == "allDsjk" ? desk.operate(asked.inner, now)
                                          : desk.call(asked.call.method, asked.arguments, now);
}

LegacyReply LegacyEngine::carryOut(const Understood& asked, WallTime now) {
    if (asked.wrong) {
        books_.wrongs.push_back("allDsjk: " + *asked.wrong);
        return refused(profile_.texts.badText);
    }
    const LegacyIntent& intent = asked.intent;
    LegacyDesk desk(books_, profile_, faults_);
    if (faults_.strikes(LegacyFault::unmappedText, intent.place)) {
        return refused(profile_.texts.unmapped);
    }
    if (intent.act.empty() || isHarmless(intent.act)) return perform(asked, now);
    if (faults_.strikes(LegacyFault::saysAlready, intent.place)) return desk.sayAlready(intent);
    if (faults_.strikes(LegacyFault::doneElsewhere, intent.place)) desk.doElsewhere(intent, now);
    LegacyReply reply = perform(asked, now);
    if (faults_.strikes(LegacyFault::executedTwice, intent.place)) {
        LegacyAct& act = books_.acts[{intent.act, intent.key}];
        count(act, reply, now);
        ++act.twice;
        reply = perform(asked, now);
    }
    return reply;
}

LegacyAnswer LegacyEngine::write(const Understood& asked, LegacyReply reply, bool& hides) {
    const std::string& place = asked.intent.place;
    LegacyLies lies(faults_, profile_, books_, asked.intent);
    lies.spoil(reply);
    const std::string text = lies.spoiltText(reply);
    LegacyAnswer answer;
    answer.body = lies.spoiltEnvelope(asked.call.method, profile_.answers, text);
    hides = true;
    if (faults_.strikes(LegacyFault::faultAfter, place)) return faultAnswer(serverFault());
    if (faults_.strikes(LegacyFault::htmlGood, place)) return page(200, loginPage);
    if (faults_.strikes(LegacyFault::proxyPage, place)) return page(503, proxyPage);
    if (faults_.strikes(LegacyFault::answerLost, place)) {
        answer.line = LegacyLine::noAnswer;
    } else if (faults_.strikes(LegacyFault::halfReply, place)) {
        answer.line = LegacyLine::halfAnswer;
    } else if (faults_.strikes(LegacyFault::late, place)) {
        const bool act = asked.call.method == "allDsjk" || !asked.intent.act.empty();
        answer.delay = act ? times_.lateAct : times_.lateQuery;
    } else {
        hides = lies.hidesOutcome();
    }
    return answer;
}

void LegacyEngine::count(LegacyAct& act, const LegacyReply& reply, WallTime now) {
    switch (reply.deed) {
        case LegacyDeed::partly:
            ++act.partly;
            [[fallthrough]];
        case LegacyDeed::done:
            ++act.done;
            act.times.push_back(now);
            break;
        case LegacyDeed::already:
            ++act.already;
            break;
        case LegacyDeed::repeated:
            ++act.repeated;
            break;
        case LegacyDeed::refused:
        case LegacyDeed::query:
            ++act.refused;
            break;
    }
}

void LegacyEngine::note(const Understood& asked, const LegacyReply& reply, bool spoiled,
                        WallTime now) {
    const LegacyIntent& intent = asked.intent;
    books_.calls.push_back(
        {now, intent.place, intent.key, std::string(nameOf(reply.deed)), reply.word, spoiled});
    // A picture is no word.
    constexpr std::size_t longestWord = 200;
    if (reply.word.size() > longestWord) books_.calls.back().answer = "(long)";
    if (intent.act.empty()) {
        if (!spoiled) clearDoubts(asked);
        return;
    }
    LegacyAct& act = books_.acts[{intent.act, intent.key}];
    act.person = intent.person;
    ++act.asked;
    if (act.inDoubt) ++act.blind;
    count(act, reply, now);
    act.inDoubt = !isHarmless(intent.act) && (spoiled || reply.halfDone);
}

// Somebody looked how it is. Without a person's number they looked at all.
void LegacyEngine::clearDoubts(const Understood& asked) {
    std::string person = asked.intent.person;
    const LegacyCard* const card =
        books_.card(asked.intent.place == "查询批次号" ? LegacyFields(asked.inner).value("社保卡号")
                                                       : asked.intent.key);
    if (card != nullptr) person = card->person;
    for (auto& [name, act] : books_.acts) {
        if (person.empty() || act.person == person) act.inDoubt = false;
    }
}

}  // namespace liqu::world
