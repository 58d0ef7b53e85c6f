// A program, called as a person in a terminal calls it: from a folder, as a user, with what they
// type; and what it said. One that does not end in time is killed, and the test fails.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace liqu::test {

enum class Who : std::uint8_t { self, nobody };

struct Call {
    std::vector<std::string> words;  // the program first
    std::filesystem::path from = "/";
    Who who = Who::self;
    std::string typed;                     // on the standard input
    std::vector<std::string> environment;  // "NAME=value"; nothing else is there but PATH
};

struct Said {
    int code = 0;  // 128 and the signal where one ended it; 124 where it was killed for its time
    std::string out;
    std::string wrong;
};

// One that goes on until it is told to end.
class RunningProgram {
  public:
    explicit RunningProgram(const Call& call);
    ~RunningProgram();
    RunningProgram(const RunningProgram&) = delete;
    RunningProgram& operator=(const RunningProgram&) = delete;

    bool isRunning();
    pid_t pid() const { return pid_; }
    void send(int signal) const;
    Said waitForEnd();

  private:
    pid_t pid_ = -1;
    int out_ = -1;
    int wrong_ = -1;
    int status_ = 0;
};

Said callProgram(const Call& call);

}  // namespace liqu::test
