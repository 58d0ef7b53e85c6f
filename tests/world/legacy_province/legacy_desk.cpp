#include "tests/world/legacy_province/legacy_desk.hpp"

#include <algorithm>
#include <array>

#include "firmware/base/bytes.hpp"
#include "firmware/base/china_time.hpp"
#include "tests/world/legacy_province/gbk.hpp"
#include "tests/world/province/portrait.hpp"

namespace liqu::world {
namespace {

constexpr int ageOfPictures = 35;

bool anyName(const LegacyField& field, const std::string& name, InnerReading reading) {
    return std::ranges::any_of(field.names, [&](const std::string& one) {
        return reading == InnerReading::strict ? one == name : plainName(one) == plainName(name);
    });
}

}  // namespace

std::string_view nameOf(LegacyDeed deed) {
    constexpr std::array<std::string_view, 6> names{"query",   "done",     "partly",
                                                    "already", "repeated", "refused"};
    return names[static_cast<std::size_t>(deed)];
}

std::string innerTextOf(const LegacyReply& reply) {
    if (reply.bare) return reply.word;
    std::string text = "<ERR>" + reply.word + "</ERR>";
    for (const InnerField& field : reply.fields) {
        text += "<" + field.name + ">" + field.value + "</" + field.name + ">";
    }
    for (const TableRow& row : reply.rows) {
        text += reply.lineEnd;
        for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ",") + row[i];
    }
    return text;
}

LegacyReply said(std::string word, LegacyDeed deed) {
    LegacyReply reply;
    reply.word = std::move(word);
    reply.bare = true;
    reply.deed = deed;
    return reply;
}

LegacyReply refused(std::string text) {
    return said(std::move(text), LegacyDeed::refused);
}

std::string legacyDate(WallTime time) {
    return formatDate(chinaDate(time));
}

std::string legacyMoment(const LegacyTime& time) {
    if (!time) return {};
    std::string digits = formatChinaTime(*time).substr(0, 19);
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    return digits;
}

std::string legacyPortrait(const LegacyPerson& person) {
    if (!person.portrait) return {};
    return toBase64(portraitJpeg({lookSeed(person.number), person.sex == "2", ageOfPictures}));
}

bool isLegacyDate(const std::string& text) {
    return parseDate(text).has_value();
}

LegacyFields::LegacyFields(const InnerText& text) : rows_(text.rows) {
    for (const InnerField& field : text.fields) {
        fields_.push_back({plainName(field.name), asStoredInGbk(field.value)});
    }
    for (TableRow& row : rows_) {
        for (std::string& cell : row) cell = asStoredInGbk(cell);
    }
}

std::string LegacyFields::value(std::string_view names) const {
    for (std::size_t begin = 0; begin <= names.size();) {
        const std::size_t end = std::min(names.find('|', begin), names.size());
        const std::string_view name = names.substr(begin, end - begin);
        for (const InnerField& field : fields_) {
            if (field.name == name) return field.value;
        }
        begin = end + 1;
    }
    return {};
}

std::optional<std::string> LegacyDesk::wrongField(const LegacyOperation& rule,
                                                  const InnerText& text) const {
    std::size_t place = 0;
    std::vector<bool> came(rule.fields.size());
    for (std::size_t i = 3; i < text.fields.size(); ++i) {
        const InnerField& field = text.fields[i];
        const std::size_t from = profile_.ordered ? place : 0;
        const auto found = std::find_if(
            rule.fields.begin() + static_cast<std::ptrdiff_t>(from), rule.fields.end(),
            [&](const LegacyField& one) { return anyName(one, field.name, profile_.reading); });
        if (found == rule.fields.end()) {
            // The real ones look for what they know.
            if (profile_.reading == InnerReading::lenient) continue;
            return profile_.texts.badText + ":" + field.name;
        }
        place = static_cast<std::size_t>(found - rule.fields.begin());
        came[place] = !field.value.empty();
    }
    for (std::size_t i = 0; i < came.size(); ++i) {
        if (rule.fields[i].mandatory && !came[i]) {
            return plainName(rule.fields[i].names.front()) + profile_.texts.missing;
        }
    }
    if (rule.table.empty() != text.rows.empty()) return profile_.texts.wrongTable;
    if (!rule.table.empty() && text.rows.front() != rule.table) return profile_.texts.wrongTable;
    return std::nullopt;
}

// Whatever is said here, no client of this world should have caused it.
std::optional<LegacyReply> LegacyDesk::whatIsWrong(const std::string& operation,
                                                   const InnerText& text) {
    const auto wrong = [&](std::string words) {
        books_.wrongs.push_back(operation + ": " + words);
        return refused(std::move(words));
    };
    constexpr std::array<std::string_view, 3> first{"操作*", "用户名*", "密码*"};
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (text.fields.size() <= i || text.fields[i].name != first[i]) {
            return wrong(profile_.texts.badText);
        }
    }
    if (text.fields[1].value != profile_.user || text.fields[2].value != profile_.password) {
        return wrong(profile_.texts.wrongUser);
    }
    const auto rule = profile_.operations.find(operation);
    if (rule == profile_.operations.end()) return wrong(profile_.texts.noOperation);
    if (auto words = wrongField(rule->second, text)) return wrong(std::move(*words));
    const bool fits = std::ranges::all_of(
        text.fields, [](const InnerField& field) { return fitsGbk(field.value); });
    if (!fits && profile_.refusesOutsideGbk) return wrong(profile_.texts.outsideGbk);
    return std::nullopt;
}

std::optional<std::string> LegacyDesk::stop(const Whom& whom) const {
    const LegacyPerson* const person = books_.person(whom.number);
    if (person == nullptr) return profile_.texts.noPerson;
    if (!whom.city.empty() && whom.city != person->city) return profile_.texts.noPersonOrCity;
    if (asStoredInGbk(whom.name) != person->name) return profile_.texts.otherName;
    return std::nullopt;
}

// What a lock held back is finished when its time is over.
void LegacyDesk::settle() {
    for (auto& [number, batch] : books_.batches) {
        if (batch.waiting.empty() || !batch.lockedUntil || *batch.lockedUntil > now_) continue;
        LegacyApplication* const application = books_.openApplicationOf(batch.waiting);
        batch.waiting.clear();
        if (application != nullptr) assignNumber(*application, number);
    }
}

LegacyReply LegacyDesk::asError(LegacyReply reply) const {
    static const std::vector<std::string_view> withFields{
        "即制卡人数", "即制卡人员", "获取批次号",      "即制卡批次",
        "查询批次号", "即制卡数据", "查询交费登记状态"};
    if (std::ranges::find(withFields, place_) != withFields.end()) reply.bare = false;
    return reply;
}

LegacyReply LegacyDesk::operate(const InnerText& text, WallTime now) {
    static const std::map<std::string, Handler> handlers{
        {"申请社保卡", &LegacyDesk::apply},
        {"即制卡标注", &LegacyDesk::mark},
        {"即时制卡标注", &LegacyDesk::mark},
        {"撤销标注", &LegacyDesk::unmark},
        {"即制卡人数", &LegacyDesk::countMarked},
        {"即制卡人员", &LegacyDesk::listMarked},
        {"获取批次号", &LegacyDesk::takeBatchNumber},
        {"即制卡批次", &LegacyDesk::makeBatch},
        {"查询批次号", &LegacyDesk::findBatch},
        {"即制卡数据", &LegacyDesk::giveData},
        {"即制卡回盘", &LegacyDesk::report},
        {"领卡启用", &LegacyDesk::enable},
        {"临时挂失", &LegacyDesk::lose},
        {"正式挂失", &LegacyDesk::loseFormally},
        {"解除挂失", &LegacyDesk::release},
        {"查询交费登记状态", &LegacyDesk::feeState},
        {"交费登记", &LegacyDesk::registerFee},
        {"撤销交费登记", &LegacyDesk::revokeFee},
        {"撤销缴费登记", &LegacyDesk::revokeFee},
        {"撤销补换卡", &LegacyDesk::withdrawReplacement},
    };
    now_ = now;
    place_ = text.fields.empty() ? std::string() : text.fields.front().value;
    settle();
    if (auto wrong = whatIsWrong(place_, text)) return asError(std::move(*wrong));
    return asError((this->*handlers.at(place_))(LegacyFields(text)));
}

}  // namespace liqu::world
