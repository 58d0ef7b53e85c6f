#include "firmware/province/adapters/card_service/caller.hpp"

#include <algorithm>

#include "firmware/base/china_time.hpp"

namespace liqu::province::card_service {
namespace {

std::string named(Call call, const std::string& why) {
    return std::string(nameOf(call)) + ": " + why;
}

int numberIn(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

}  // namespace

std::optional<WallTime> parseHttpDate(std::string_view text) {
    constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const bool shaped = text.size() == 29 && text.substr(3, 2) == ", " && text[7] == ' ' &&
                        text[11] == ' ' && text[16] == ' ' && text[19] == ':' && text[22] == ':' &&
                        text.substr(25) == " GMT";
    if (!shaped) return std::nullopt;
    const auto* month = std::ranges::find(months, text.substr(8, 3));
    const int day = numberIn(text.substr(5, 2));
    const int year = numberIn(text.substr(12, 4));
    const int hour = numberIn(text.substr(17, 2));
    const int minute = numberIn(text.substr(20, 2));
    const int second = numberIn(text.substr(23, 2));
    const bool inLimits = month != std::end(months) && day > 0 && year >= 1970 && hour >= 0 &&
                          hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 61;
    if (!inLimits) return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month - std::begin(months)) + 1},
        std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return WallTime(std::chrono::sys_days(date)) + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second};
}

Result<PersonalText> Said::item(const RegionTable& table, Item item) const {
    const auto names = table.items.find(item);
    PersonalText found;
    if (names == table.items.end()) return found;
    for (const std::string& name : names->second) {
        const PersonalText* value = inner.field(name);
        if (value == nullptr) value = inner.cell(0, name);
        if (value == nullptr) continue;
        PersonalText plain(plainText(value->reveal()));
        if (plain.empty()) continue;
        if (!found.empty() && found != plain)
            return fail(ErrorCode::provinceReplyMalformed,
                        std::string(nameOf(item)) + " is said in two ways");
        found = std::move(plain);
    }
    return found;
}

Result<PersonalText> Caller::filled(const Slot& slot, const Values& values,
                                    const PersonalText& inner) const {
    if (!slot.value) return PersonalText(slot.literal);
    switch (*slot.value) {
        case Value::user:
            return PersonalText(account_.user);
        case Value::password:
            return account_.password;
        case Value::inner:
            return inner;
        default: {
            // What this message does not know is sent empty, as clients of these servers do.
            const auto found = values.find(*slot.value);
            return found == values.end() ? PersonalText() : found->second;
        }
    }
}

Result<PersonalText> Caller::innerOf(const CallRow& row, const Values& values) const {
    if (row.operation.empty()) return PersonalText();
    InnerWriter writer;
    TRY(writer.field(table_.operationName, row.operation));
    TRY(writer.field(table_.userName, account_.user));
    TRY(writer.field(table_.passwordName, account_.password.reveal()));
    for (const Slot& slot : row.fields) {
        const PersonalText value = TRY(filled(slot, values, {}));
        // `*`: the server's own mark of what it must have.
        if (value.empty() && slot.value && slot.name.ends_with('*'))
            return fail(ErrorCode::provinceNeedsStaff, "not sent: " + slot.name + " must be there");
        TRY(writer.field(slot.name, value.reveal()));
    }
    if (row.cells.empty()) return writer.take();
    std::vector<PersonalText> head;
    std::vector<PersonalText> cells;
    for (const Slot& slot : row.cells) {
        head.emplace_back(slot.name);
        cells.push_back(TRY(filled(slot, values, {})));
    }
    TRY(writer.row(head));
    TRY(writer.row(cells));
    return writer.take();
}

Result<Said> Caller::ask(Call call, const Values& values) {
    const CallRow* row = table_.call(call);
    if (row == nullptr)
        return fail(ErrorCode::provinceNeedsStaff, named(call, "this system has no such call"));
    const PersonalText inner = TRY(innerOf(*row, values));
    SoapCall request{row->method, {}};
    for (const Slot& slot : row->arguments) {
        PersonalText value = TRY(filled(slot, values, inner));
        if (slot.value != Value::inner) TRY(lengthInGbk(value.reveal()));
        request.arguments.push_back({slot.name, std::move(value)});
    }
    const PersonalText body = TRY(buildRequest(request, table_.style));
    const Duration patience = isQuestion(call) ? patience_.query : patience_.change;
    ports::SoapReply reply = TRY(link_.post(
        {table_.path, table_.action, std::string(nameOf(table_.style.charset)), body.reveal()},
        patience));
    auto said = read(call, *row, reply);
    wipe(reply.text);
    return said;
}

Result<Said> Caller::read(Call call, const CallRow& row, const ports::SoapReply& reply) {
    // A fault comes with 500; what else has another status is none of the service's answers.
    if (reply.status != 200 && reply.status != 500)
        return fail(ErrorCode::provinceOutcomeUnknown,
                    named(call, "HTTP status " + std::to_string(reply.status)));
    const SoapAnswer answer = TRY(readAnswer(reply.text, row.method, table_.style.charset));
    if (answer.isFault) {
        // Said before the method ran; any other may have come after its commit.
        const bool before = answer.faultCode.starts_with("Client");
        if (!answer.faultText.empty())
            TRY(book_.noteText(liqu::nameOf(call), answer.faultText, clock_.wallTime()));
        return fail(before ? ErrorCode::provinceRefusedKiosk : ErrorCode::provinceOutcomeUnknown,
                    named(call, "a fault of the server"));
    }
    if (reply.status != 200)
        return fail(ErrorCode::provinceReplyMalformed, named(call, "status 500 and no fault"));
    Said said;
    said.inner = TRY(readInner(answer.returned.reveal(), table_.endTags));
    said.serverTime = timeOf(reply);
    const PersonalText code = TRY(said.item(table_, Item::answer));
    const bool isWord = said.inner.fields.empty();
    said.text = isWord ? said.inner.word : code;
    if (!said.text.empty()) {
        said.means = table_.meaningOf(call, said.text.reveal());
    } else if (isQuestion(call)) {
        said.means = Meaning::done;  // what was asked for stands there
    } else {
        return fail(ErrorCode::provinceReplyMalformed, named(call, "an act without its answer"));
    }
    return said;
}

std::string Caller::timeOf(const ports::SoapReply& reply) const {
    if (table_.clock == ClockSource::none) return formatChinaTime(clock_.wallTime());
    const auto said = parseHttpDate(reply.date);
    return said ? formatChinaTime(*said) : std::string();
}

Result<std::string> Caller::look() {
    ports::SoapReply reply = TRY(link_.look(table_.path + "?wsdl", patience_.query));
    if (reply.status != 200)
        return fail(ErrorCode::provinceOutcomeUnknown,
                    "no CardService there: HTTP status " + std::to_string(reply.status));
    return timeOf(reply);
}

}  // namespace liqu::province::card_service
