// The commands of the program; each gives the exit code of the process.
#pragma once

#include <filesystem>
#include <string>

namespace liqu::program {

// Exit codes: 0 good, 1 something is wrong and was said, 2 the call itself was wrong.
struct CommonOptions {
    std::filesystem::path config;
    std::filesystem::path data;
};

struct KioskOptions : CommonOptions {
    std::filesystem::path screenMap;  // empty: none is written
    bool windowed = false;
};

struct OrderSettleOptions : CommonOptions {
    std::string orderId;
    bool faceComplete = false;
    std::string operatorId;
    std::string secondOperatorId;
};

struct StaffOptions : CommonOptions {
    std::string number;
    std::string name;
    std::string roles;
};

// Makes the books; every other command finds them.
int runInit(const CommonOptions& options);
int runKiosk(const KioskOptions& options);
int runCheck(const CommonOptions& options);
int runCheckConfig(const CommonOptions& options);
int runDevices();
int runOrderList(const CommonOptions& options);
int runOrderSettle(const OrderSettleOptions& options);
// PINs are read from the standard input, without an echo where that is a terminal.
int runStaffAdd(const StaffOptions& options);
int runStaffList(const CommonOptions& options);
int runStaffUnlock(const StaffOptions& options);
int runStaffResetPin(const StaffOptions& options);
int runStaffAudit(const CommonOptions& options);

}  // namespace liqu::program
