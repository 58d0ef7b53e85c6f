// `liqu kiosk`: the window on the main thread, the visit on its own, until SIGTERM.
#include <cstdio>
#include <cstdlib>
#include <signal.h>
#include <thread>

#include "firmware/base/memory_care.hpp"
#include "firmware/desk/audit_care.hpp"
#include "firmware/security/self_test.hpp"
#include "firmware/session/kiosk_session.hpp"
#include "program/console.hpp"
#include "program/data_folder.hpp"
#include "program/heartbeat.hpp"
#include "program/keeping.hpp"
#include "program/machine.hpp"
#include "program/service_manager.hpp"
#include "program/status_file.hpp"
#include "ui/screens/kiosk_window.hpp"
#include "ui/toolkit/picture_file.hpp"

namespace liqu::program {
namespace {

class WindowDisplay final : public screen::Display {
  public:
    WindowDisplay(ui::KioskWindow& window, Heartbeat& heartbeat, Clock& clock, std::stop_token stop)
        : window_(window), heartbeat_(heartbeat), clock_(clock), stop_(std::move(stop)) {}

    void show(screen::Screen screen) override {
        heartbeat_.turned();
        window_.show(std::move(screen));
    }

    std::optional<screen::Action> waitForAction(Instant until) override {
        // In slices, so that a stop is heard within one of them.
        constexpr Duration slice = std::chrono::milliseconds{500};
        while (true) {
            heartbeat_.turned();
            const Duration left = until - clock_.now();
            if (auto action = window_.waitForAction(std::clamp(left, Duration{}, slice)))
                return action;
            if (left <= slice || stop_.stop_requested()) return std::nullopt;
        }
    }

    void forgetPersonalData() override { window_.forgetPersonalData(); }

  private:
    ui::KioskWindow& window_;
    Heartbeat& heartbeat_;
    Clock& clock_;
    std::stop_token stop_;
};

// Whatever asks a program to end asks this one to end in order: SIGTERM, SIGINT, SIGHUP (the
// terminal it was started from is gone), SIGQUIT. A thread of their own waits for them.
class SignalWaiter {
  public:
    SignalWaiter() {
        sigemptyset(&signals_);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) sigaddset(&signals_, signal);
        // SIGUSR1 ends the waiting itself.
        sigaddset(&signals_, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }
    void start(std::stop_source stop) {
        thread_ = std::thread([this, stop = std::move(stop)]() mutable {
            int signal = 0;
            sigwait(&signals_, &signal);
            stop.request_stop();
        });
    }
    ~SignalWaiter() {
        if (!thread_.joinable()) return;
        pthread_kill(thread_.native_handle(), SIGUSR1);
        thread_.join();
    }

  private:
    sigset_t signals_{};
    std::thread thread_;
};

// What staff or time may mend while the machine stands there.
bool mayPass(const Error& error) {
    return error.code == ErrorCode::storageFull || error.code == ErrorCode::fileNotWritable ||
           error.code == ErrorCode::fileNotReadable || error.code == ErrorCode::storageFailed;
}

constexpr Duration retryRhythm = std::chrono::seconds{30};
constexpr Duration slice = std::chrono::milliseconds{500};
// What a loop may be late by: the window between two pictures, and while the books are opened and
// looked through.
constexpr Duration windowTurns = std::chrono::seconds{10};
constexpr Duration machineOpens = std::chrono::minutes{3};

// What the whole of a kiosk's process lends to what runs in it.
struct Process {
    SystemClock clock;
    Heartbeat heartbeat{clock};
    ServiceManager manager = ServiceManager::ofEnvironment();
    std::stop_source stop;
};

// Books or files that cannot be used: nothing is made, and whoever comes sees why. True when it is
// to be tried again; false when the kiosk must stop.
bool showOutOfService(ui::KioskWindow& window, const Error& error, Process& process) {
    screen::Screen screen;
    screen.content = screen::OutOfServiceScreen{error.code};
    window.show(std::move(screen));
    process.heartbeat.expect(Loop::window, windowTurns);
    const Instant retry = process.clock.now() + retryRhythm;
    while (!process.stop.stop_requested() && window.turn(slice)) {
        process.heartbeat.turned(Loop::window);
        if (mayPass(error) && process.clock.now() >= retry) return true;
    }
    return false;
}

// A library that computes otherwise than the standards must not touch a key, a chip or the books.
Result<std::unique_ptr<Machine>> assembleTested(const KioskOptions& options, Heartbeat& heartbeat,
                                                const ui::Dictionary& words) {
    SystemRandom random;
    TRY(security::selfTest(random));
    return Machine::assemble(options, &heartbeat, &words);
}

// Without rules that can be read the window says so, in the words of every region.
std::filesystem::path regionWords(const policy::KioskConfig& config) {
    const auto region = policy::loadRegionPolicy(config.region, hereOf(config));
    return region ? region->words : std::filesystem::path();
}

// Voice, words and pictures are drawn, joined and read by programs that lie beside this one.
std::filesystem::path besideThis(const char* program) {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / program;
}

ui::VoiceOptions voiceOptions(const policy::SoundConfig& sound, const KioskOptions& options) {
    return {.program = besideThis("liqu-voice"),
            .clips = sound.clips,
            .earcons = sound.earcons,
            .loudspeaker = sound.loudspeaker,
            .headphones = sound.headphones,
            .transcript = options.transcript,
            .jack = sound.jack,
            .keys = sound.keys};
}

// The service has a folder for what can be made again; else it lies beside the books.
ui::PictureOptions pictureOptions(const policy::WindowConfig& window, const KioskOptions& options) {
    const char* cache = std::getenv("CACHE_DIRECTORY");
    const std::filesystem::path kept = cache != nullptr ? cache : options.data;
    return {.folder = ui::picturesBeside(window.theme),
            .painter = besideThis("liqu-pictures"),
            .cache = kept / "pictures"};
}

ui::KioskWindowOptions windowOptions(const policy::KioskConfig& machine,
                                     const KioskOptions& options) {
    const policy::WindowConfig& config = machine.window;
    return {.window = {config.width, config.height, config.fullscreen && !options.windowed},
            .strings = config.strings,
            .regionWords = regionWords(machine),
            .wordBreaks = besideThis("liqu-words"),
            .fonts = config.fonts,
            .theme = config.theme,
            .pictures = pictureOptions(config, options),
            .shortSideMm = static_cast<float>(config.shortSideMm),
            .screenMap = options.screenMap,
            .voice = voiceOptions(machine.sound, options)};
}

struct Assembled {
    std::unique_ptr<InstanceLock> lock;
    std::unique_ptr<Machine> machine;
};

Result<Assembled> assemble(const KioskOptions& options, std::unique_ptr<InstanceLock> lock,
                           Heartbeat& heartbeat, const ui::Dictionary& words) {
    heartbeat.expect(Loop::window, machineOpens);
    heartbeat.turned(Loop::window);
    if (!lock) lock = std::make_unique<InstanceLock>(TRY(enter(options.data)));
    auto machine = TRY(assembleTested(options, heartbeat, words));
    return Assembled{std::move(lock), std::move(machine)};
}

// The window lives while the machine is being put together, and says why where it cannot be.
std::unique_ptr<Assembled> assembleBehind(ui::KioskWindow& window, const KioskOptions& options,
                                          std::unique_ptr<InstanceLock> lock, Process& process) {
    while (true) {
        auto assembled = assemble(options, std::move(lock), process.heartbeat, window.words());
        if (assembled) return std::make_unique<Assembled>(std::move(*assembled));
        say(assembled.error());
        if (!showOutOfService(window, assembled.error(), process)) return nullptr;
    }
}

std::string describe(const policy::RegionPolicy& region) {
    std::string line = "rules " + region.edition();
    for (const auto& [name, document] : region.documents) line += ", " + document;
    if (!region.filing.empty()) line += ", filed as " + region.filing;
    if (region.term.from) line += ", from " + formatDate(*region.term.from);
    if (region.term.to) line += ", to " + formatDate(*region.term.to);
    return line;
}

void tellWhatRuns(Machine& machine) {
    machine.log().info("liqu " LIQU_VERSION " starts, terminal " + machine.config().terminal +
                       ", " + security::cryptoLibrary());
    machine.log().info(describe(machine.region()));
    for (const auto& [id, rule] : machine.region().services) {
        machine.log().info("service " + id + ": " + std::string(nameOf(rule.mode)) + ", by " +
                           rule.basis);
    }
}

// On the thread of the books. The kiosk runs without the line as well; that it is missing is said.
void recordRun(session::SessionParts& parts, const char* act, const std::string& digest) {
    const auto written = desk::recordRun(parts.issuance.database, act, parts.firmwareVersion,
                                         digest, parts.issuance.clock.wallTime());
    if (!written) parts.log.trouble("record of acts", written.error());
}

void serve(Machine& machine, const KioskOptions& options, ui::KioskWindow& window,
           Process& process) {
    tellWhatRuns(machine);
    Heartbeat& heartbeat = process.heartbeat;
    std::stop_source& stop = process.stop;
    machine.startSender();
    {
        WindowDisplay display(window, heartbeat, process.clock, stop.get_token());
        session::SessionParts parts = machine.parts(display, stop.get_token());
        session::StateBoard board(process.clock);
        const std::string digest =
            configDigest(options.config, machine.config().region).value_or("");
        const StatusWriter status(
            {machine.config(), machine.region(), options.data, digest, board, process.clock},
            machine.log());
        heartbeat.expect(Loop::kiosk, machine.longestQuiet());
        std::jthread kiosk([&parts, &board, &heartbeat, &digest, stop]() mutable {
            heartbeat.turned(Loop::kiosk);
            recordRun(parts, "start", digest);
            session::KioskSession(parts, &board).run();
            recordRun(parts, "stop", digest);
            heartbeat.end(Loop::kiosk);
            stop.request_stop();
        });
        heartbeat.expect(Loop::window, windowTurns);
        // Where nobody watches, the window sleeps until there is something to draw.
        const auto watched = process.manager.watches();
        window.run(stop.get_token(), watched ? std::optional(windowTurns / 2) : std::nullopt, [&] {
            heartbeat.turned(Loop::window);
            for (const Error& fault : window.takePictureFaults())
                machine.log().trouble("picture", fault);
        });
        heartbeat.end(Loop::window);
        stop.request_stop();
    }
    machine.log().info("liqu ends in order");
}

// Standard error: the journal of the service has it, also where the log cannot be written.
void tellWhoIsLate(Loop loop) {
    std::fprintf(stderr,
                 "liqu: the loop of the %s has not turned in time; the watchdog is not fed\n",
                 std::string(wordOf(loop)).c_str());
}

}  // namespace

int runKiosk(const KioskOptions& options) {
    keepHeapSmall();
    SignalWaiter signals;
    Process process;
    // Two kiosks must not meet at one window; what else is wrong with the folder is shown in it.
    auto taken = enter(options.data);
    if (!taken && taken.error().code == ErrorCode::anotherKioskRuns) return say(taken.error());
    auto lock = taken ? std::make_unique<InstanceLock>(std::move(*taken)) : nullptr;
    const auto config = policy::loadKioskConfig(options.config);
    if (!config) return say(config.error());
    // The window first: it shows that the machine lives while everything else is opened.
    auto window = ui::KioskWindow::open(windowOptions(*config, options), process.clock);
    if (!window) {
        if (!lock) say(taken.error());
        return say(window.error());
    }
    (*window)->show({});
    (*window)->turn(Duration{});
    signals.start(process.stop);
    const WatchdogFeeder feeder(process.manager, process.heartbeat, tellWhoIsLate);
    process.manager.tell("READY=1");
    const auto assembled = assembleBehind(**window, options, std::move(lock), process);
    if (assembled) serve(*assembled->machine, options, **window, process);
    process.manager.tell("STOPPING=1");
    return assembled ? 0 : 1;
}

}  // namespace liqu::program
