#include "firmware/staff/role.hpp"

#include <algorithm>
#include <array>

namespace liqu::staff {
namespace {

constexpr Role technician = Role::technician;
constexpr Role stockClerk = Role::stockClerk;
constexpr Role supervisor = Role::supervisor;
constexpr Role auditor = Role::auditor;
constexpr Role attendant = Role::attendant;

constexpr Roles everybody{technician, stockClerk, supervisor, auditor};
constexpr Roles stockKeepers{stockClerk, supervisor};
constexpr Roles handlers{technician, stockClerk, supervisor};

// In the order of Act.
constexpr std::array<ActRule, actCount> rules = {{
    {Act::viewStock, "view-stock", everybody, {}},
    {Act::viewHistory, "view-history", everybody, {}},
    {Act::viewQueue, "view-queue", everybody, {}},
    {Act::viewReports, "view-reports", everybody, {}},
    {Act::receiveBox, "receive-box", stockKeepers, handlers},
    {Act::loadLane, "load-lane", handlers, handlers},
    {Act::unloadLane, "unload-lane", handlers, handlers},
    {Act::emptyRejectBin, "empty-reject-bin", handlers, handlers},
    {Act::emptyOldCardBin, "empty-old-card-bin", handlers, handlers},
    {Act::returnBox, "return-box", stockKeepers, handlers},
    {Act::destroyCards, "destroy-cards", stockKeepers, {supervisor}},
    {Act::deliverCard, "deliver-card", stockKeepers, handlers},
    {Act::keepInCabinet, "keep-in-cabinet", handlers, handlers},
    {Act::returnHeld, "return-held", stockKeepers, handlers},
    {Act::settleFace, "settle-face", handlers, stockKeepers},
    {Act::countDay, "count-day", handlers, handlers},
    {Act::closeDay, "close-day", {supervisor}, handlers},
    {Act::settleCase, "settle-case", {supervisor}, handlers},
    {Act::correctBooks, "correct-books", {supervisor}, handlers},
    {Act::copyReport, "copy-report", {stockClerk, supervisor, auditor}, {}},
    {Act::resendFact, "resend-fact", {technician, supervisor}, {}},
    {Act::closeFact, "close-fact", {supervisor}, handlers},
    {Act::resumeMaking, "resume-making", {technician, supervisor}, {}},
    {Act::renewBooks, "renew-books", {supervisor}, handlers},
    {Act::unlockStaff, "unlock-staff", {supervisor}, {}},
    // Alone, a supervisor could make a colleague's number a second one of their own.
    {Act::resetPin, "reset-pin", {supervisor}, everybody},
    {Act::changeOwnPin,
     "change-own-pin",
     {technician, stockClerk, supervisor, auditor, attendant},
     {}},
    {Act::viewAudit, "view-audit", {supervisor, auditor}, {}},
    {Act::vouchForHolder, "vouch-for-holder", {technician, stockClerk, supervisor, attendant}, {}},
}};

constexpr bool inOrder() {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (static_cast<std::size_t>(rules[i].act) != i) return false;
    }
    return true;
}
static_assert(inOrder());

constexpr std::array<std::string_view, roleCount> roleNames = {
    "technician", "stock-clerk", "supervisor", "auditor", "attendant"};

}  // namespace

std::string_view nameOf(Role role) {
    return roleNames[static_cast<std::size_t>(role)];
}

std::optional<Role> roleNamed(std::string_view name) {
    const auto found = std::find(roleNames.begin(), roleNames.end(), name);
    if (found == roleNames.end()) return std::nullopt;
    return static_cast<Role>(found - roleNames.begin());
}

std::vector<Role> Roles::list() const {
    std::vector<Role> roles;
    for (std::size_t i = 0; i < roleCount; ++i) {
        if (has(static_cast<Role>(i))) roles.push_back(static_cast<Role>(i));
    }
    return roles;
}

std::string Roles::text() const {
    std::string text;
    for (const Role role : list()) {
        if (!text.empty()) text += ',';
        text += nameOf(role);
    }
    return text;
}

std::optional<Roles> Roles::parse(std::string_view text) {
    Roles roles;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const auto role = roleNamed(text.substr(at, end - at));
        if (!role) return std::nullopt;
        roles.add(*role);
        at = end + 1;
    }
    return roles;
}

const ActRule& ruleOf(Act act) {
    return rules[static_cast<std::size_t>(act)];
}

std::string_view nameOf(Act act) {
    return ruleOf(act).name;
}

std::optional<Act> actNamed(std::string_view name) {
    for (const ActRule& rule : rules) {
        if (rule.name == name) return rule.act;
    }
    return std::nullopt;
}

}  // namespace liqu::staff
