// Working days (工作日) of China: weekends are off, and each year's holidays move days about. A
// table for each year, kiosk-config/holidays/<year>.toml, says by which notice of the State
// Council's office it stands. What has no table is not guessed.
#pragma once

#include <filesystem>
#include <map>
#include <optional>

#include "firmware/base/config_file.hpp"

namespace liqu::policy {

class Workdays {
  public:
    // Every <year>.toml of the folder.
    static Result<Workdays> load(const std::filesystem::path& folder);

    bool knows(std::chrono::year year) const { return years_.contains(year); }
    // The year whose table is due and is not there: this one, and from the first of December the
    // next, whose notice is out by then.
    std::optional<std::chrono::year> missingOn(Date today) const;
    // The day on which so many working days after that one are over; that one does not count. None
    // where a year on the way has no table.
    std::optional<Date> after(Date from, int days) const;

  private:
    struct Year {
        std::map<std::chrono::sys_days, bool> worked;  // the days that are not as their weekday
    };
    static Result<Year> readYear(const ConfigFile& file, std::chrono::year year);
    bool isWorked(const Year& year, std::chrono::sys_days day) const;

    std::map<std::chrono::year, Year> years_;
};

}  // namespace liqu::policy
