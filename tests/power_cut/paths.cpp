#include "tests/power_cut/paths.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "firmware/base/assert.hpp"
#include "tests/power_cut/own_card.hpp"
#include "tests/power_cut/staff_acts.hpp"
#include "tests/scenario/kiosk/attendant.hpp"
#include "tests/scenario/kiosk/fault_table.hpp"

namespace liqu::proof {
namespace {

using policy::ServiceMode;

constexpr std::array<std::string_view, 22> kindNames = {
    "first-card",   "replacement", "led-on",       "kept-blank", "second-holder", "full-log",
    "report-loss",  "formal-loss", "release-loss", "pay-fee",    "change-pin",    "exchange",
    "enable-card",  "withdraw",    "change-data",  "load-box",   "empty-bin",     "hand-over",
    "look-at-face", "close-day",   "to-cabinet",   "to-bank"};

constexpr std::string_view refusesBlank = "chip.foreign";

using StaffScript = void (*)(scenario::SimulatedKiosk&);
StaffScript scriptOf(VisitKind kind) {
    switch (kind) {
        case VisitKind::loadBox:
            return receiveAndLoadBox;
        case VisitKind::emptyBin:
            return emptyRejectBin;
        case VisitKind::handOver:
            return handOverHeldCard;
        case VisitKind::lookAtFace:
            return lookAtFaceInDoubt;
        case VisitKind::closeDay:
            return closeTheDay;
        case VisitKind::toCabinet:
            return keepInCabinet;
        case VisitKind::toBank:
            return returnToBank;
        default:
            return nullptr;
    }
}

// What happened before staff came.
std::string_view faultBefore(VisitKind kind) {
    switch (kind) {
        case VisitKind::ledOn:
            return "printer.misfeed";
        case VisitKind::keptBlank:
            return "province.refuses@PERSO.GET";
        case VisitKind::emptyBin:
            return "chip.6581@name";
        case VisitKind::handOver:
        case VisitKind::toCabinet:
        case VisitKind::toBank:
            return "holder.walks-away@take-card";
        case VisitKind::lookAtFace:
            return "printer.unplug@print";
        default:
            return {};
    }
}

// Faults that the world asks for while it is built, or that stand from the first moment.
bool mustBeThereFromTheStart(const std::string& verb) {
    return verb.starts_with("printer.wrong-bank");
}

bool isAboutLoss(const scenario::FaultRow& row) {
    return row.service == "loss-temporary";
}

policy::ServiceRule ruleOf(ServiceMode mode, std::map<std::string, std::int64_t> terms) {
    policy::ServiceRule rule;
    rule.mode = mode;
    rule.basis = "Guangdong Art.16, 18, 27";
    rule.terms = {terms.begin(), terms.end()};
    return rule;
}

void takesFees(scenario::KioskSettings& settings) {
    settings.region.fee = {.channel = policy::FeeChannel::qr,
                           .collector = {"样例财政", "the treasury"}};
}

// What the machine and its region have beside the shipped ones.
ProofKiosk::Adapt adaptFor(VisitKind kind) {
    switch (kind) {
        case VisitKind::formalLoss:
        case VisitKind::releaseLoss:
            return [](scenario::KioskSettings& settings) {
                for (const char* id : {"loss-formal", "loss-release"})
                    settings.region.services.at(id).mode = ServiceMode::attended;
            };
        case VisitKind::payFee:
            return takesFees;
        case VisitKind::withdraw:
            return [](scenario::KioskSettings& settings) {
                takesFees(settings);
                settings.region.services["withdraw"] =
                    ruleOf(ServiceMode::self, {{"firstCard", 1}});
            };
        case VisitKind::changePin:
            return [](scenario::KioskSettings& settings) {
                settings.takesPins = true;
                settings.region.services["pin-change"] = ruleOf(
                    ServiceMode::self, {{"offline", 0}, {"idRequired", 1}, {"otherProvinces", 0}});
            };
        case VisitKind::exchange:
            return [](scenario::KioskSettings& settings) {
                settings.region.services["exchange-damaged"] = ruleOf(ServiceMode::attended, {});
            };
        case VisitKind::enableCard:
            return [](scenario::KioskSettings& settings) {
                settings.takesPins = true;
                settings.region.services["enable"] =
                    ruleOf(ServiceMode::attended, {{"firstPin", 1}, {"temporaryCardBlocks", 0}});
            };
        case VisitKind::changeData:
            return [](scenario::KioskSettings& settings) {
                settings.region.services["data-change"] =
                    ruleOf(ServiceMode::attended,
                           {{"phone", 1}, {"occupation", 1}, {"mailingAddress", 1}});
            };
        default:
            return nullptr;
    }
}

// Who is there, and what they have with them.
void prepare(VisitKind kind, scenario::SimulatedKiosk& kiosk) {
    constexpr std::array attended = {VisitKind::formalLoss, VisitKind::releaseLoss,
                                     VisitKind::exchange, VisitKind::enableCard,
                                     VisitKind::changeData};
    if (std::ranges::find(attended, kind) != attended.end()) {
        scenario::addAttendant(kiosk);
        kiosk.citizen().attendant = scenario::attendantTypes();
    }
    world::Books& province = kiosk.outside().province();
    world::Card& card = *province.cardsOf(scenario::cardHolder().number).at(0);
    if (kind == VisitKind::releaseLoss) {
        card.state = "TEMP_LOST";
        card.bankBlocked = true;
    }
    province.feesAtTerminals = kind == VisitKind::payFee || kind == VisitKind::withdraw;
    if (kind == VisitKind::changePin) bringsOwnCard(kiosk, itsOwnPin);
    if (kind == VisitKind::enableCard) {
        bringsOwnCard(kiosk, itsFirstPin);
        card.state = "NOT_ENABLED";
        card.everEnabled = false;
    }
}

// SQLite folds its log into the database at 1000 pages: leave it a little short of that.
void fillLog(ProofKiosk& kiosk) {
    constexpr std::size_t nearlyFull = 965ull * 4120;
    const auto length = [&kiosk] {
        const FileContent* log = kiosk.vfs.disk().find("kiosk.db-wal");
        return log == nullptr ? 0 : log->size();
    };
    int round = 0;
    while (length() < nearlyFull) {
        auto transaction = storage::Transaction::begin(kiosk.kiosk.database()).value();
        LIQU_ASSERT(
            transaction
                .run("INSERT OR REPLACE INTO meta VALUES('worn', ?)", {std::int64_t{++round}})
                .has_value());
        LIQU_ASSERT(transaction.commit().has_value());
    }
}

}  // namespace

std::string Path::name() const {
    std::string text(kindNames[static_cast<std::size_t>(kind)]);
    for (const std::string& verb : faults) text += "+" + verb;
    return text;
}

std::vector<Path> allPaths() {
    std::vector<Path> paths;
    constexpr std::array kinds = {VisitKind::firstCard,    VisitKind::replacement,
                                  VisitKind::ledOn,        VisitKind::keptBlank,
                                  VisitKind::secondHolder, VisitKind::fullLog};
    for (const VisitKind kind : kinds) paths.push_back({kind, {}, Sabotage::none});
    for (const VisitKind kind :
         {VisitKind::reportLoss, VisitKind::formalLoss, VisitKind::releaseLoss, VisitKind::payFee,
          VisitKind::changePin, VisitKind::exchange, VisitKind::enableCard, VisitKind::withdraw,
          VisitKind::changeData, VisitKind::loadBox, VisitKind::emptyBin, VisitKind::handOver,
          VisitKind::lookAtFace, VisitKind::closeDay, VisitKind::toCabinet, VisitKind::toBank}) {
        paths.push_back({kind, {}, Sabotage::none});
    }
    // Two blanks in a row are refused for one cause: nothing more is fed until staff say so.
    const std::string refused(refusesBlank);
    paths.push_back({VisitKind::firstCard, {refused, refused}, Sabotage::none});
    const auto withFaults = [&paths](VisitKind kind, const scenario::FaultRow& row) {
        Path path{kind, {}, Sabotage::none};
        std::istringstream words{std::string(row.fault)};
        for (std::string verb; words >> verb;) path.faults.push_back(verb);
        paths.push_back(std::move(path));
    };
    for (const scenario::FaultRow& row : scenario::faultTable()) {
        if (isAboutLoss(row)) withFaults(VisitKind::reportLoss, row);
    }
    for (const VisitKind kind : kinds) {
        for (const scenario::FaultRow& row : scenario::faultTable()) {
            if (isAboutLoss(row)) continue;
            // Somebody who is pending already cannot be planted as pending once more.
            const bool isPending = kind == VisitKind::ledOn || kind == VisitKind::keptBlank;
            if (isPending && row.fault == "province.person-pending") continue;
            withFaults(kind, row);
        }
    }
    return paths;
}

std::unique_ptr<ProofKiosk> kioskFor(const Path& path) {
    std::vector<std::string> early;
    for (const std::string& verb : path.faults) {
        if (mustBeThereFromTheStart(verb)) early.push_back(verb);
    }
    auto made = std::make_unique<ProofKiosk>(early, path.sabotage, adaptFor(path.kind));
    scenario::SimulatedKiosk& kiosk = made->kiosk;
    prepare(path.kind, kiosk);
    world::FaultPlan& faults = kiosk.outside().faults;
    if (const std::string_view verb = faultBefore(path.kind); !verb.empty()) {
        LIQU_ASSERT(faults.arm(verb).has_value());
        kiosk.serve();
        kiosk.outside().printer->plugIn();
        kiosk.settle();
        faults.mend("");
    }
    if (path.kind == VisitKind::toCabinet || path.kind == VisitKind::toBank) {
        constexpr auto pastHoldDays = std::chrono::hours{24 * 8};
        kiosk.outside().clock.sleepFor(pastHoldDays);
    }
    if (path.kind == VisitKind::toBank) keepInCabinet(kiosk);
    if (path.kind == VisitKind::withdraw) {
        made->fees.service.paysAfter.reset();
        kiosk.serve(scenario::feeOwer(), "replacement");
        kiosk.settle();
    }
    if (path.kind == VisitKind::secondHolder) {
        kiosk.serve(world::documents::permit());
        kiosk.settle();
    }
    if (path.kind == VisitKind::fullLog) fillLog(*made);
    for (const std::string& verb : path.faults) {
        if (!mustBeThereFromTheStart(verb)) LIQU_ASSERT(faults.arm(verb).has_value());
    }
    if (const StaffScript script = scriptOf(path.kind); script != nullptr) {
        made->staffGoOn = [script, &kiosk] { script(kiosk); };
    }
    made->watch.restartCount();
    return made;
}

bool isOfStaff(VisitKind kind) {
    return scriptOf(kind) != nullptr;
}

void walk(const Path& path, ProofKiosk& kiosk) {
    if (const StaffScript script = scriptOf(path.kind); script != nullptr) {
        script(kiosk.kiosk);
        kiosk.kiosk.settle(6);
        return;
    }
    switch (path.kind) {
        case VisitKind::replacement:
            kiosk.kiosk.serve(scenario::lostCardHolder(), "replacement");
            break;
        case VisitKind::reportLoss:
            kiosk.kiosk.serve(scenario::cardHolder(), "loss-temporary");
            break;
        case VisitKind::formalLoss:
            kiosk.kiosk.serve(scenario::cardHolder(), "loss-formal");
            break;
        case VisitKind::releaseLoss:
            kiosk.kiosk.serve(scenario::cardHolder(), "loss-release");
            break;
        case VisitKind::payFee:
            kiosk.kiosk.serve(scenario::feeOwer(), "replacement");
            break;
        case VisitKind::changePin:
            kiosk.kiosk.serve(scenario::cardHolder(), "pin-change");
            break;
        case VisitKind::exchange:
            kiosk.kiosk.serve(scenario::cardHolder(), "exchange-damaged");
            break;
        case VisitKind::enableCard:
            kiosk.kiosk.serve(scenario::cardHolder(), "enable");
            break;
        case VisitKind::withdraw:
            kiosk.kiosk.serve(scenario::feeOwer(), "withdraw");
            break;
        case VisitKind::changeData:
            kiosk.kiosk.serve(scenario::cardHolder(), "data-change");
            break;
        default:
            kiosk.kiosk.serve();
            break;
    }
    // What the visit left open is settled on the way, and can be cut as well.
    kiosk.kiosk.settle(6);
}

}  // namespace liqu::proof
