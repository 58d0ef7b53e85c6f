#include "tests/scenario/kiosk/older_province.hpp"

#include "firmware/base/assert.hpp"
#include "firmware/base/china_time.hpp"
#include "firmware/province/bodies.hpp"
#include "tests/world/legacy_province/told_books.hpp"
#include "tests/world/province/province_engine.hpp"

namespace liqu::scenario {
namespace {

std::unique_ptr<world::LegacyEngine> engineOf(const std::string& province,
                                              world::LegacyFaults& faults) {
    auto made = world::LegacyEngine::create(LIQU_SOURCE_DIR, province, faults);
    LIQU_ASSERT(made.has_value());
    return std::move(*made);
}

}  // namespace

OlderProvince::OlderProvince(const std::string& province, Clock& clock)
    : engine(engineOf(province, faults)), front_(*engine, clock), link(front_, clock) {}

void OlderProvince::tellIn(world::Books& books) const {
    world::tellIn(engine->books(), books);
}

std::vector<std::string> OlderProvince::complaints() const {
    std::vector<std::string> all = world::violations(engine->books());
    const auto& wrongs = engine->books().wrongs;
    all.insert(all.end(), wrongs.begin(), wrongs.end());
    return all;
}

OlderEncryption::OlderEncryption(Clock& clock, Random& random, province::Terminal terminal)
    : Adapter(clock, random, std::move(terminal)), keys_(world::simulationHsm()) {}

bool OlderEncryption::can(province::MessageType type) const {
    return type == province::MessageType::cardAuthInternal ||
           type == province::MessageType::cardAuthExternal;
}

Result<province::Reply> OlderEncryption::exchange(const province::Outgoing& message) {
    const auto asked = TRY(province::read<province::CardAuthentication>(message.body));
    const auto made =
        asked.key
            ? keys_->externalAuthentication(asked.card, *asked.key, asked.factor, asked.original)
            : keys_->internalAuthentication(asked.card, asked.factor, asked.original);
    province::Reply reply;
    reply.code = made ? province::ReplyCode::ok : province::ReplyCode::security;
    reply.detail = "NONE";
    reply.serverTime = formatChinaTime(clock().wallTime());
    if (made) reply.body = TRY(province::bodyOf(province::Cryptogram{*made}));
    return reply;
}

}  // namespace liqu::scenario
