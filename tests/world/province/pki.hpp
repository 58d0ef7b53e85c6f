// The developer's PKI: one CA, the province's server, one terminal, and the SM2 keys that sign
// envelopes (decision 17). Made at run time into a folder; nothing of it is ever shipped. Every
// certificate says in its organisation that it is the simulated province's.
//
// Files (PEM; keys are unencrypted PKCS#8):
//   ca.pem                                       the trust anchor of both sides
//   server.pem, server-key.pem                   P-256, for 127.0.0.1 and localhost
//   server-expired.pem                           the same key, its validity ended yesterday
//   terminal.pem, terminal-key.pem               P-256, common name = terminal id
//   terminal-expired.pem                         likewise ended
//   terminal-sm2-key.pem, terminal-sm2.pem       signs and checks the terminal's envelopes
//   province-sm2-key.pem, province-sm2.pem       signs and checks the province's replies
#pragma once

#include <filesystem>
#include <string>

#include "firmware/base/result.hpp"

namespace liqu::world {

struct Pki {
    std::filesystem::path folder;

    std::filesystem::path authority() const { return folder / "ca.pem"; }
    std::filesystem::path server() const { return folder / "server.pem"; }
    std::filesystem::path serverExpired() const { return folder / "server-expired.pem"; }
    std::filesystem::path serverKey() const { return folder / "server-key.pem"; }
    std::filesystem::path terminal() const { return folder / "terminal.pem"; }
    std::filesystem::path terminalExpired() const { return folder / "terminal-expired.pem"; }
    std::filesystem::path terminalKey() const { return folder / "terminal-key.pem"; }
    std::filesystem::path terminalSigningKey() const { return folder / "terminal-sm2-key.pem"; }
    std::filesystem::path terminalVerifyKey() const { return folder / "terminal-sm2.pem"; }
    std::filesystem::path provinceSigningKey() const { return folder / "province-sm2-key.pem"; }
    std::filesystem::path provinceVerifyKey() const { return folder / "province-sm2.pem"; }

    // Fresh keys and certificates in the folder, which is made where it is missing (mode 0700).
    static Result<Pki> generate(const std::filesystem::path& folder, const std::string& terminalId);
};

}  // namespace liqu::world
