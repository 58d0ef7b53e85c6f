#include "tests/power_cut/sabotage.hpp"

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "firmware/base/assert.hpp"
#include "firmware/base/encoding.hpp"
#include "tests/world/province/canonical_json.hpp"
#include "tests/world/province/keys.hpp"

namespace liqu::proof {
namespace {

struct Named {
    Sabotage sabotage;
    std::string_view name;
    std::string_view words;
};
constexpr std::array names = {
#define LIQU_SABOTAGE(name, what) Named{Sabotage::name, #name, what},
    LIQU_SABOTAGES
#undef LIQU_SABOTAGE
};
constexpr std::array all = {
#define LIQU_SABOTAGE(name, what) Sabotage::name,
    LIQU_SABOTAGES
#undef LIQU_SABOTAGE
};

const Named* find(Sabotage sabotage) {
    for (const Named& one : names) {
        if (one.sabotage == sabotage) return &one;
    }
    return nullptr;
}

std::string_view triggerOf(Sabotage sabotage) {
    switch (sabotage) {
        case Sabotage::noIntent:
            return "CREATE TRIGGER IF NOT EXISTS sabotage BEFORE INSERT ON journal "
                   "WHEN NEW.phase = 'intent' BEGIN SELECT RAISE(IGNORE); END";
        case Sabotage::deliveredUnsent:
            return "CREATE TRIGGER IF NOT EXISTS sabotage AFTER INSERT ON outbox BEGIN "
                   "UPDATE outbox SET state = 'delivered' WHERE fact = NEW.fact; END";
        default:
            return {};
    }
}

template <typename Sign>
std::string signedText(nlohmann::json message, Sign sign) {
    message.erase("sig");
    message["sig"] = toHex(sign(bytesOf(world::canonicalText(message).value())));
    return world::canonicalText(message).value();
}

class NewKeyEachTime final : public ports::ProvinceLink {
  public:
    explicit NewKeyEachTime(ports::ProvinceLink& real) : real_(real) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        nlohmann::json request = nlohmann::json::parse(envelope);
        const std::string key = request.at("idemKey");
        const int before = sent_[key]++;
        if (before == 0) return real_.exchange(path, envelope, patience);
        request["idemKey"] = key.substr(0, 62) + toHex(Bytes{static_cast<std::uint8_t>(before)});
        world::TwinSigner terminal;
        const auto answer = real_.exchange(
            path, signedText(request, [&](ByteView text) { return terminal.sign(text).value(); }),
            patience);
        if (!answer) return answer;
        nlohmann::json reply = nlohmann::json::parse(*answer);
        reply["idemKey"] = key;
        world::TwinKeys province;
        return signedText(reply, [&](ByteView text) { return province.sign(text); });
    }

  private:
    ports::ProvinceLink& real_;
    std::map<std::string, int> sent_;
};

}  // namespace

std::string_view nameOf(Sabotage sabotage) {
    const Named* named = find(sabotage);
    return named == nullptr ? "none" : named->name;
}
std::string_view wordsOf(Sabotage sabotage) {
    const Named* named = find(sabotage);
    return named == nullptr ? "" : named->words;
}
std::span<const Sabotage> allSabotages() {
    return all;
}

void sabotageDatabase(Sabotage sabotage, storage::Database& database) {
    const std::string_view trigger = triggerOf(sabotage);
    if (trigger.empty()) return;
    auto transaction = storage::Transaction::begin(database).value();
    LIQU_ASSERT(transaction.run(trigger).has_value());
    LIQU_ASSERT(transaction.commit().has_value());
}

std::unique_ptr<ports::ProvinceLink> sabotagedLine(Sabotage sabotage, ports::ProvinceLink& real) {
    if (sabotage != Sabotage::newKeyOnResend) return nullptr;
    return std::make_unique<NewKeyEachTime>(real);
}

// Soft reset of the printer class: it empties the pipes, and ends what the printer is doing.
void sabotageOpened(Sabotage sabotage, drivers::UsbDevice& printer, std::uint8_t interfaceNumber) {
    if (sabotage != Sabotage::resetBeforeIdle) return;
    LIQU_ASSERT(printer.controlOut(0x21, 0x02, 0, interfaceNumber, {}, std::chrono::seconds(1))
                    .has_value());
}

}  // namespace liqu::proof
