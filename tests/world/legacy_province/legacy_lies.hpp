// What a faulty answer of the legacy province looks like: its words and fields, its text, its XML,
// its bytes. Each lie strikes only where the answer has what it spoils.
#pragma once

#include <string>

#include "tests/world/legacy_province/legacy_books.hpp"
#include "tests/world/legacy_province/legacy_faults.hpp"
#include "tests/world/legacy_province/legacy_profile.hpp"
#include "tests/world/legacy_province/legacy_reply.hpp"

namespace liqu::world {

class LegacyLies {
  public:
    LegacyLies(LegacyFaults& faults, const LegacyProfile& profile, const LegacyBooks& books,
               LegacyIntent intent)
        : faults_(faults), profile_(profile), books_(books), intent_(std::move(intent)) {}

    void spoil(LegacyReply& reply);
    std::string spoiltText(const LegacyReply& reply);
    // The whole envelope around this text, as bytes.
    std::string spoiltEnvelope(const std::string& method, SoapStyle style, const std::string& text);
    // A client that reads well cannot know, or must not believe, what this answer says.
    bool hidesOutcome() const { return hides_; }

  private:
    bool strikes(LegacyFault fault);
    void spoilPerson(LegacyReply& reply);
    void putPerson(LegacyReply& reply, const LegacyPerson& other) const;
    void spoilName(LegacyReply& reply);
    void spoilNumber(LegacyReply& reply);
    void spoilRows(LegacyReply& reply);
    void spoilValues(LegacyReply& reply);
    void spoilWord(LegacyReply& reply);

    LegacyFaults& faults_;
    const LegacyProfile& profile_;
    const LegacyBooks& books_;
    LegacyIntent intent_;
    bool hides_ = false;
};

}  // namespace liqu::world
