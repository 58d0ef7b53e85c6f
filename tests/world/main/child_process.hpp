// A program started by the world, and ended by its process id. It dies with the world.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"

namespace liqu::world {

class ChildProcess {
  public:
    // Output and errors go to the file; where it is empty, to where the world's go.
    static Result<ChildProcess> start(const std::vector<std::string>& command,
                                      const std::filesystem::path& output = {});
    ChildProcess(ChildProcess&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    // The exit code; 128 + signal where a signal ended it. None while it runs.
    std::optional<int> exitCode();
    std::optional<int> waitForEnd(Duration atMost);
    // SIGTERM, and SIGKILL where that is not heard in time. The exit code.
    int end(Duration patience);
    pid_t pid() const { return pid_; }

  private:
    explicit ChildProcess(pid_t pid) : pid_(pid) {}
    pid_t pid_;
    std::optional<int> code_;
};

}  // namespace liqu::world
