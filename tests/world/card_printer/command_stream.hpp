// The printer's reading of its OUT pipe (hardware-notes/card-printer.md, "Framing"): ESC, a word,
// parameters after semicolons, CR; and panels, whose length is counted and whose bytes mean nothing
// else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"

namespace liqu::world {

struct PrinterCommand {
    std::string name;
    std::vector<std::string> parameters;
    Bytes payload;
    bool understood = true;  // false: its framing was wrong
    bool released = false;   // a panel that a later header lets print

    bool isDownload() const { return name == "Db" || name == "Dbc"; }
    std::string parameter(std::size_t index) const {
        return index < parameters.size() ? parameters[index] : std::string();
    }
};

class CommandStream {
  public:
    struct Taken {
        std::size_t bytes = 0;
        bool panelAnnounced = false;            // the header of a panel is complete
        std::optional<PrinterCommand> command;  // a command is complete
    };

    // Takes bytes up to the next thing that happens.
    Taken take(ByteView bytes);
    bool insidePanel() const { return state_ == State::payload; }
    // Forgets a panel that nobody finishes sending.
    void abandon();

  private:
    enum class State : std::uint8_t { between, word, payload, closing, lost };

    Taken takePayload(ByteView bytes);
    void takeByte(std::uint8_t byte, Taken& taken);
    void takeWordByte(std::uint8_t byte, Taken& taken);
    void endWord(Taken& taken);
    bool announcesPanel();
    PrinterCommand finish(bool understood);
    void redefine();

    State state_ = State::between;
    std::uint8_t escape_ = 0x1B;
    std::uint8_t separator_ = ';';
    std::uint8_t end_ = 0x0D;
    bool escapeOptional_ = false;  // after an end, the escape may be left out
    bool sawEnd_ = false;          // while lost: the last byte was an end
    std::string text_;
    PrinterCommand command_;
    std::size_t wanted_ = 0;
};

}  // namespace liqu::world
