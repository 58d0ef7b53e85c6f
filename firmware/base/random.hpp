// Random numbers come in through Random, so that a seed replays a run.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace liqu {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

// The kernel's generator (getrandom).
class SystemRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override;
};

// Repeatable, for simulations and tests only: SplitMix64 from a seed.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override;
    std::uint64_t next();
    // Uniform enough for tests: 0 <= result < bound.
    std::uint64_t below(std::uint64_t bound);

  private:
    std::uint64_t state_;
};

// 32 lower-case hex digits, for msgId and the like.
std::string randomId(Random& random);

}  // namespace liqu
