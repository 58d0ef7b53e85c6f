// An X server of the test's own (Xvfb), pictures of its root window, and touches by XTEST: what a
// person in front of the screen sees and does, with no way around the window.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>

#include "firmware/base/result.hpp"

namespace liqu::test {

class PrivateDisplay {
  public:
    // Sets DISPLAY for this process.
    static Result<std::unique_ptr<PrivateDisplay>> start(int width, int height);
    ~PrivateDisplay();

    const std::string& name() const { return name_; }  // ":37"
    bool savePicture(const std::filesystem::path& file);
    // The pixels of a part of the screen; empty where it is not all on the screen.
    std::string pixelsOf(int x, int y, int width, int height);
    void press(int x, int y);
    void moveTo(int x, int y);
    void release();
    // Pressed and let go; a name of X: "Tab", "Return", "7".
    void typeKey(const char* name);

  private:
    struct Connection;
    PrivateDisplay(pid_t server, std::string name, std::unique_ptr<Connection> connection);

    pid_t server_;
    std::string name_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace liqu::test
