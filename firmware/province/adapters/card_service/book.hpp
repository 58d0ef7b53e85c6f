// What the kiosk keeps of a province whose system keeps nothing for it: which change was sent, from
// before it is sent until its answer is known; the applications made here, which have no number
// there; the names that calls ask for; and texts that nobody has given a meaning. Personal data are
// sealed. It has a connection of its own and locks it: any thread.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/province/adapter.hpp"
#include "firmware/province/messages.hpp"
#include "firmware/security/sealer.hpp"
#include "firmware/storage/database.hpp"

namespace liqu::province::card_service {

// A change or fact under its key.
struct Act {
    std::string key;
    MessageType type = MessageType::applyCreate;
    std::string bizId;
    std::string bankCode;
    WallTime sentAt{};
    PersonalText body;              // the neutral one, as it was sent
    std::optional<ReplyCode> code;  // of its answer; none: not known
    PersonalText answer;            // the neutral body of it
};

struct KnownApplication {
    std::string applicationNo;
    std::string bizId;
    std::string bankCode;
    ApplicationKind kind = ApplicationKind::newCard;
    PersonalText socialNumber;
    PersonalText name;
    ApplicationState state = ApplicationState::created;
    std::string batch;
    std::string cardNumber;  // assigned with the batch
    int failedBlanks = 0;
    WallTime openedAt{};
};

// A line of unknown texts, for staff.
struct UnknownText {
    std::int64_t line = 0;
    WallTime at{};
    std::string call;
    PersonalText text;
};

class Book {
  public:
    Book(storage::Database& database, const security::Sealer& sealer, SecretBytes digestKey)
        : database_(database), sealer_(sealer), digestKey_(std::move(digestKey)) {}

    // -- changes
    Result<std::optional<Act>> act(const std::string& key);
    // Committed before the first byte leaves. Again: sentAt stays the first one.
    Result<void> begin(const Act& act);
    Result<void> answered(const std::string& key, ReplyCode code, const PersonalText& answer);
    // It was not carried out, by proof: it may be sent as if for the first time.
    Result<void> forget(const std::string& key);

    // -- applications
    Result<void> put(const KnownApplication& application, WallTime at);
    Result<std::optional<KnownApplication>> application(const std::string& applicationNo);
    Result<std::optional<KnownApplication>> ofBusiness(const std::string& bizId);
    // The newest one made here for that person.
    Result<std::optional<KnownApplication>> newestOf(const PersonalText& socialNumber);

    // -- names, for two days
    Result<void> noteName(const PersonalText& socialNumber, const PersonalText& name, WallTime at);
    Result<PersonalText> nameOf(const PersonalText& socialNumber);

    // -- the branch's list
    Result<void> list(const Outgoing& fact, WallTime at);
    Result<bool> isListed(const std::string& key);

    // -- texts nobody knows; the newest 200 are kept
    Result<void> noteText(std::string_view call, const PersonalText& text, WallTime at);

  private:
    std::string digestOf(const PersonalText& socialNumber) const;
    Result<std::optional<KnownApplication>> oneApplication(const std::string& where,
                                                           const storage::Values& values);
    Result<PersonalText> opened(const Bytes& sealed, std::string_view table,
                                std::string_view column, std::string_view row) const;
    Result<Bytes> sealed(const PersonalText& text, std::string_view table, std::string_view column,
                         std::string_view row) const;

    storage::Database& database_;
    const security::Sealer& sealer_;
    SecretBytes digestKey_;
    std::mutex mutex_;
};

// Staff read them; database and sealer are the caller's.
Result<std::vector<UnknownText>> unknownTexts(storage::Database& database,
                                              const security::Sealer& sealer, int most);
Result<std::int64_t> countUnknownTexts(storage::Database& database);

}  // namespace liqu::province::card_service
