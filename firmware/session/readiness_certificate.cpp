#include "firmware/session/readiness_certificate.hpp"

#include "firmware/base/whole_file.hpp"
#include "firmware/screen/error_words.hpp"
#include "firmware/security/self_test.hpp"
#include "firmware/security/sm3.hpp"
#include "firmware/session/staff_machine.hpp"
#include "firmware/session/staff_trial.hpp"
#include "firmware/storage/books_identity.hpp"

namespace liqu::session {
namespace {

using ports::ReadinessLine;

std::string clockText(WallTime at) {
    return formatChinaTime(at).substr(0, 19).replace(10, 1, " ");
}

class Collector {
  public:
    Collector(SessionParts& parts, MachineReadings& readings)
        : parts_(parts), readings_(readings), readiness_(parts) {}

    void fill(ports::ReadinessReport& report) {
        testParts(report.tests);
        addTrial(report.tests);
        readings_.readAll();
        addSensors(report.sensors);
        addPrograms(report.versions);
        addDevices(report.versions);
        addRules(report.versions);
        addKeys(report.versions);
        addClock(report.versions);
    }

  private:
    // The paper is Chinese, as all that is filed.
    std::string words(const Phrase& phrase) const {
        return parts_.words ? parts_.words(Language::chinese, phrase) : phrase.key;
    }
    std::string words(const Error& error) const {
        return words(screen::whatHappened(error.code)) + "（" +
               std::to_string(numberOf(error.code)) + "）";
    }
    ReadinessLine line(const char* key, std::string state) const {
        return {words({std::string("staff.certificate.") + key}), std::move(state)};
    }

    void testParts(std::vector<ReadinessLine>& lines) {
        for (const Readiness::Part& part : readiness_.parts()) {
            const auto result = part.check();
            if (part.part == screen::MachinePart::province) readings_.noteProvince(result);
            lines.push_back({words({"staff.part." + std::string(nameOf(part.part))}),
                             result ? words({"staff.tests.passed"}) : words(result.error()),
                             clockText(parts_.issuance.clock.wallTime()), result.has_value()});
        }
    }

    // As it came out when it was last tried: it is not tried for the report.
    void addTrial(std::vector<ReadinessLine>& lines) const {
        const auto last = desk::lastTrialIssue(parts_.issuance.database);
        ReadinessLine one{words({"staff.trial.title"}), words(lastTrialWords(last))};
        one.done = last && *last;
        if (one.done) {
            one.good = (*last)->outcome == desk::TrialOutcome::passed;
            one.state += "　" + (*last)->operatorId;
            one.readAt = clockText((*last)->at);
        }
        lines.push_back(std::move(one));
    }

    void addSensors(std::vector<ReadinessLine>& lines) {
        const std::string at = clockText(parts_.issuance.clock.wallTime());
        for (const StaffRow& row : pathTable(readings_, parts_.issuance.clock.now()).rows) {
            lines.push_back(
                {words(row.cells.at(0)), words(row.cells.at(1)), at, row.tone == Tone::plain});
        }
    }

    void addPrograms(std::vector<ReadinessLine>& lines) const {
        lines.push_back(line("program", "liqu " + parts_.firmwareVersion));
        if (parts_.builtAt) lines.push_back(line("built", clockText(*parts_.builtAt)));
        lines.push_back(line("crypto", security::cryptoLibrary()));
        const auto digest = parts_.wordsDigests.find(Language::chinese);
        if (digest != parts_.wordsDigests.end()) lines.push_back(line("words", digest->second));
    }

    void addDevices(std::vector<ReadinessLine>& lines) const {
        const auto printer = parts_.issuance.printer.identify();
        lines.push_back(line(
            "printer", printer ? printer->model + "　" + printer->serial + "　" + printer->firmware
                               : words(printer.error())));
        const auto module = parts_.idReader.serialNumber();
        lines.push_back(line("id-reader", module ? *module : words(module.error())));
    }

    void addRules(std::vector<ReadinessLine>& lines) const {
        const policy::RegionPolicy& region = parts_.issuance.region;
        lines.push_back(line("rules", region.edition()));
        if (region.term.from) lines.push_back(line("rules-from", formatDate(*region.term.from)));
        if (region.term.to) lines.push_back(line("rules-to", formatDate(*region.term.to)));
        if (!region.filing.empty()) lines.push_back(line("filing", region.filing));
        if (!parts_.config.siteFiling.empty()) {
            lines.push_back(line("site-filing", parts_.config.siteFiling));
        }
        lines.push_back(line("rules-digest", digestOfRules()));
    }

    // Of the file as it lies there now: it may be another than the one that was loaded.
    std::string digestOfRules() const {
        if (parts_.config.region.empty()) return "—";
        const auto file = readWholeFile(parts_.config.region);
        return file ? toHex(security::sm3(*file)) : words(file.error());
    }

    void addKeys(std::vector<ReadinessLine>& lines) const {
        // There is no other keeping yet: what stands here is the fallback of a machine without a
        // module for keys.
        lines.push_back(line("keys", words({"staff.certificate.keys-in-files"})));
        const auto identity = storage::identityOf(parts_.issuance.database);
        if (identity && *identity) {
            lines.push_back(line("seal-key", (*identity)->sealKeyId));
            lines.push_back(line("books", (*identity)->epoch));
        }
        if (parts_.ownCertificate) {
            lines.push_back(line("valid-until", clockText(parts_.ownCertificate->to)));
        }
    }

    void addClock(std::vector<ReadinessLine>& lines) {
        const bool compared = readiness_.isCompared() && !readiness_.disagreement();
        lines.push_back(line("clock", clockText(parts_.issuance.clock.wallTime())));
        lines.push_back(
            line("clock-province", words({compared ? "staff.certificate.clock-agrees"
                                                   : "staff.certificate.clock-not-compared"})));
    }

    SessionParts& parts_;
    MachineReadings& readings_;
    Readiness readiness_;
};

}  // namespace

ports::ReadinessReport readinessReport(SessionParts& parts, MachineReadings& readings,
                                       const std::string& by) {
    ports::ReadinessReport report;
    report.terminal = parts.config.terminal;
    report.region = parts.issuance.region.policyId;
    report.by = by;
    Collector(parts, readings).fill(report);
    report.at = parts.issuance.clock.wallTime();
    return report;
}

Result<ReportFiles> writeReadiness(const SessionParts& parts,
                                   const ports::ReadinessReport& report) {
    if (parts.documents == nullptr || parts.reports.empty()) {
        return fail(ErrorCode::fileNotWritable, "this machine writes no reports");
    }
    std::error_code error;
    std::filesystem::create_directories(parts.reports, error);
    if (error) {
        return fail(ErrorCode::fileNotWritable, parts.reports.string() + ": " + error.message());
    }
    const std::string time = formatChinaTime(report.at);
    const std::string name = parts.config.terminal + "-ready-" + formatDate(chinaDate(report.at)) +
                             "-" + time.substr(11, 2) + time.substr(14, 2);
    const ReportFiles files{parts.reports / (name + ".pdf"), parts.reports / (name + ".csv"), {}};
    TRY(parts.documents->printReadiness(report, files.pdf));
    TRY(parts.documents->writeReadinessTable(report, files.csv));
    return files;
}

}  // namespace liqu::session
