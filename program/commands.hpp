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
    std::filesystem::path screenMap;   // empty: none is written
    std::filesystem::path transcript;  // the same
    bool windowed = false;
};

struct OrderSettleOptions : CommonOptions {
    std::string orderId;
    bool faceComplete = false;
    std::string operatorId;
    std::string secondOperatorId;
};

struct FaceOptions {
    std::filesystem::path layout;
    std::filesystem::path fonts;  // empty: fonts/fonts.conf beside the layout's folder
    std::filesystem::path out;
    std::filesystem::path backOut;  // empty: "-back" is put into the name of `out`
};

struct SlipOptions {
    std::filesystem::path forms;
    std::filesystem::path region;  // the folder of its own forms; empty: the common ones
    std::filesystem::path fonts;   // empty: fonts/fonts.conf beside the forms
    std::string form;
    std::filesystem::path out;
};

struct StaffOptions : CommonOptions {
    std::string number;
    std::string name;
    std::string roles;
};

struct AuditOptions : CommonOptions {
    std::filesystem::path file;  // to be written
};

// Makes the books; every other command finds them.
int runInit(const CommonOptions& options);
int runKiosk(const KioskOptions& options);
int runCheck(const CommonOptions& options);
int runCheckConfig(const CommonOptions& options);
int runDevices();
// Draws a card of nobody: nothing of a machine is needed but the layout and its fonts.
int runFace(const FaceOptions& options);
// Draws a slip of nobody: nothing of a machine is needed but the forms and the fonts.
int runSlip(const SlipOptions& options);
int runOrderList(const CommonOptions& options);
int runOrderSettle(const OrderSettleOptions& options);
// PINs are read from the standard input, without an echo where that is a terminal.
int runStaffAdd(const StaffOptions& options);
int runStaffList(const CommonOptions& options);
int runStaffUnlock(const StaffOptions& options);
int runStaffResetPin(const StaffOptions& options);
int runStaffAudit(const CommonOptions& options);
// The key of the audit record, made once; its first value goes into the file.
int runAuditKey(const AuditOptions& options);
// The record as a file for liqu-witness.
int runAuditExport(const AuditOptions& options);

}  // namespace liqu::program
