// `liqu kiosk`: the window on the main thread, the visit on its own, until SIGTERM.
#include <cstdio>
#include <signal.h>
#include <thread>

#include "firmware/session/kiosk_session.hpp"
#include "program/console.hpp"
#include "program/instance_lock.hpp"
#include "program/machine.hpp"
#include "ui/screens/kiosk_window.hpp"

namespace liqu::program {
namespace {

class WindowDisplay final : public session::Display {
  public:
    WindowDisplay(ui::KioskWindow& window, Clock& clock, std::stop_token stop)
        : window_(window), clock_(clock), stop_(std::move(stop)) {}

    void show(session::Screen screen) override { window_.show(std::move(screen)); }

    std::optional<session::Action> waitForAction(Instant until) override {
        // In slices, so that a stop is heard within one of them.
        constexpr Duration slice = std::chrono::milliseconds{500};
        while (true) {
            const Duration left = until - clock_.now();
            if (auto action = window_.waitForAction(std::clamp(left, Duration{}, slice)))
                return action;
            if (left <= slice || stop_.stop_requested()) return std::nullopt;
        }
    }

    void forgetPersonalData() override { window_.forgetPersonalData(); }

  private:
    ui::KioskWindow& window_;
    Clock& clock_;
    std::stop_token stop_;
};

// SIGTERM and SIGINT ask everything to end in order; a thread of their own waits for them.
class SignalWaiter {
  public:
    SignalWaiter() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGTERM);
        sigaddset(&signals_, SIGINT);
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

bool isAboutStorage(const Error& error) {
    return numberOf(error.code) / 10000 == 5;
}

// Books that cannot be trusted: nothing is made, and whoever comes sees why, until staff come.
void showOutOfService(ui::KioskWindow& window, const Error& error, std::stop_token stop) {
    session::Screen screen;
    screen.content = session::OutOfServiceScreen{error.code};
    window.show(std::move(screen));
    window.run(std::move(stop));
}

ui::KioskWindowOptions windowOptions(const policy::WindowConfig& config,
                                     const KioskOptions& options) {
    return {{config.width, config.height, config.fullscreen && !options.windowed},
            config.strings,
            config.fonts,
            config.theme,
            options.screenMap};
}

}  // namespace

int runKiosk(const KioskOptions& options) {
    SignalWaiter signals;
    std::error_code ignored;
    std::filesystem::create_directories(options.data, ignored);
    const auto lock = InstanceLock::take(options.data);
    if (!lock) return say(lock.error());
    const auto files = readConfiguration(options.config);
    if (!files) return say(files.error());
    SystemClock clock;
    // The window first: it shows that the machine lives while everything else is opened.
    auto window = ui::KioskWindow::open(windowOptions(files->kiosk.window, options), clock);
    if (!window) return say(window.error());
    (*window)->show({});
    (*window)->turn(Duration{});
    auto machine = Machine::assemble(options);
    std::stop_source stop;
    if (!machine) {
        say(machine.error());
        if (isAboutStorage(machine.error())) {
            signals.start(stop);
            showOutOfService(**window, machine.error(), stop.get_token());
        }
        return 1;
    }
    signals.start(stop);
    (*machine)->log().info("liqu " LIQU_VERSION " starts, terminal " +
                           (*machine)->config().terminal);
    (*machine)->startSender();
    {
        WindowDisplay display(**window, clock, stop.get_token());
        session::SessionParts parts = (*machine)->parts(display, stop.get_token());
        std::jthread kiosk([&parts, stop]() mutable {
            session::KioskSession(parts).run();
            stop.request_stop();
        });
        (*window)->run(stop.get_token());
        stop.request_stop();
    }
    (*machine)->log().info("liqu ends in order");
    return 0;
}

}  // namespace liqu::program
