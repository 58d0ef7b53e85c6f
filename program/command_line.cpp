// The command line of Liqu (立取).
#include "program/command_line.hpp"

#include <algorithm>
#include <memory>
#include <sstream>
#include <utility>

#include "program/cli_options.hpp"
#include "program/keeping.hpp"
#include "program/provision.hpp"
#include "program/status_command.hpp"
#include "program/stock_cli.hpp"
#include "program/support_bundle.hpp"

namespace liqu::program {
namespace {

// A command with the options every one has; the options live as long as what was chosen.
template <typename Options>
struct Added {
    CLI::App* command;
    std::shared_ptr<Options> options;
};
template <typename Options>
Added<Options> add(CLI::App& group, Chosen& chosen, const char* name, const char* says,
                   int (*run)(const Options&)) {
    const auto options = std::make_shared<Options>();
    auto* command = group.add_subcommand(name, says);
    command->callback(
        [options, run, &chosen] { chosen = [options, run] { return run(*options); }; });
    return {command, options};
}

void addMachineCommands(CLI::App& app, Chosen& chosen) {
    const auto kiosk = add(app, chosen, "kiosk", "run the kiosk until SIGTERM", runKiosk);
    addCommon(*kiosk.command, *kiosk.options);
    addPath(*kiosk.command, "--screen-map", kiosk.options->screenMap,
            "write what is on the screen to this file");
    addPath(*kiosk.command, "--transcript", kiosk.options->transcript,
            "write what is read aloud to this file, without what is private");
    kiosk.command->add_flag("--windowed", kiosk.options->windowed,
                            "a window instead of the whole screen");
    const auto init =
        add(app, chosen, "init", "make the books and the seal key of a new machine", runInit);
    addCommon(*init.command, *init.options);
    const auto check =
        add(app, chosen, "check", "look at every part, one line each, with what to do", runCheck);
    addCommon(*check.command, *check.options);
    const auto config =
        add(app, chosen, "check-config",
            "read every configuration file and say everything that is wrong", runCheckConfig);
    addPath(*config.command, "--config", config.options->config, "the machine's kiosk.toml")
        ->required();
    const auto face = add(app, chosen, "face",
                          "draw a card face with made-up values, to look at its layout", runFace);
    addPath(*face.command, "--layout", face.options->layout, "a file of card-faces/")->required();
    addPath(*face.command, "--out", face.options->out, "the PNG to write")->required();
    addPath(*face.command, "--back-out", face.options->backOut,
            "the PNG of the back, where the layout has one (--out with -back in its name)");
    addPath(*face.command, "--fonts", face.options->fonts,
            "what lists the fonts (fonts/fonts.conf beside the layout's folder)");
    const auto form =
        add(app, chosen, "slip", "draw a slip with made-up values, to look at its form", runSlip);
    addPath(*form.command, "--forms", form.options->forms, "the folder forms/")->required();
    addPath(*form.command, "--region", form.options->region,
            "a region's folder with its own forms");
    form.command->add_option("--form", form.options->form, "which one, \"loss-temporary\"")
        ->required();
    addPath(*form.command, "--out", form.options->out, "the PDF to write")->required();
    addPath(*form.command, "--fonts", form.options->fonts,
            "what lists the fonts (fonts/fonts.conf beside the forms)");
    app.add_subcommand("devices", "list what hangs on USB and PC/SC")->callback([&chosen] {
        chosen = runDevices;
    });
}

void addKeepingCommands(CLI::App& app, Chosen& chosen) {
    const auto adding = [&](const char* name, const char* says, const char* which,
                            int (*run)(const KeepingOptions&)) {
        const auto added = add(app, chosen, name, says, run);
        addPath(*added.command, "file", added.options->file, which)->required();
        addCommon(*added.command, *added.options);
        addNumber(*added.command, "--passphrase-fd", added.options->passphraseFd, 0, 1023,
                  "read the passphrase from this descriptor (the standard input)");
    };
    adding("backup", "books and keys into one sealed file, also while the kiosk runs",
           "the file to write", runBackup);
    adding("restore", "books and keys of a box that is gone, into one that has none",
           "the file of a backup", runRestore);
}

void addStatusCommand(CLI::App& app, Chosen& chosen) {
    const auto status =
        add(app, chosen, "status", "what the kiosk that runs said last of itself", runStatus);
    addPath(*status.command, "--data", status.options->data, "folder of the database")->required();
    auto* json = status.command->add_flag("--json", status.options->json, "as it was written");
    status.command
        ->add_flag("--metrics", status.options->metrics, "as Prometheus' text, for a collector")
        ->excludes(json);
}

void addProvisionCommand(CLI::App& app, Chosen& chosen) {
    const auto provision =
        add(app, chosen, "provision", "set a new box up, step by step; begun again, it goes on",
            runProvision);
    addCommon(*provision.command, *provision.options);
    addPath(*provision.command, "--file", provision.options->file,
            "box.toml, for many boxes: nothing is asked but the PINs");
    addPath(*provision.command, "--certificates", provision.options->certificates,
            "the folder of what the province sent back");
}

void addSupportBundle(CLI::App& app, Chosen& chosen) {
    const auto bundle = add(app, chosen, "support-bundle",
                            "state, figures and logs in one tar file, without anything of a person",
                            runSupportBundle);
    addPath(*bundle.command, "file", bundle.options->file, "the file to write")->required();
    addCommon(*bundle.command, *bundle.options);
}

void addOrderCommands(CLI::App& app, Chosen& chosen) {
    auto* order = app.add_subcommand("order", "orders that wait for staff");
    order->require_subcommand(1);
    const auto list = add(*order, chosen, "list",
                          "cards in the hold bin whose face must be looked at", runOrderList);
    addCommon(*list.command, *list.options);
    const auto settle =
        add(*order, chosen, "settle", "two persons looked at the face of the card", runOrderSettle);
    addCommon(*settle.command, *settle.options);
    settle.command->add_option("order", settle.options->orderId, "the order's number, as listed")
        ->required();
    settle.command
        ->add_option_function<std::string>(
            "--face",
            [options = settle.options](const std::string& face) {
                options->faceComplete = face == "complete";
            },
            "complete: it is registered and held; incomplete: it is spoiled")
        ->required()
        ->check(CLI::IsMember({"complete", "incomplete"}));
    settle.command->add_option("--by", settle.options->operatorId, "badge of the first person")
        ->required();
    settle.command
        ->add_option("--and", settle.options->secondOperatorId, "badge of the second person")
        ->required();
}

void addStaffCommands(CLI::App& app, Chosen& chosen) {
    auto* staff = app.add_subcommand("staff", "who may sign in at the machine");
    staff->require_subcommand(1);
    const auto changing = [&](const char* name, const char* says, int (*run)(const StaffOptions&)) {
        auto added = add(*staff, chosen, name, says, run);
        addCommon(*added.command, *added.options);
        added.command
            ->add_option("number", added.options->number, "staff number, one to eight digits")
            ->required();
        return added;
    };
    const auto adding = changing("add", "a new person; asks for a PIN", runStaffAdd);
    adding.command->add_option("--name", adding.options->name, "as shown to colleagues")
        ->required();
    adding.command
        ->add_option("--roles", adding.options->roles,
                     "technician, stock-clerk, supervisor, auditor, attendant; several with commas")
        ->required();
    changing("unlock", "after too many wrong PINs", runStaffUnlock);
    changing("reset-pin", "asks for a new PIN; unlocks too", runStaffResetPin);
    const auto reading = [&](const char* name, const char* says, int (*run)(const CommonOptions&)) {
        const auto added = add(*staff, chosen, name, says, run);
        addPath(*added.command, "--data", added.options->data, "folder of the database")
            ->required();
    };
    reading("list", "every account", runStaffList);
    reading("audit", "what staff did, newest first, and whether the record is whole",
            runStaffAudit);
}

void addAuditCommands(CLI::App& app, Chosen& chosen) {
    auto* audit = app.add_subcommand("audit", "the audit record, for a witness outside");
    audit->require_subcommand(1);
    const auto key =
        add(*audit, chosen, "key", "make the key of the record, once, and hand its first value out",
            runAuditKey);
    addPath(*key.command, "file", key.options->file, "the file to write")->required();
    addCommon(*key.command, *key.options);
    const auto written =
        add(*audit, chosen, "export", "the record as a file for liqu-witness", runAuditExport);
    addPath(*written.command, "file", written.options->file, "the file to write")->required();
    addPath(*written.command, "--data", written.options->data, "folder of the database")
        ->required();
}

void addEverything(CLI::App& app, Chosen& chosen) {
    app.set_version_flag("--version", LIQU_VERSION);
    app.require_subcommand(1);
    addMachineCommands(app, chosen);
    addProvisionCommand(app, chosen);
    addKeepingCommands(app, chosen);
    addStatusCommand(app, chosen);
    addSupportBundle(app, chosen);
    addStockCommands(app, chosen);
    addOrderCommands(app, chosen);
    addStaffCommands(app, chosen);
    addAuditCommands(app, chosen);
}

// Letters to put in, leave out or change until one word is the other.
std::size_t distance(const std::string& one, const std::string& other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
    for (std::size_t i = 0; i < one.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < other.size(); ++j) {
            const std::size_t changed = diagonal + (one[i] == other[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

std::string unknown(const CLI::App& group, const std::string& word) {
    constexpr std::size_t longestWord = 40;
    std::string all;
    std::string nearest;
    std::size_t least = 3;
    for (const CLI::App* command : group.get_subcommands([](const CLI::App*) { return true; })) {
        all += (all.empty() ? "" : ", ") + command->get_name();
        if (word.size() > longestWord) continue;
        if (const std::size_t far = distance(word, command->get_name()); far < least) {
            least = far;
            nearest = command->get_name();
        }
    }
    const std::string group_name = group.get_parent() == nullptr ? "" : group.get_name() + " ";
    return "liqu: there is no command \"" + group_name + word.substr(0, longestWord) + "\"" +
           (nearest.empty() ? "" : "; did you mean \"" + group_name + nearest + "\"?") +
           "\nThe commands are: " + all + "\n";
}

// What CLI11 would only call a missing subcommand.
std::string unknownCommand(const CLI::App& app, const std::vector<std::string>& words) {
    const CLI::App* group = &app;
    for (const std::string& word : words) {
        if (word.starts_with("-") || group->get_require_subcommand_min() == 0) return {};
        const auto named = group->get_subcommands(
            [&word](const CLI::App* one) { return one->get_name() == word; });
        if (named.empty()) return unknown(*group, word);
        group = named.front();
    }
    return {};
}

}  // namespace

CommandLine readCommandLine(std::vector<std::string> words) {
    CLI::App app("Liqu (立取): a kiosk that makes a social security card while you wait", "liqu");
    Chosen chosen;
    addEverything(app, chosen);
    if (std::string said = unknownCommand(app, words); !said.empty()) return {{}, 2, said};
    // CLI11 takes them from the end.
    std::ranges::reverse(words);
    try {
        app.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        std::ostringstream wrong;
        const int code = app.exit(error, out, wrong);
        return {{}, code == 0 ? 0 : 2, out.str() + wrong.str()};
    }
    return {std::move(chosen), 0, {}};
}

}  // namespace liqu::program
