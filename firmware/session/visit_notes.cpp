#include "firmware/session/visit_notes.hpp"

namespace liqu::session {

using issuance::Checked;

void VisitNotes::looked(Checked what, const Result<void>& result, std::string reference) {
    note({.what = what, .reference = std::move(reference)}, result);
}

void VisitNotes::asked(Checked what, const Result<void>& result) {
    const auto& trace = parts_.issuance.province.lastTrace();
    note({.what = what, .reference = trace.serverRef, .serverTime = trace.serverTime}, result);
}

void VisitNotes::note(issuance::Check check, const Result<void>& result) {
    check.at = parts_.issuance.clock.wallTime();
    check.result = result ? 0 : numberOf(result.error().code);
    record_.checks.push_back(std::move(check));
}

void VisitNotes::answered(const std::string& clause, issuance::ConsentAnswer answer,
                          Language language, WallTime shownAt) {
    const auto digest = parts_.wordsDigests.find(language);
    record_.consents.push_back(
        {.clause = clause,
         .answer = answer,
         .language = std::string(nameOf(language)),
         .wordsDigest = digest == parts_.wordsDigests.end() ? "" : digest->second,
         .shownAt = shownAt,
         .answeredAt = parts_.issuance.clock.wallTime()});
}

}  // namespace liqu::session
