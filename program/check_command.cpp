// `liqu check` and `liqu check-config`: one line for each part, with what to do. What is wrong with
// one part keeps no other from being looked at.
#include <cstdio>

#include "firmware/security/self_test.hpp"
#include "firmware/session/readiness.hpp"
#include "program/advice.hpp"
#include "program/config_check.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/folder_rights.hpp"
#include "program/machine.hpp"
#include "program/province_system.hpp"
#include "program/status_file.hpp"

namespace liqu::program {
namespace {

class NoDisplay final : public screen::Display {
  public:
    void show(screen::Screen) override {}
    std::optional<screen::Action> waitForAction(Instant) override { return std::nullopt; }
    void forgetPersonalData() override {}
};

class Board {
  public:
    void line(const std::string& part, const Result<void>& good, const std::string& ok = "ok") {
        if (good) return print(part, ok);
        ++wrong_;
        print(part, describe(good.error()) + " — " + std::string(adviceFor(good.error().code)));
    }
    void line(const std::string& part, const Faults& faults) {
        if (faults.empty()) line(part, Result<void>{});
        for (const Error& fault : faults) line(part, Result<void>(fail(fault)));
    }
    void print(const std::string& part, const std::string& words) {
        std::printf("%-12s %s\n", part.c_str(), words.c_str());
    }
    int exitCode() const { return wrong_ == 0 ? 0 : 1; }

  private:
    int wrong_ = 0;
};

// The police know a reader by its security module.
std::string moduleOf(ports::IdReader& reader) {
    const auto number = reader.serialNumber();
    return number ? "ok, security module " + *number : "ok";
}

// Nothing is out of order yet; but from the new year on no day of return can be told.
void tellMissingTable(const policy::RegionPolicy& region, WallTime now, Board& board) {
    const auto missing = region.workdays.missingOn(chinaDate(now));
    if (!missing) return;
    const std::string year = std::to_string(static_cast<int>(*missing));
    board.print("holidays", "no table of " + year + ": put " + year +
                                ".toml into the region's folder of holidays, by "
                                "the notice of the State Council's office");
}

void checkMachine(Machine& machine, Board& board) {
    NoDisplay display;
    session::SessionParts parts = machine.parts(display, {});
    session::Readiness readiness(parts);
    for (const auto& part : readiness.parts()) {
        // An operator who asks waits for the dearer look.
        auto good =
            part.part == screen::MachinePart::storage ? parts.verifyBooks() : Result<void>();
        if (good) good = part.check();
        const bool isReader = part.part == screen::MachinePart::idReader;
        board.line(std::string(nameOf(part.part)), good,
                   isReader && good ? moduleOf(parts.idReader) : "ok");
    }
    board.line("certificate",
               checkOwnCertificate(machine.config().province, &parts.issuance.database,
                                   parts.issuance.clock.wallTime()));
    tellMissingTable(parts.issuance.region, parts.issuance.clock.wallTime(), board);
}

// Without books the devices and the line can still be looked at.
void checkWithoutBooks(const ConfigFiles& files, Board& board) {
    SystemClock clock;
    const auto devices = openDevices(files.kiosk, clock);
    if (!devices) {
        board.line("devices", fail(devices.error()));
    } else {
        board.line("id-reader", devices->idReader->selfTest());
        board.line("printer", devices->printer->status().map([](const ports::PrinterStatus&) {}));
        board.line("chip-reader", devices->chipReader->selfTest());
        if (devices->cardSlot != nullptr) board.line("card-slot", devices->cardSlot->selfTest());
    }
    board.print("stock", "not known without the books");
    board.print("bins", "not known without the books");
    // Whether a refused certificate is a good one under a wrong clock is asked first.
    const auto own = checkOwnCertificate(files.kiosk.province, nullptr, clock.wallTime());
    board.line("certificate", own);
    auto province = askProvince(files, clock);
    const bool refused = !province && province.error().code == ErrorCode::provinceCertificateWrong;
    board.line("province", refused && !own ? own : province);
}

Result<void> foundByKiosk(const KioskStatus::Part& part) {
    if (part.code == 0) return {};
    for (const ErrorCode code : allErrorCodes()) {
        if (numberOf(code) == part.code) return fail(code, "as the kiosk found it");
    }
    return fail(ErrorCode::storageFailed, "the kiosk found " + std::to_string(part.code));
}

// Its devices are its own: what they say it has asked itself. The books and files can be looked at.
void checkBesideKiosk(const CommonOptions& options, const ConfigFiles& files, Board& board) {
    const WallTime now = SystemClock().wallTime();
    const auto books = openForReading(options.data);
    board.line("books", books ? (*books)->verify() : fail(books.error()));
    board.line("certificate",
               checkOwnCertificate(files.kiosk.province, books ? books->get() : nullptr, now));
    const auto status = readStatus(options.data);
    if (!status) return board.line("kiosk", fail(status.error()));
    const std::string stale = staleBecause(*status, now);
    if (!stale.empty()) return board.line("kiosk", fail(ErrorCode::anotherKioskRuns, stale));
    board.print("kiosk", "runs and is " + status->serving + "; its parts, as it found them last:");
    for (const KioskStatus::Part& part : status->parts) {
        board.line(part.name, foundByKiosk(part));
    }
}

bool isAboutFiles(const Error& error) {
    return areaOf(error.code) == ErrorArea::configuration;
}

bool checkCrypto(Board& board) {
    SystemRandom random;
    const auto good = security::selfTest(random);
    if (good) {
        board.print("crypto", "ok (" + security::cryptoLibrary() + ")");
    } else {
        board.line("crypto", good);
    }
    return good.has_value();
}

}  // namespace

int runCheck(const CommonOptions& options) {
    Board board;
    // First and alone: nothing else can be asked with a library that computes wrongly.
    if (!checkCrypto(board)) return board.exitCode();
    board.line("config", faultsOfConfiguration(options.config, std::nullopt));
    const auto files = readConfiguration(options.config);
    if (!files) {
        board.print("the rest", "cannot be found before the configuration is right");
        return 1;
    }
    const auto lock = enter(options.data);
    if (!lock && lock.error().code == ErrorCode::anotherKioskRuns) {
        checkBesideKiosk(options, *files, board);
        return board.exitCode();
    }
    const auto machine = lock ? Machine::assemble(options) : fail(lock.error());
    if (machine) {
        checkMachine(**machine, board);
    } else {
        // What is wrong with the files was said above.
        if (!isAboutFiles(machine.error())) board.line("storage", fail(machine.error()));
        checkWithoutBooks(*files, board);
    }
    return board.exitCode();
}

int runCheckConfig(const CommonOptions& options) {
    const Faults faults = faultsOfConfiguration(options.config, SystemClock().wallTime());
    for (const Error& fault : faults) {
        std::fprintf(stderr, "liqu: %s — %s\n", describe(fault).c_str(),
                     std::string(adviceFor(fault.code)).c_str());
    }
    if (!faults.empty()) {
        std::fprintf(stderr, "%zu fault(s)\n", faults.size());
        return 1;
    }
    const auto files = readConfiguration(options.config);
    if (!files) return say(files.error());
    std::printf("%s is right: terminal %s, region %s, %zu lane(s)\n",
                options.config.filename().c_str(), files->kiosk.terminal.c_str(),
                files->region.policyId.c_str(), files->kiosk.lanes.size());
    return 0;
}

}  // namespace liqu::program
