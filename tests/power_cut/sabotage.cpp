#include "tests/power_cut/sabotage.hpp"

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "firmware/base/assert.hpp"
#include "firmware/base/encoding.hpp"
#include "firmware/session/problem_page.hpp"
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

// A fact of this kind counts as delivered as soon as it is queued.
std::string untold(const std::string& messageType) {
    return "CREATE TRIGGER IF NOT EXISTS sabotage AFTER INSERT ON outbox WHEN NEW.message_type = "
           "'" +
           messageType + "' BEGIN UPDATE outbox SET state = 'delivered' WHERE fact = NEW.fact; END";
}

std::string triggerOf(Sabotage sabotage) {
    switch (sabotage) {
        case Sabotage::noIntent:
            return "CREATE TRIGGER IF NOT EXISTS sabotage BEFORE INSERT ON journal "
                   "WHEN NEW.phase = 'intent' BEGIN SELECT RAISE(IGNORE); END";
        case Sabotage::deliveredUnsent:
            return "CREATE TRIGGER IF NOT EXISTS sabotage AFTER INSERT ON outbox BEGIN "
                   "UPDATE outbox SET state = 'delivered' WHERE fact = NEW.fact; END";
        case Sabotage::feeUnregistered:
            return untold("FEE.REGISTER");
        case Sabotage::oldCardUntold:
            return untold("CARD.RECOVER");
        case Sabotage::pinUntold:
            return untold("PIN.CHANGED");
        case Sabotage::dataKept:
            return "CREATE TRIGGER IF NOT EXISTS sabotage AFTER UPDATE OF personalisation_sealed "
                   "ON orders WHEN NEW.personalisation_sealed IS NULL AND "
                   "OLD.personalisation_sealed IS NOT NULL BEGIN UPDATE orders SET "
                   "personalisation_sealed = OLD.personalisation_sealed "
                   "WHERE order_id = NEW.order_id; END";
        case Sabotage::recordChanged:
            return "CREATE TRIGGER IF NOT EXISTS sabotage AFTER INSERT ON staff_audit BEGIN "
                   "UPDATE staff_audit SET actor = 'nobody' WHERE line = NEW.line; END";
        case Sabotage::recordCutShort:
            return "CREATE TRIGGER IF NOT EXISTS sabotage AFTER INSERT ON staff_audit "
                   "WHEN NEW.line > 1 BEGIN DELETE FROM staff_audit WHERE line = NEW.line; END";
        case Sabotage::lostFactsUnsent:
            return "CREATE TRIGGER IF NOT EXISTS sabotage BEFORE UPDATE OF state ON outbox "
                   "WHEN OLD.state = 'delivered' AND NEW.state = 'queued' "
                   "BEGIN SELECT RAISE(IGNORE); END";
        case Sabotage::clockNotAsked:
            return "INSERT OR REPLACE INTO meta SELECT 'clock_ahead_until_' || value, 1000000000 "
                   "FROM json_each('[\"journal\",\"moves\",\"stock_events\",\"outbox\"]')";
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

std::string signedByTerminal(const nlohmann::json& request) {
    world::TwinSigner terminal;
    return signedText(request, [&](ByteView text) { return terminal.sign(text).value(); });
}
std::string signedByProvince(const nlohmann::json& reply) {
    world::TwinKeys province;
    return signedText(reply, [&](ByteView text) { return province.sign(text); });
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
        const auto answer = real_.exchange(path, signedByTerminal(request), patience);
        if (!answer) return answer;
        nlohmann::json reply = nlohmann::json::parse(*answer);
        reply["idemKey"] = key;
        return signedByProvince(reply);
    }

  private:
    ports::ProvinceLink& real_;
    std::map<std::string, int> sent_;
};

// The seal of a row binds its number, so that only the line can tell another one.
class NextNumber final : public ports::ProvinceLink {
  public:
    explicit NextNumber(ports::ProvinceLink& real) : real_(real) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        nlohmann::json request = nlohmann::json::parse(envelope);
        if (request.at("msgType") != "ISSUE.HANDOVER")
            return real_.exchange(path, envelope, patience);
        request["terminalSeq"] = request.at("terminalSeq").get<std::int64_t>() + 1;
        return real_.exchange(path, signedByTerminal(request), patience);
    }

  private:
    ports::ProvinceLink& real_;
};

// Whatever the province knows, the answer to a sign-in says that it knows the same.
class EverythingAgrees final : public ports::ProvinceLink {
  public:
    explicit EverythingAgrees(ports::ProvinceLink& real) : real_(real) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        auto answer = real_.exchange(path, envelope, patience);
        const nlohmann::json request = nlohmann::json::parse(envelope);
        if (!answer || request.at("msgType") != "TERM.SIGNIN") return answer;
        nlohmann::json reply = nlohmann::json::parse(*answer);
        if (!reply.contains("body")) return answer;
        nlohmann::json& body = reply["body"];
        body["epochGranted"] = true;
        body["openBizIds"] = body["missingTerminalSeqs"] = nlohmann::json::array();
        for (const char* name : {"lastTerminalSeq", "lastChain"}) {
            body[name] = request.at("body").at(name);
        }
        return signedByProvince(reply);
    }

  private:
    ports::ProvinceLink& real_;
};

// A terminal that dates its messages by the province's time, and compares that with nothing.
class TimeOfTheProvince final : public ports::ProvinceLink {
  public:
    explicit TimeOfTheProvince(ports::ProvinceLink& real) : real_(real) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        const auto answer = real_.exchange(path, envelope, patience);
        if (!answer) return answer;
        nlohmann::json reply = nlohmann::json::parse(*answer);
        if (reply.at("detail") != "CLOCK_DIFFERS") return answer;
        nlohmann::json request = nlohmann::json::parse(envelope);
        const std::string sentAt = request.at("sendTime");
        request["sendTime"] = reply.at("serverTime");
        const auto again = real_.exchange(path, signedByTerminal(request), patience);
        if (!again) return again;
        reply = nlohmann::json::parse(*again);
        reply["serverTime"] = sentAt;
        return signedByProvince(reply);
    }

  private:
    ports::ProvinceLink& real_;
};

// For a wire to which every failure of an exchange is one of the connection.
class NotHttpIsNotSent final : public ports::ProvinceLink {
  public:
    explicit NotHttpIsNotSent(ports::ProvinceLink& real) : real_(real) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        auto answer = real_.exchange(path, envelope, patience);
        if (answer || answer.error().code != ErrorCode::provinceOutcomeUnknown) return answer;
        return fail(ErrorCode::provinceUnreachable, answer.error().cause);
    }

  private:
    ports::ProvinceLink& real_;
};

class OverheardReader final : public ports::ChipReader {
  public:
    OverheardReader(ports::ChipReader& real, Overheard& chip) : real_(real), chip_(chip) {}

    Result<void> selfTest() override { return real_.selfTest(); }
    Result<Bytes> powerOn(Duration patience) override { return real_.powerOn(patience); }
    Result<Bytes> coldReset() override { return real_.coldReset(); }
    Result<Bytes> transmit(ByteView command) override {
        auto reply = real_.transmit(command);
        if (reply) chip_.reply = *reply;
        return reply;
    }
    void powerOff() override { real_.powerOff(); }

  private:
    ports::ChipReader& real_;
    Overheard& chip_;
};

// The cryptogram that should have come is the one that came: asked for just after the chip gave it.
class EveryProofIsRight final : public ports::ProvinceLink {
  public:
    EveryProofIsRight(ports::ProvinceLink& real, const Overheard& chip)
        : real_(real), chip_(chip) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        auto answer = real_.exchange(path, envelope, patience);
        const nlohmann::json request = nlohmann::json::parse(envelope);
        if (!answer || request.at("msgType") != "CARDAUTH.INT") return answer;
        nlohmann::json reply = nlohmann::json::parse(*answer);
        if (!reply.contains("body")) return answer;
        constexpr std::size_t cryptogramSize = 8;
        reply["body"]["cryptogram"] = toHex(ByteView(chip_.reply).first(cryptogramSize));
        return signedByProvince(reply);
    }

  private:
    ports::ProvinceLink& real_;
    const Overheard& chip_;
};

class LyingDisplay final : public screen::Display {
  public:
    explicit LyingDisplay(screen::Display& real) : real_(real) {}

    void show(screen::Screen screen) override {
        if (nameOf(screen.content) == "next-steps") {
            screen.content = session::problemPage({}, screen.frame.contacts);
        }
        real_.show(std::move(screen));
    }
    std::optional<screen::Action> waitForAction(Instant until) override {
        return real_.waitForAction(until);
    }
    void forgetPersonalData() override { real_.forgetPersonalData(); }

  private:
    screen::Display& real_;
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
    const std::string trigger = triggerOf(sabotage);
    if (trigger.empty()) return;
    auto transaction = storage::Transaction::begin(database).value();
    LIQU_ASSERT(transaction.run(trigger).has_value());
    LIQU_ASSERT(transaction.commit().has_value());
}

std::unique_ptr<ports::ChipReader> sabotagedReader(Sabotage sabotage, ports::ChipReader& real,
                                                   Overheard& chip) {
    if (sabotage != Sabotage::copyBelieved) return nullptr;
    return std::make_unique<OverheardReader>(real, chip);
}

std::unique_ptr<ports::ProvinceLink> sabotagedLine(Sabotage sabotage, ports::ProvinceLink& real,
                                                   const Overheard& chip) {
    if (sabotage == Sabotage::newKeyOnResend) return std::make_unique<NewKeyEachTime>(real);
    if (sabotage == Sabotage::numberSkipped) return std::make_unique<NextNumber>(real);
    if (sabotage == Sabotage::olderBooksTaken) return std::make_unique<EverythingAgrees>(real);
    if (sabotage == Sabotage::clockNotAsked) return std::make_unique<TimeOfTheProvince>(real);
    if (sabotage == Sabotage::notHttpIsNotSent) return std::make_unique<NotHttpIsNotSent>(real);
    if (sabotage == Sabotage::copyBelieved) return std::make_unique<EveryProofIsRight>(real, chip);
    return nullptr;
}

std::unique_ptr<screen::Display> sabotagedDisplay(Sabotage sabotage, screen::Display& real) {
    if (sabotage != Sabotage::screenLies) return nullptr;
    return std::make_unique<LyingDisplay>(real);
}

// Soft reset of the printer class: it empties the pipes, and ends what the printer is doing.
void sabotageOpened(Sabotage sabotage, drivers::UsbDevice& printer, std::uint8_t interfaceNumber) {
    if (sabotage != Sabotage::resetBeforeIdle) return;
    LIQU_ASSERT(printer.controlOut(0x21, 0x02, 0, interfaceNumber, {}, std::chrono::seconds(1))
                    .has_value());
}

}  // namespace liqu::proof
