#include "tests/world/main/legacy_world.hpp"

#include <fstream>
#include <map>

namespace liqu::world {

bool isLegacyFault(const std::string& verb) {
    return verb.starts_with("legacy.");
}

Result<std::unique_ptr<LegacyWorld>> LegacyWorld::start(const RunOptions& options, const Pki& pki,
                                                        const std::vector<BlankCard>& blanks) {
    std::unique_ptr<LegacyWorld> world(new LegacyWorld());
    for (const std::string& verb : options.faults) {
        if (isLegacyFault(verb)) TRY(world->faults_.arm(verb));
    }
    world->engine_ =
        TRY(LegacyEngine::create(options.sourceTree, options.legacyProvince, world->faults_));
    for (const BlankCard& blank : blanks) {
        world->engine_->books().blanks.push_back({blank.cardNumber, blank.bankCardNumber});
    }
    world->front_ = std::make_unique<LegacyFront>(*world->engine_, world->clock_);
    world->server_ = TRY(LegacyServer::start(*world->front_, world->clock_, pki));
    return world;
}

OlderLine LegacyWorld::line(const RunOptions& options) const {
    static const std::map<std::string, std::string> tables = {
        {"hn", "henan.toml"}, {"hb", "hubei.toml"}, {"jl", "jilin.toml"}};
    const LegacyProfile& profile = engine_->profile();
    return {
        "https://127.0.0.1:" + std::to_string(server_->port()),
        std::filesystem::absolute(options.configDir) / "legacy" / tables.at(options.legacyProvince),
        profile.city, profile.user, profile.password};
}

Result<void> LegacyWorld::writeEvidence(const std::filesystem::path& folder) {
    std::ofstream file(folder / "legacy-province.json", std::ios::trunc);
    file << front_->evidenceJson();
    file.close();
    if (!file) return fail(ErrorCode::fileNotWritable, "legacy-province.json");
    const auto unfired = faults_.unfired();
    if (!unfired.empty()) {
        return fail(ErrorCode::configBadValue, unfired.front() + " did not happen");
    }
    return {};
}

}  // namespace liqu::world
