// A child with its input and output on pipes, ended when this object ends.
#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace liqu::stack {

class ChildProcess {
  public:
    explicit ChildProcess(const std::vector<std::string>& command);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    std::string readLine();
    void kill();

  private:
    pid_t pid_ = -1;
    int input_ = -1;
    int output_ = -1;
};

}  // namespace liqu::stack
