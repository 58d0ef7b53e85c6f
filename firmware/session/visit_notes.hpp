// What a visit checked and what its person answered, until an order or the end of the visit keeps
// it (issuance/visit_record.hpp).
#pragma once

#include <utility>

#include "firmware/issuance/visit_record.hpp"
#include "firmware/session/parts.hpp"

namespace liqu::session {

class VisitNotes {
  public:
    explicit VisitNotes(const SessionParts& parts) : parts_(parts) {}

    // Judged by the machine itself, or by who vouched.
    void looked(issuance::Checked what, const Result<void>& result, std::string reference = {});
    // Judged by what the province answered last.
    void asked(issuance::Checked what, const Result<void>& result);
    void answered(const std::string& clause, issuance::ConsentAnswer answer, Language language,
                  WallTime shownAt);
    // What was noted since; it is kept once.
    issuance::VisitRecord take() { return std::exchange(record_, {}); }

  private:
    void note(issuance::Check check, const Result<void>& result);

    const SessionParts& parts_;
    issuance::VisitRecord record_;
};

}  // namespace liqu::session
