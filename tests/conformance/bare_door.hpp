// The door of a system, knocked at without the machine's own line: with its certificate, with none,
// with one that nobody there knows, and with what no adapter would ever send.
#pragma once

#include <filesystem>
#include <string>

#include "firmware/base/clock.hpp"

namespace liqu::conformance {

enum class Shown : std::uint8_t { ours, none, foreign };  // as a certificate

struct DoorFiles {
    std::string server;  // "https://127.0.0.1:8443"
    std::filesystem::path authority, certificate, key;
    std::filesystem::path foreignCertificate, foreignKey;
};

struct Knock {
    std::string path;
    std::string contentType;
    std::string body;  // empty: a GET
    Shown shown = Shown::ours;
};

struct Heard {
    bool anything = false;  // an HTTP answer; else the connection was refused or cut
    bool tooLate = false;
    long status = 0;
    std::string text;  // its first 64 KiB

    // Who says nothing until the patience ends has refused nothing.
    bool isRefusal() const { return !tooLate && (!anything || status >= 400); }
};

Heard knock(const DoorFiles& files, const Knock& knock, Duration patience);

}  // namespace liqu::conformance
