// What went over a wire, both ways, as lines of hex with the time since the world began:
// "12.034567 OUT 02 AAAAAA96690003". Evidence of the simulated world, never of the product.
// Thread-safe.
#pragma once

#include <fstream>
#include <mutex>
#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::world {

class Transcript {
  public:
    // Keeps the lines in memory only.
    explicit Transcript(Instant start) : start_(start) {}
    Transcript(Instant start, const std::string& path);

    void record(bool fromDevice, std::uint8_t endpoint, ByteView bytes, Instant now);
    void note(const std::string& what, Instant now);
    std::string text() const;

  private:
    void add(const std::string& line, Instant now);

    mutable std::mutex mutex_;
    Instant start_;
    std::string text_;
    std::ofstream file_;
};

}  // namespace liqu::world
