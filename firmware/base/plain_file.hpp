// The one way this house opens a file to read it: a plain file of a known largest size. A FIFO, a
// device or a folder under the name of a file is refused at once; nothing waits and nothing grows.
// Any thread, one object each.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <sys/types.h>

#include "firmware/base/result.hpp"

namespace liqu {

// Closed by the destructor.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    int number() const { return number_; }
    bool isOpen() const { return number_ >= 0; }
    // False where the medium says now what it did not say when it was written to.
    bool close();

  private:
    int number_;
};

class PlainFile {
  public:
    // fileNotReadable, with the file's name and what the system said.
    static Result<PlainFile> open(const std::filesystem::path& path);

    // Permission bits.
    mode_t mode() const { return mode_; }
    // fileNotReadable where there is more than `most`.
    Result<std::string> read(std::size_t most) const;

  private:
    PlainFile(Descriptor file, std::string name, mode_t mode)
        : file_(std::move(file)), name_(std::move(name)), mode_(mode) {}
    Descriptor file_;
    std::string name_;
    mode_t mode_;
};

// For a library that opens the file itself: its absolute path, once it was seen to be a plain file.
Result<std::filesystem::path> plainFileAt(const std::filesystem::path& path);

}  // namespace liqu
