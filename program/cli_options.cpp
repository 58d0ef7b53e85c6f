#include "program/cli_options.hpp"

#include "firmware/base/china_time.hpp"

namespace liqu::program {
namespace {

// Empty, or what is wrong; as CLI11 asks for it.
std::string absolutePath(std::string& text) {
    std::error_code error;
    const auto path = std::filesystem::absolute(text, error);
    if (text.empty() || error) return "a path must be named here";
    text = path.lexically_normal().string();
    return {};
}

std::string dayThatIs(std::string& text) {
    const auto date = parseDate(text);
    return date ? std::string() : "\"" + text + "\" is no day; days are written yyyymmdd";
}

std::string monthThatIs(std::string& text) {
    const bool isMonth = text.size() == 6 && parseDate(text + "01");
    return isMonth ? std::string() : "\"" + text + "\" is no month; months are written yyyymm";
}

}  // namespace

CLI::Option* addPath(CLI::App& command, const std::string& name, std::filesystem::path& path,
                     const std::string& says) {
    return command.add_option(name, path, says)
        ->transform(CLI::Validator(absolutePath, "PATH", "path"));
}

CLI::Option* addDay(CLI::App& command, const std::string& name, std::string& day,
                    const std::string& says) {
    return command.add_option(name, day, says)->check(CLI::Validator(dayThatIs, "DAY", "day"));
}

CLI::Option* addMonth(CLI::App& command, const std::string& name, std::string& month,
                      const std::string& says) {
    return command.add_option(name, month, says)
        ->check(CLI::Validator(monthThatIs, "MONTH", "month"));
}

void addCommon(CLI::App& command, CommonOptions& options) {
    addPath(command, "--config", options.config, "the machine's kiosk.toml")->required();
    addPath(command, "--data", options.data, "folder of the database, the key and the logs")
        ->required();
}

}  // namespace liqu::program
