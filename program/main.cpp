// The command line of Liqu (立取).
#include <CLI/CLI.hpp>
#include <memory>

#include "program/commands.hpp"
#include "program/stock_cli.hpp"

namespace {

void addCommon(CLI::App* command, liqu::program::CommonOptions& options) {
    command->add_option("--config", options.config, "the machine's kiosk.toml")->required();
    command->add_option("--data", options.data, "folder of the database, the key and the logs")
        ->required();
}

// Options that live as long as the callbacks which read them.
void addStaffCommands(CLI::App& app, int& exitCode) {
    using namespace liqu::program;
    auto* staff = app.add_subcommand("staff", "who may sign in at the machine");
    staff->require_subcommand(1);
    const auto add = [&](const char* name, const char* says, int (*run)(const StaffOptions&)) {
        auto* command = staff->add_subcommand(name, says);
        const auto options = std::make_shared<StaffOptions>();
        addCommon(command, *options);
        command->add_option("number", options->number, "staff number, one to eight digits")
            ->required();
        command->callback([options, run, &exitCode] { exitCode = run(*options); });
        return std::pair(command, options);
    };
    const auto [adding, options] = add("add", "a new person; asks for a PIN", runStaffAdd);
    adding->add_option("--name", options->name, "as shown to colleagues")->required();
    adding
        ->add_option("--roles", options->roles,
                     "technician, stock-clerk, supervisor, auditor; several with commas")
        ->required();
    add("unlock", "after too many wrong PINs", runStaffUnlock);
    add("reset-pin", "asks for a new PIN; unlocks too", runStaffResetPin);
    const auto addReading = [&](const char* name, const char* says,
                                int (*run)(const CommonOptions&)) {
        auto* command = staff->add_subcommand(name, says);
        const auto where = std::make_shared<CommonOptions>();
        command->add_option("--data", where->data, "folder of the database")->required();
        command->callback([where, run, &exitCode] { exitCode = run(*where); });
    };
    addReading("list", "every account", runStaffList);
    addReading("audit", "what staff did, newest first, and whether the record is whole",
               runStaffAudit);
}

}  // namespace

int main(int argc, char** argv) {
    using namespace liqu::program;
    CLI::App app("Liqu (立取): a kiosk that makes a social security card while you wait");
    app.set_version_flag("--version", LIQU_VERSION);
    app.require_subcommand(1);
    int exitCode = 0;

    KioskOptions kiosk;
    auto* kioskCommand = app.add_subcommand("kiosk", "run the kiosk until SIGTERM");
    addCommon(kioskCommand, kiosk);
    kioskCommand->add_option("--screen-map", kiosk.screenMap,
                             "write what is on the screen to this file");
    kioskCommand->add_flag("--windowed", kiosk.windowed, "a window instead of the whole screen");
    kioskCommand->callback([&] { exitCode = runKiosk(kiosk); });

    CommonOptions check;
    auto* checkCommand =
        app.add_subcommand("check", "look at every part, one line each, with what to do");
    addCommon(checkCommand, check);
    checkCommand->callback([&] { exitCode = runCheck(check); });

    CommonOptions checkConfig;
    auto* configCommand = app.add_subcommand("check-config", "read every configuration file");
    configCommand->add_option("--config", checkConfig.config, "the machine's kiosk.toml")
        ->required();
    configCommand->callback([&] { exitCode = runCheckConfig(checkConfig); });

    app.add_subcommand("devices", "list what hangs on USB and PC/SC")->callback([&] {
        exitCode = runDevices();
    });

    addStockCommands(app, exitCode);

    auto* order = app.add_subcommand("order", "orders that wait for staff");
    order->require_subcommand(1);
    CommonOptions list;
    auto* listCommand =
        order->add_subcommand("list", "cards in the hold bin whose face must be looked at");
    addCommon(listCommand, list);
    listCommand->callback([&] { exitCode = runOrderList(list); });
    OrderSettleOptions settle;
    std::string face;
    auto* settleCommand =
        order->add_subcommand("settle", "two persons looked at the face of the card");
    addCommon(settleCommand, settle);
    settleCommand->add_option("order", settle.orderId, "the order's number, as listed")->required();
    settleCommand
        ->add_option("--face", face,
                     "complete: it is registered and held; incomplete: it is spoiled")
        ->required()
        ->check(CLI::IsMember({"complete", "incomplete"}));
    settleCommand->add_option("--by", settle.operatorId, "badge of the first person")->required();
    settleCommand->add_option("--and", settle.secondOperatorId, "badge of the second person")
        ->required();
    settleCommand->callback([&] {
        settle.faceComplete = face == "complete";
        exitCode = runOrderSettle(settle);
    });

    addStaffCommands(app, exitCode);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return exitCode;
}
