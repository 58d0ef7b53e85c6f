// The record of a visit: what was checked, when and with which result (核验时间和结果, Guangdong
// Art.8 step 2, Art.9 step 1), and what the person agreed to or refused, one by one (Guangdong
// Art.8(4)). It is gathered while the person stands there and kept in the commit that opens their
// order, or in the one that notes how a visit without an order ended. Of the person it holds the
// keyed digest of their document number and nothing else. Kiosk thread.
#pragma once

#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/error.hpp"
#include "firmware/base/words.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::issuance {

enum class Checked : std::uint8_t {
    document,     // its validity and its holder's age
    presence,     // that its holder stands there, by who vouched
    person,       // PERSON.QUERY: registered, alive, equal to the document
    eligibility,  // ELIG.CHECK: may have what was asked for
    card,         // CARD.QUERY or PROGRESS.QUERY: what there is already
    photo,        // PHOTO.GET: whose portrait, and whether it can be drawn
    oldCard,  // 旧卡: that it is the person's, by its chip ("chip") or who looked at it ("seen")
    idPhoto,  // 身份证相片: that a picture came of it, after its person agreed
    form,     // 书面: that the form was filled in and signed, by who stood by
};
constexpr auto wordsOf(Checked) {
    return words<Checked>({{Checked::document, "document"},
                           {Checked::presence, "presence"},
                           {Checked::person, "person"},
                           {Checked::eligibility, "eligibility"},
                           {Checked::card, "card"},
                           {Checked::photo, "photo"},
                           {Checked::oldCard, "old-card"},
                           {Checked::idPhoto, "id-photo"},
                           {Checked::form, "form"}});
}

struct Check {
    Checked what = Checked::document;
    WallTime at{};
    std::uint32_t result = 0;  // 0: good; else why not, as its error code
    // Of the province's answer, by its own books and clock, or of the form; empty where there is
    // none.
    std::string reference{};
    std::string serverTime{};
};

enum class ConsentAnswer : std::uint8_t { yes, no };
constexpr auto wordsOf(ConsentAnswer) {
    return words<ConsentAnswer>({{ConsentAnswer::yes, "yes"}, {ConsentAnswer::no, "no"}});
}

struct Consent {
    std::string clause;  // the key of its words, "consent.data"
    ConsentAnswer answer = ConsentAnswer::no;
    std::string language;     // it was read in
    std::string wordsDigest;  // SM3 of the words files of that language, in hex
    WallTime shownAt{};
    WallTime answeredAt{};
};

struct VisitRecord {
    std::vector<Check> checks{};
    std::vector<Consent> consents{};

    bool empty() const { return checks.empty() && consents.empty(); }
};

// Whose and under which rules the record is.
struct RecordOf {
    std::string orderId{};  // empty: no order was begun
    std::string holderDigest{};
    std::string attendant{};  // who stood by; empty: nobody
    std::string policy{};     // the edition of the rules in force
};

Result<void> keep(storage::Transaction& transaction, const VisitRecord& record, const RecordOf& of);

// A day's ("20240511") or an order's lines, oldest first, for those who audit: no more than `most`
// of each kind.
struct KeptRecord {
    struct CheckLine {
        Check check;
        RecordOf of;
    };
    struct ConsentLine {
        Consent consent;
        RecordOf of;
    };
    std::vector<CheckLine> checks;
    std::vector<ConsentLine> consents;
};
Result<KeptRecord> recordOfDay(storage::Database& database, const std::string& day,
                               std::int64_t most);
Result<KeptRecord> recordOfOrder(storage::Database& database, const std::string& orderId);

}  // namespace liqu::issuance
