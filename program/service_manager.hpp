// The manager of services that started this program (systemd, sd_notify(3)): told when the kiosk is
// there, and fed while its loops turn. The protocol is a line of text in a datagram, so it is
// spoken here: libsystemd would be one more library, with its compressors, beside the keys.
// ServiceManager: any thread once it was made; the feeder has a thread of its own.
#pragma once

#include <functional>
#include <string_view>
#include <thread>

#include "firmware/base/plain_file.hpp"
#include "program/heartbeat.hpp"

namespace liqu::program {

class ServiceManager {
  public:
    // Of NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, which are taken out: what this program
    // starts must not speak for it. Before another thread starts.
    static ServiceManager ofEnvironment();

    // "READY=1". Where nobody listens nothing happens.
    void tell(std::string_view line) const;
    // So often it wants to be fed; none: it does not watch.
    std::optional<Duration> watches() const { return watches_; }

  private:
    ServiceManager(Descriptor socket, std::optional<Duration> watches)
        : socket_(std::move(socket)), watches_(watches) {}
    Descriptor socket_;
    std::optional<Duration> watches_;
};

// Feeds the watchdog as long as no loop is late; the first that is, is named once, each time.
class WatchdogFeeder {
  public:
    WatchdogFeeder(const ServiceManager& manager, const Heartbeat& heartbeat,
                   std::function<void(Loop)> onLate);

  private:
    void feed();

    const ServiceManager& manager_;
    const Heartbeat& heartbeat_;
    std::function<void(Loop)> onLate_;
    std::optional<Loop> told_;
    std::jthread thread_;
};

}  // namespace liqu::program
