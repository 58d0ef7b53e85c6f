// What the parts of the machine say when they are asked, and when that was: a reading is shown with
// its age, and what was not read is not guessed. For staff only; nothing is fed, moved or booked.
//
// Used by the kiosk thread.
#pragma once

#include "firmware/session/readiness.hpp"
#include "firmware/session/staff_words.hpp"

namespace liqu::session {

// One part, as it was last read.
struct PartReading {
    std::string part;  // words: "staff.part.id-reader"
    std::optional<Instant> at{};
    Result<void> state{};
    Phrase detail{};  // beside "good": how much is left, which model
};

class MachineReadings {
  public:
    explicit MachineReadings(SessionParts& parts);

    // The card path, and one other part in turn: a slow one keeps the others from nothing.
    void readNext();
    void readAll();
    // The province is asked only where somebody wants to know: a line that is down takes seconds.
    void noteProvince(const Result<void>& answer);

    const Result<ports::PrinterStatus>& path() const { return path_; }
    std::optional<Instant> pathReadAt() const { return parts_.front().at; }
    // The card printer, then the others.
    const std::vector<PartReading>& parts() const { return parts_; }

  private:
    struct Reader {
        std::string part;
        std::function<Result<Phrase>()> read;
    };
    void readPath();
    void readPart(std::size_t index);
    Result<Phrase> readDisk();

    SessionParts& session_;
    Readiness readiness_;
    Result<ports::PrinterStatus> path_;
    std::vector<Reader> readers_;     // of parts_[1] and on
    std::vector<PartReading> parts_;  // the card printer first, the province last
    std::size_t next_ = 0;
};

// "3 秒前"; before the first reading, that there is none.
Phrase ageOfReading(std::optional<Instant> at, Instant now);

}  // namespace liqu::session
