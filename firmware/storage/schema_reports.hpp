// Whether a report waits is asked at each look, however many messages do. Only schema.cpp includes
// this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfReports[] = {
    R"(CREATE INDEX outbox_reports ON outbox(happened_at)
        WHERE state = 'queued' AND message_type = 'ISSUE.REPORT')",
};

}  // namespace liqu::storage
