// One kiosk for one data folder: a lock the kernel releases when the process dies.
#pragma once

#include <filesystem>

#include "firmware/base/result.hpp"

namespace liqu::program {

class InstanceLock {
  public:
    // anotherKioskRuns names its process id.
    static Result<InstanceLock> take(const std::filesystem::path& folder);
    InstanceLock(InstanceLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
    InstanceLock& operator=(InstanceLock&&) = delete;
    ~InstanceLock();

  private:
    explicit InstanceLock(int file) : file_(file) {}
    int file_;
};

}  // namespace liqu::program
