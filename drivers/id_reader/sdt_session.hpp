// Question and answer with the security module: drain, send, wait within the deadline. A late
// answer is never taken for the next command's: after a time-out the input is drained for 800 ms,
// before every command until it is quiet, and an answer that does not fit is thrown away
// (hardware-notes/id-reader.md, "Frames", "Wires", "Rhythm and deadlines").
#pragma once

#include <memory>

#include "drivers/id_reader/sdt_command.hpp"
#include "drivers/id_reader/sdt_wire.hpp"
#include "firmware/base/clock.hpp"

namespace liqu::drivers::sdt {

class Session {
  public:
    Session(std::unique_ptr<Wire> wire, Clock& clock) : wire_(std::move(wire)), clock_(clock) {}

    // Is a module there, and healthy? Its first words may be lost, so it is asked three times.
    Result<void> prove();
    // The answer, whatever its status, also where it is late. idReaderSilent: none came in
    // twice its time. idReaderGarbled: it was torn or damaged, twice. Otherwise the wire's own
    // error.
    Result<Answer> run(Command command, ByteView data = {});

  private:
    Result<Answer> attempt(Command command, ByteView data);
    Result<Answer> awaitAnswer(Command command);
    Result<void> drain();

    std::unique_ptr<Wire> wire_;
    Clock& clock_;
    FrameParser parser_;
    bool answerMayBeLate_ = false;
};

}  // namespace liqu::drivers::sdt
