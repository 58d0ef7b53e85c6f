// The voice (program/voice/) while somebody listens: a process of its own with an environment of
// its own, that ends when this object dies, and by itself when this process does. It can crash,
// hang or be missing: then it says nothing more, and whoever asks is told so. Nothing waits for it.
// Main thread only.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "firmware/base/plain_file.hpp"
#include "ui/speech/speech_line.hpp"

namespace liqu::ui {

struct VoiceOptions {
    std::filesystem::path program;     // liqu-voice
    std::filesystem::path clips;       // folder of the manifests; empty: none
    std::filesystem::path earcons{};   // file of the short sounds; empty: none
    std::string loudspeaker;           // what SDL calls the device, or "default"; empty: none
    std::string headphones;            // the same
    std::filesystem::path transcript;  // empty: none is written
    std::filesystem::path jack{};      // input device that tells of headphones; empty: none
    std::map<std::string, std::string>
        keys{};  // names of keys, by what they are for (key_input.hpp)
};

class VoiceProcess {
  public:
    // None where it cannot be started.
    static std::unique_ptr<VoiceProcess> start(const VoiceOptions& options);
    VoiceProcess(const VoiceProcess&) = delete;
    VoiceProcess& operator=(const VoiceProcess&) = delete;
    ~VoiceProcess();

    void tell(const Order& order);
    // False once it has ended, or has not taken what it was told.
    bool lives();

  private:
    VoiceProcess(pid_t process, Descriptor line) : process_(process), line_(std::move(line)) {}
    pid_t process_;
    Descriptor line_;
    bool lost_ = false;
};

}  // namespace liqu::ui
