// A CardService of one page: to each method, or operation inside allDsjk, it says what the test
// wrote down, in order, the last of it for ever. What it was asked is kept as the strings inside.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "firmware/province/adapters/card_service/adapter.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/virtual_clock.hpp"

namespace liqu::test {

// The envelope around a string inside, escaped once.
std::string envelopeOf(const std::string& method, const std::string& inner);
std::string escapedOnce(const std::string& text);

class FakeService final : public ports::SoapLink {
  public:
    struct Step {
        std::string inner;
        std::optional<Error> error{};  // said after it was carried out, or not
        long status = 200;
        std::string whole{};  // in the place of an envelope
    };
    // name: "getCard", or "即制卡标注".
    void says(const std::string& name, Step step) { steps_[name].push_back(std::move(step)); }
    void says(const std::string& name, const std::string& inner) { says(name, Step{inner}); }
    void forget(const std::string& name) { steps_.erase(name); }

    Result<ports::SoapReply> post(const ports::SoapPost& post, Duration patience) override;
    Result<ports::SoapReply> look(const std::string& path, Duration patience) override;

    std::vector<std::string> asked;             // names, in order
    std::map<std::string, std::string> bodies;  // the last request of each, unescaped
    std::string date = "Sat, 01 Jun 2024 02:02:31 GMT";
    std::size_t count(const std::string& name) const;

  private:
    std::map<std::string, std::deque<Step>> steps_;
};

// The machine around an adapter: its books on a scratch disk, its clock at 2024-06-01 10:02:31.
class LegacyDesk {
  public:
    explicit LegacyDesk(const std::string& table = "henan",
                        province::Adapter* encryption = nullptr);

    province::Outgoing outgoing(province::MessageType type, std::string_view body, int number = 42);
    // The name of the person was heard within the last days.
    void hearsName(const std::string& number = "11010519491231002X");
    // A kiosk that was switched off between two messages: the same books, a new program.
    void restart();

    Scratch scratch;
    world::VirtualClock clock;
    SeededRandom random{7};
    FakeService service;
    province::card_service::RegionTable table;
    std::unique_ptr<storage::Database> database;
    security::SealKey sealKey;
    security::Sealer sealer;
    province::Adapter* encryption;
    std::unique_ptr<province::card_service::CardServiceAdapter> adapter;
};

inline constexpr const char* ssn = "11010519491231002X";
inline constexpr const char* legacyCard = "A00000003";

// Where tables stand; with the part [chip] that a shipped file leaves to its province.
province::card_service::RegionTable tableNamed(const std::string& name);

// A person with this card, in this state, as the calls of a table say it.
void holdsCard(FakeService& service, const std::string& state, const std::string& number = ssn);
// 申请 under way, as getAZ03 says it.
std::string progressOf(const std::string& more, const std::string& number = ssn);

}  // namespace liqu::test
