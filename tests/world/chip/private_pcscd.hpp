// A pcscd of our own with one virtual reader, apart from the machine's: its own socket (handed
// over as systemd would), its own reader.conf, its own TCP port for the vpcd driver.
// Source: hardware-notes/chip-reader.md, "A pcscd of one's own". vpcd listens on all interfaces
// (port and port + 1) without authentication; there is no switch for it, so use this on test
// machines only.
//
// Clients find it by the environment variable PCSCLITE_CSOCK_NAME, set before their first call.
// One thread; the daemon ends with the thread that started it, should that die.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>

#include "firmware/base/result.hpp"

namespace liqu::world {

class PrivatePcscd {
  public:
    // The reader's name will be this and " 00 00".
    static Result<std::unique_ptr<PrivatePcscd>> start(
        const std::string& readerName = "Liqu Chip Station");
    ~PrivatePcscd();
    PrivatePcscd(const PrivatePcscd&) = delete;
    PrivatePcscd& operator=(const PrivatePcscd&) = delete;

    static constexpr const char* socketVariable = "PCSCLITE_CSOCK_NAME";
    std::string socketPath() const;
    std::uint16_t port() const { return port_; }
    pid_t pid() const { return pid_; }

    // The daemon dies and comes back on the same socket and port, as after a crash.
    Result<void> restart();

  private:
    explicit PrivatePcscd(std::filesystem::path folder) : folder_(std::move(folder)) {}
    Result<void> listen();
    Result<void> writeReaderConfiguration(const std::string& readerName) const;
    Result<void> spawn();
    Result<void> waitUntilServing() const;
    void stop();

    std::filesystem::path folder_;
    int socket_ = -1;
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
};

}  // namespace liqu::world
