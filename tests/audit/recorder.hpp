// A machine that keeps an audit record as the kiosk does, with everything else left out: real
// books, moves and orders that end, the real key file, and checkpoints that are kept outside.
#pragma once

#include "firmware/base/random.hpp"
#include "firmware/security/sealer.hpp"
#include "program/witness/witness.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::proof {

// What a machine might get wrong; planted to see the proof fail.
enum class Weakness : std::uint8_t { none, keyStaysTheSame };

// A record as its machine would export it, and what others have of it.
struct Recorded {
    witness::Record record;
    std::vector<staff::Checkpoint> checkpoints;
    witness::FirstKey firstKey;
    // What is found on the machine when it is taken: the key of the line that would come next.
    SecretBytes keyFound;
};

class Recorder {
  public:
    Recorder(std::uint64_t seed, Weakness weakness);

    void write(int lines);
    // As the province and the branch would have got it.
    void checkpoint();
    Recorded recorded();

    storage::Database& database() { return *database_; }
    const test::Scratch& scratch() const { return scratch_; }

  private:
    void changeBooks();

    SeededRandom random_;
    Weakness weakness_;
    test::Scratch scratch_;
    security::Sealer sealer_;
    std::unique_ptr<storage::Database> database_;
    std::vector<staff::Checkpoint> checkpoints_;
    witness::FirstKey firstKey_;
    std::int64_t now_ = 1'717'214'400'000;
    int order_ = 0;
};

}  // namespace liqu::proof
