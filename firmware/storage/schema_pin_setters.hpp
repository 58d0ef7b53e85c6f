// Both people of a PIN's reset. Only schema.cpp includes this; a released list is never edited.
#pragma once

#include <string_view>

namespace liqu::storage {

inline constexpr std::string_view versionOfPinSetters[] = {
    // Who stood beside whoever set the PIN; of earlier resets the record knows.
    R"(ALTER TABLE staff ADD COLUMN pin_set_beside TEXT NOT NULL DEFAULT '')",
    R"(UPDATE staff SET pin_set_beside = coalesce((SELECT second FROM staff_audit
        WHERE act = 'reset-pin' AND object = staff.number ORDER BY line DESC LIMIT 1), ''))",
};

}  // namespace liqu::storage
