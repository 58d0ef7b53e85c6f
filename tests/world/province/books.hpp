// Everything the simulated province holds. Plain records; who may change what, and when, is the
// desk's business (desk.hpp). Not thread-safe: one lock stands around the whole engine.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::world {

// Times are kept as the wire writes them.
struct Person {
    std::string socialNumber, name, nameLatin;  // name in wire form
    std::string printName;                      // for the face; empty: the wire form
    std::string documentType, documentNo, nationality;
    std::string sex, ethnicCode, birthDate, birthPlace, regionOfRecord;
    std::string phone, mailingAddress, occupation;  // no document tells them
    std::string looksLike;                          // whose portrait is on file; empty: their own
    bool alive = true;
    bool photo = true;
    bool bankLinked = true;
    bool needsStaff = false;
    bool feePaid = false;
    bool temporaryCard = false;  // given, and not handed in
    int feeCents = 0;

    // A name with a rare character's pinyin in brackets is not checked (Guangdong Art.34(3)).
    bool isCalled(std::string_view asked) const {
        return asked == name || asked == nameLatin || name.find('[') != std::string::npos;
    }
    const std::string& nameOnFace() const { return printName.empty() ? name : printName; }
};

enum class BlankState { inStock, reserved, permitted, used, spoiled };

struct Blank {
    std::string id;  // the prewritten card number, or the card identification code
    std::string bankCode, version;
    bool prewritten = true;
    BlankState state = BlankState::inStock;
    std::string applicationNo, cardIdCode, atr;  // as the terminal read them
    std::string loadedIn;                        // terminal; empty: not reported loaded
};

// What a terminal told of money that came.
struct FeePaid {
    std::string orderNo, serial, bizId;
    std::int64_t amountFen = 0;
};

struct Application {
    std::string number, bizId, terminalId, socialNumber, kind, bankCode;
    std::string oldCardNo, oldCardState;  // as it was before the application
    std::string state = "CREATED";
    std::string cardNo, reservedBlank;
    std::string createdTime;
    std::vector<std::string> consents;  // as they were sent, and the items after it
    std::string phone, mailingAddress, occupation;
    bool feePaid = false;
    std::vector<FeePaid> fees;         // every registration that was taken
    std::vector<std::string> refunds;  // numbers of what is to go back
    int failedBlanks = 0;
    int permitsGiven = 0;

    bool open() const { return state != "CANCELLED" && state != "HANDED_OVER"; }
    bool marked() const { return state != "CREATED" && state != "CANCELLED"; }
};

enum class PermitState { open, expired, reportedOk, reportedFailed };

struct Permit {
    std::string id, applicationNo, blankId, terminalId;
    std::string cardNo, cardIdCode, atr, version, bankCardNo, issueDate, expiryDate;
    WallTime expires{};
    PermitState state = PermitState::open;
    int updateAuthorisations = 0;
};

struct Card {
    std::string number, bankCode, state, issueDate, expiryDate;
    std::string socialNumber, regionCode;
    std::string applicationNo, blankId, permitId, cardIdCode;  // empty: made elsewhere, long ago
    bool bankLinked = true;
    std::string lostSince, lostUntil;  // TEMP_LOST; no end: empty
    bool bankBlocked = false;          // the account, with it
    bool everEnabled = true;           // before it was lost
    int timesHandedOver = 0;
    bool returned = false;      // to the bank, unfetched or refused
    bool wrong = false;         // its data; taken back
    std::string recoveredAs{};  // the reason; empty: it was not taken in
};

// A message that was carried out, kept for replays and as the province's record.
struct CarriedOut {
    std::string terminalId, idemKey, messageType, bizId, bodyHash;
    std::string bizTime, receivedTime;
    std::string code, detail, text, next, serverRef;
    std::string requestBody, answerBody;  // canonical JSON; the answer's may be empty
    std::int64_t terminalSeq = 0;         // facts only, with their epoch
    std::string epoch;
    int replays = 0;
};

// Where a terminal said its record of acts stood.
struct AuditStand {
    std::int64_t lines = 0, newestMove = 0;
    std::string digest, mac;
    std::string text{};  // as a witness reads it

    // Of the same record, later.
    bool continues(const AuditStand& before) const;
};

// A terminal's books as the province knows them: one epoch, and every fact of it that came.
struct Terminal {
    std::string epoch;                          // empty: none was told yet
    bool newEpochAllowed = false;               // somebody here agreed to the next one asked for
    std::map<std::int64_t, std::string> facts;  // by number, with the chain's digest
    // Facts that came before the one in front of them: their own text, until it comes.
    std::map<std::int64_t, std::string> unproven;
    std::set<std::string> messageIds;
    std::string lastSignIn;
    std::string lastBizId;  // the newest one something was carried out for
    // Of this epoch, by the number of the fact that told it.
    std::map<std::int64_t, AuditStand> auditStands;
    std::string auditBroken;  // why the record is taken for another; empty: it is not

    std::vector<std::int64_t> missingNumbers(std::size_t most) const;
    std::int64_t lastNumber() const { return facts.empty() ? 0 : facts.rbegin()->first; }
    // Takes the fact in; false where it does not follow, or another one has its number.
    bool takeFact(std::int64_t number, const std::string& chain, std::string canonicalFact);
    void beginEpoch(const std::string& granted);
    // False where it does not fit between those told before and after it.
    bool takeAudit(std::int64_t number, const AuditStand& stand);
};

// A message the province refused, or a thing that should not have come.
struct Incident {
    std::string time, terminalId, messageType, code, detail, what;
};

// 社保密码 set or changed, as a terminal told it.
struct PinNote {
    std::string cardNo, cardIdCode, time, terminalId, operatorId;
    bool first = false;
    std::string formNo{};       // of an unlock or a reset
    std::string messageType{};  // of these
};

// 临时挂失 as this province's rules have it.
struct LossRule {
    std::chrono::days lasts{0};  // 0: until it is released
    bool linksBank = true;
    bool formalIsReleased = true;  // until another card is applied for
};

struct Books {
    LossRule lossRule;
    bool feesAtTerminals = false;  // else a fee is paid at the counter before anything is begun
    std::map<std::string, Person> persons;            // by social number
    std::map<std::string, Blank> blanks;              // by id
    std::map<std::string, Application> applications;  // by number
    std::map<std::string, Permit> permits;            // by id
    std::map<std::string, Card> cards;                // by number
    std::map<std::string, CarriedOut> carriedOut;     // by terminal and idempotency key
    std::vector<std::string> order;                   // keys of carriedOut, as they came
    std::map<std::string, Terminal> terminals;
    std::map<std::string, int> messages;  // by type, every one that came
    std::vector<PinNote> pins;
    std::vector<Incident> incidents;
    int lastApplication = 0;
    int lastPermit = 0;
    int lastReference = 0;
    int lastAssignedNumber = 0;

    Person* personByDocument(std::string_view type, std::string_view number);
    Application* openApplicationOf(std::string_view socialNumber);
    std::vector<const Application*> applicationsOf(std::string_view socialNumber) const;
    std::vector<Card*> cardsOf(std::string_view socialNumber);
    Permit* openPermitOf(std::string_view applicationNo);
};

std::string carriedOutKey(std::string_view terminalId, std::string_view idemKey);
std::string_view nameOf(BlankState state);
std::string_view nameOf(PermitState state);

// A lot of prefabricated cards the province had made for a bank. Prewritten numbers run from
// first to last; without numbers (assigned mode) a blank is known by its identification code.
struct BlankLot {
    std::string bankCode, first, last;
    std::string version = "3.00";
};

Result<void> addLot(Books& books, const BlankLot& lot);
void addAssignedBlank(Books& books, const std::string& bankCode, const std::string& cardIdCode,
                      const std::string& version);
// persons.json: persons with the cards they already hold, and the lots of blanks.
Result<void> loadFixtures(Books& books, std::string_view json);

// What may never be so, checked over the whole of the books. Empty is good.
std::vector<std::string> violations(const Books& books);

// province.json: all of the above, two spaces indented, the same for the same books.
std::string dump(const Books& books);

}  // namespace liqu::world
