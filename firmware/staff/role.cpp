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

constexpr Role archivist = Role::archivist;
constexpr Role inspector = Role::inspector;

// Who only reads the figures of the day.
constexpr Roles readers{technician, stockClerk, supervisor, auditor, inspector};
constexpr Roles everybody{technician, stockClerk, supervisor, auditor};
constexpr Roles stockKeepers{stockClerk, supervisor};
constexpr Roles handlers{technician, stockClerk, supervisor};

// In the order of Act.
constexpr std::array<ActRule, actCount> rules = {{
    {Act::viewStock, readers, {}},
    {Act::viewHistory, everybody, {}},
    {Act::viewQueue, readers, {}},
    {Act::viewReports, {technician, stockClerk, supervisor, auditor, archivist, inspector}, {}},
    {Act::viewLedger, {supervisor, auditor, archivist}, {}},
    {Act::openLedger, {supervisor, archivist}, handlers},
    {Act::receiveBox, stockKeepers, handlers},
    {Act::loadLane, handlers, handlers},
    {Act::unloadLane, handlers, handlers},
    {Act::emptyRejectBin, handlers, handlers},
    {Act::emptyOldCardBin, handlers, handlers},
    {Act::returnBox, stockKeepers, handlers},
    {Act::destroyCards, stockKeepers, {supervisor}},
    {Act::deliverCard, stockKeepers, handlers},
    {Act::keepInCabinet, handlers, handlers},
    {Act::returnHeld, stockKeepers, handlers},
    {Act::receiveHeld, stockKeepers, handlers},
    {Act::takeWrongCard, stockKeepers, handlers},
    {Act::confirmWrong, {supervisor}, {}},
    {Act::recordNotice, handlers, {}},
    {Act::settleFace, handlers, stockKeepers},
    {Act::countDay, handlers, handlers},
    {Act::closeDay, {supervisor}, handlers},
    {Act::settleCase, {supervisor}, handlers},
    {Act::correctBooks, {supervisor}, handlers},
    {Act::copyReport, {stockClerk, supervisor, auditor}, {}},
    {Act::archiveMonth, {supervisor, archivist}, {}},
    {Act::resendFact, {technician, supervisor}, {}},
    {Act::closeFact, {supervisor}, handlers},
    {Act::resumeMaking, {technician, supervisor}, {}},
    {Act::renewBooks, {supervisor}, handlers},
    {Act::unlockStaff, {supervisor}, {}},
    // Alone, a supervisor could make a colleague's number a second one of their own.
    {Act::resetPin, {supervisor}, everybody},
    {Act::changeOwnPin,
     {technician, stockClerk, supervisor, auditor, attendant, archivist, inspector},
     {}},
    {Act::viewAudit, {supervisor, auditor}, {}},
    // The accepting post's alone (Changji 4.1); whoever has another as well holds both roles.
    {Act::vouchForHolder, {attendant}, {}},
    {Act::attendService, {attendant}, {}},
    {Act::printSlip, {technician, stockClerk, supervisor}, {}},
    {Act::viewMachine, handlers, {}},
    {Act::testParts, handlers, {}},
    {Act::maintainPrinter, handlers, {}},
    {Act::clearJam, handlers, handlers},
    {Act::certifyReady, {technician, supervisor}, {}},
    {Act::trialIssue, handlers, {}},
}};

constexpr bool inOrder() {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (static_cast<std::size_t>(rules[i].act) != i) return false;
    }
    return true;
}
static_assert(inOrder());

}  // namespace

std::vector<Role> Roles::list() const {
    std::vector<Role> roles;
    for (const Role role : wordTable<Role>.values()) {
        if (has(role)) roles.push_back(role);
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
        const auto role = named<Role>(text.substr(at, end - at));
        if (!role) return std::nullopt;
        roles.add(*role);
        at = end + 1;
    }
    return roles;
}

Body bodyOf(Role role) {
    return role == Role::inspector ? Body::agency : Body::outlet;
}

bool goTogether(Roles roles) {
    const Roles accepting{technician, stockClerk, supervisor, attendant};
    if (roles.has(archivist) && roles.meets(accepting)) return false;
    bool agency = false;
    bool outlet = false;
    for (const Role role : roles.list()) (bodyOf(role) == Body::agency ? agency : outlet) = true;
    return !(agency && outlet);
}

const ActRule& ruleOf(Act act) {
    return rules[static_cast<std::size_t>(act)];
}

}  // namespace liqu::staff
