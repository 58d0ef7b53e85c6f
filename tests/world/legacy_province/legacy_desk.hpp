// What each call means for the books of the legacy province. Methods of CardService come as their
// arguments in order, operations of allDsjk as fields by name. Words that stand for themselves are
// answered bare; what has fields says its word in ERR.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "tests/world/legacy_province/legacy_books.hpp"
#include "tests/world/legacy_province/legacy_faults.hpp"
#include "tests/world/legacy_province/legacy_profile.hpp"
#include "tests/world/legacy_province/legacy_reply.hpp"

namespace liqu::world {

// The fields of an operation by their plain names: no *, narrow brackets.
class LegacyFields {
  public:
    LegacyFields() = default;
    explicit LegacyFields(const InnerText& text);
    // The first of these names that is there; "a|b".
    std::string value(std::string_view names) const;
    const std::vector<TableRow>& rows() const { return rows_; }

  private:
    std::vector<InnerField> fields_;
    std::vector<TableRow> rows_;
};

// A method's arguments by the names of the profile.
using LegacyArguments = std::map<std::string, std::string>;

LegacyIntent intentOfMethod(const std::string& method, const LegacyArguments& arguments);
LegacyIntent intentOfOperation(const std::string& operation, const LegacyFields& fields);

class LegacyDesk {
  public:
    LegacyDesk(LegacyBooks& books, const LegacyProfile& profile, LegacyFaults& faults)
        : books_(books), profile_(profile), faults_(faults) {}

    LegacyReply call(const std::string& method, const LegacyArguments& arguments, WallTime now);
    LegacyReply operate(const InnerText& text, WallTime now);
    // Another outlet was first: what this call is about to do has been done, in another way.
    void doElsewhere(const LegacyIntent& intent, WallTime now);
    // "Already", in the words of this call.
    LegacyReply sayAlready(const LegacyIntent& intent) const;

  private:
    using Handler = LegacyReply (LegacyDesk::*)(const LegacyFields& fields);
    struct Whom {
        std::string number, name, city;
    };

    // legacy_desk.cpp
    std::optional<LegacyReply> whatIsWrong(const std::string& operation, const InnerText& text);
    std::optional<std::string> wrongField(const LegacyOperation& rule, const InnerText& text) const;
    // The person, or why not.
    std::optional<std::string> stop(const Whom& whom) const;
    void settle();
    LegacyReply asError(LegacyReply reply) const;
    // legacy_methods.cpp
    LegacyReply queryCard(const LegacyArguments& arguments) const;
    LegacyReply queryPerson(const std::string& method, const LegacyArguments& arguments) const;
    LegacyReply queryProgress(const std::string& method, const LegacyArguments& arguments) const;
    LegacyReply changeCard(const std::string& code, const LegacyArguments& arguments);
    // legacy_making.cpp
    LegacyReply apply(const LegacyFields& fields);
    LegacyReply mark(const LegacyFields& fields);
    LegacyReply unmark(const LegacyFields& fields);
    LegacyReply countMarked(const LegacyFields& fields);
    LegacyReply listMarked(const LegacyFields& fields);
    LegacyReply takeBatchNumber(const LegacyFields& fields);
    LegacyReply makeBatch(const LegacyFields& fields);
    LegacyReply findBatch(const LegacyFields& fields);
    LegacyReply giveData(const LegacyFields& fields);
    std::optional<std::string> wrongRow(const LegacyFields& fields, const TableRow& row);
    std::vector<const LegacyApplication*> marked(const LegacyFields& fields) const;
    const LegacyCard& assignNumber(LegacyApplication& application, const std::string& batch);
    // legacy_reports.cpp
    LegacyReply report(const LegacyFields& fields);
    LegacyReply reportRow(const LegacyFields& fields, const TableRow& head, const TableRow& row);
    LegacyReply reportMade(LegacyCard& card, const LegacyFields& cells, const TableRow& row);
    LegacyReply reportFailed(LegacyCard& card, const LegacyFields& cells);
    // legacy_cards.cpp
    LegacyReply enable(const LegacyFields& fields);
    LegacyReply lose(const LegacyFields& fields);
    LegacyReply loseFormally(const LegacyFields& fields);
    LegacyReply release(const LegacyFields& fields);
    LegacyReply changeByFields(const std::string& code, const LegacyFields& fields);
    LegacyReply change(const std::string& code, const Whom& whom, const std::string& number,
                       const std::optional<std::string>& account);
    std::optional<LegacyCardState> stateAfter(const std::string& code, const LegacyCard& card);
    LegacyReply feeState(const LegacyFields& fields);
    LegacyReply registerFee(const LegacyFields& fields);
    LegacyReply revokeFee(const LegacyFields& fields);
    LegacyReply withdrawReplacement(const LegacyFields& fields);

    LegacyBooks& books_;
    const LegacyProfile& profile_;
    LegacyFaults& faults_;
    WallTime now_{};
    std::string place_;
};

LegacyReply said(std::string word, LegacyDeed deed);
LegacyReply refused(std::string text);
// "20240601", and "20240601100000" where progress is told.
std::string legacyDate(WallTime time);
std::string legacyMoment(const LegacyTime& time);
std::string legacyPortrait(const LegacyPerson& person);
bool isLegacyDate(const std::string& text);

}  // namespace liqu::world
