// The line to the province: HTTPS with a client certificate, over libcurl. Only the province's own
// certificate authority is trusted; no redirects, and no proxy from the environment.
//
// The line speaks TLS 1.2 and nothing else: under 1.3 a missing, foreign or expired client
// certificate is refused only after the handshake and looks like a cut line, under 1.2 the
// connection itself fails and the reason can be told. Certificates are P-256; OpenSSL 3.0 has no
// SM2 in TLS. (hardware-notes/province.md)
//
// Errors tell apart what matters to a card:
//   provinceUnreachable      nothing of the request left this machine
//   provinceCertificateWrong one of the two certificates was refused; nothing left
//   provinceOutcomeUnknown   the request may have arrived: whatever happened after its first byte
//   left
// Thread-safe: each exchange uses a connection of its own out of a pool that keeps them alive.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "firmware/ports/province_link.hpp"

namespace liqu::drivers {

// Of a peer that is no province.
struct HttpCall {
    enum class Verb : std::uint8_t { get, post };
    Verb verb = Verb::get;
    std::string target;  // path and query
    std::string body{};  // of a post
    std::string authorization{};
    std::string contentType{};                // empty: JSON
    std::optional<std::string> soapAction{};  // its head goes out also where it is empty
};
struct HttpAnswer {
    long status = 0;
    std::string text;
    std::map<std::string, std::string> headers{};  // by name in small letters; a few at most
};

struct HttpsLinkOptions {
    std::string baseUrl;                    // "https://province.example"; nothing behind it
    std::filesystem::path authorityFile;    // PEM; the only authority trusted
    std::filesystem::path certificateFile;  // PEM, ours
    std::filesystem::path keyFile;          // PEM, ours
    Duration connectPatience = ports::LinePatience{}.connect;
    std::size_t largestReply = 512 * 1024;
};

class HttpsLink final : public ports::ProvinceLink {
  public:
    // Fails where a file is missing or the address is not https.
    static Result<std::unique_ptr<HttpsLink>> create(HttpsLinkOptions options);
    ~HttpsLink() override;

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override;
    // Of a peer that says with its status what it means: whatever came is an answer.
    Result<HttpAnswer> call(const HttpCall& call, Duration patience);
    // The same with a body that is not copied into the call.
    Result<HttpAnswer> send(const HttpCall& call, std::string_view body, Duration patience);

  private:
    struct Pool;
    Result<HttpAnswer> perform(const HttpCall& call, std::string_view body, Duration patience);
    HttpsLink(HttpsLinkOptions options, std::unique_ptr<Pool> pool);

    HttpsLinkOptions options_;
    std::unique_ptr<Pool> pool_;
};

}  // namespace liqu::drivers
