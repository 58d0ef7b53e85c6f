// A program of this house that reads its standard input, answers on its standard output and ends at
// once. Both are files in memory, so that neither side waits for the other. It sees nothing of this
// process's environment and ends with this object. One thread at a time.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "firmware/base/plain_file.hpp"
#include "firmware/base/result.hpp"

namespace liqu::ui {

class HelperProcess {
  public:
    // fileNotReadable where there is no such program; fileNotWritable without memory.
    static Result<HelperProcess> start(const std::filesystem::path& program,
                                       std::vector<std::string> arguments, std::string_view input);
    HelperProcess(HelperProcess&& other) noexcept
        : process_(std::exchange(other.process_, -1)), answer_(std::move(other.answer_)) {}
    HelperProcess& operator=(HelperProcess&&) = delete;
    ~HelperProcess() { kill(); }

    // Whether it ended well; none while it runs. Waits for nothing.
    std::optional<bool> ended();
    // Waits; what is late is ended.
    bool endsWell(std::chrono::milliseconds patience);
    // Of its answer, once it has ended: what there is of so many bytes from there on.
    std::string answer(std::size_t from, std::size_t most) const;

  private:
    HelperProcess(pid_t process, Descriptor answer)
        : process_(process), answer_(std::move(answer)) {}
    void kill();

    pid_t process_;  // -1: it ended
    bool endedWell_ = false;
    Descriptor answer_;
};

}  // namespace liqu::ui
