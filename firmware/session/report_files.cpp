#include "firmware/session/report_files.hpp"

#include <sys/stat.h>

#include "firmware/base/whole_file.hpp"

namespace liqu::session {
namespace {

// The empty folder a stick would be mounted on is no stick: a report written there would be lost
// sight of.
bool isMounted(const std::filesystem::path& folder) {
    struct stat here {};
    struct stat above {};
    return ::stat(folder.c_str(), &here) == 0 && ::stat((folder / "..").c_str(), &above) == 0 &&
           here.st_dev != above.st_dev;
}

}  // namespace

ReportFiles reportFilesOf(const SessionParts& parts, const std::string& day) {
    const std::string name = parts.config.terminal + "-" + day;
    return {parts.reports / (name + ".pdf"), parts.reports / (name + ".csv"),
            parts.reports / (name + "-slip.png")};
}

bool areWritten(const ReportFiles& files) {
    std::error_code error;
    return std::filesystem::exists(files.pdf, error) && std::filesystem::exists(files.csv, error) &&
           std::filesystem::exists(files.slip, error);
}

Result<ReportFiles> writeReport(const SessionParts& parts, const ports::DayReport& report) {
    if (parts.documents == nullptr || parts.reports.empty()) {
        return fail(ErrorCode::fileNotWritable, "this machine writes no reports");
    }
    std::error_code error;
    std::filesystem::create_directories(parts.reports, error);
    if (error) {
        return fail(ErrorCode::fileNotWritable, parts.reports.string() + ": " + error.message());
    }
    const ReportFiles files = reportFilesOf(parts, report.day);
    TRY(parts.documents->printDayReport(report, files.pdf));
    TRY(parts.documents->writeDayTable(report, files.csv));
    TRY(parts.documents->drawDaySlip(report, files.slip));
    return files;
}

Result<std::filesystem::path> copyToStick(const policy::StaffConfig& config,
                                          const ReportFiles& files) {
    std::error_code error;
    if (!std::filesystem::is_directory(config.stick, error)) {
        return fail(ErrorCode::stickMissing, config.stick.string() + " is not there");
    }
    if (!config.stickIsFolder && !isMounted(config.stick)) {
        return fail(ErrorCode::stickMissing, "nothing is mounted at " + config.stick.string());
    }
    for (const std::filesystem::path& file : {files.pdf, files.csv}) {
        const Bytes content = TRY(readWholeFile(file));
        const auto written =
            writeWholeFile(config.stick / file.filename(), content, FolderLink::refused);
        if (!written) return fail(ErrorCode::stickPulled, written.error().cause);
    }
    return config.stick;
}

}  // namespace liqu::session
