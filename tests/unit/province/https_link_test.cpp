// What the line says happened, against a small real TLS server on loopback.
#include "drivers/https/https_link.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <future>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <httplib.h>
#pragma GCC diagnostic pop

#include "drivers/https/soap_https.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/province/pki.hpp"

using namespace liqu;
using drivers::HttpsLink;
using drivers::HttpsLinkOptions;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

const world::Pki& pki(const char* name) {
    static const test::Scratch scratch;
    static const world::Pki ours =
        world::Pki::generate(scratch.folder() / "ours", "T-000017").value();
    static const world::Pki foreign =
        world::Pki::generate(scratch.folder() / "foreign", "T-000017").value();
    return std::string(name) == "ours" ? ours : foreign;
}

class Server {
  public:
    explicit Server(bool expired = false)
        : server_((expired ? pki("ours").serverExpired() : pki("ours").server()).c_str(),
                  pki("ours").serverKey().c_str(), pki("ours").authority().c_str()) {
        REQUIRE(server_.is_valid());
        server_.Post("/v1/ECHO", [](const auto& request, auto& response) {
            response.set_content(request.body, "application/json");
        });
        server_.Post("/v1/LONG", [](const auto&, auto& response) {
            response.set_content(std::string(2000, 'a'), "application/json");
        });
        server_.Post(R"(/v1/STATUS(\d+))", [](const auto& request, auto& response) {
            response.status = std::stoi(request.matches[1]);
            response.set_header("Location", "/v1/ECHO");
        });
        server_.Post("/v1/CUT", [this](const auto& request, auto&) {
            ++cuts_;
            ::shutdown(SSL_get_fd(request.ssl), SHUT_RDWR);
        });
        // Whatever the peer says, written by hand; then the connection ends.
        server_.Post(R"(/v1/RAW(\d+))", [this](const auto& request, auto&) {
            ++raws_;
            const std::string& words = rawAnswers()[std::stoul(request.matches[1])];
            // The library lends it for looking only.
            SSL_write(const_cast<SSL*>(request.ssl), words.data(), static_cast<int>(words.size()));
            ::shutdown(SSL_get_fd(request.ssl), SHUT_RDWR);
        });
        // What a SOAP call's heads are, as its body.
        server_.Post("/soap", [](const auto& request, auto& response) {
            response.status = 500;
            response.set_header("Date", "Sat, 01 Jun 2024 02:02:31 GMT");
            const bool has = request.has_header("SOAPAction");
            response.set_content((has ? request.get_header_value("SOAPAction") : "none") + " " +
                                     request.get_header_value("Content-Type") + " " +
                                     request.get_header_value("Expect") + request.body,
                                 "text/xml");
        });
        server_.Post("/v1/SILENT", [this](const auto&, auto&) { released_.get_future().wait(); });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) std::this_thread::yield();
    }
    ~Server() {
        server_.stop();
        thread_.join();
    }
    void release() { released_.set_value(); }
    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
    int cuts() const { return cuts_; }
    int raws() const { return raws_; }
    static const std::vector<std::string>& rawAnswers() {
        static const std::vector<std::string> answers = {
            "220 mail.example ESMTP ready\r\n",
            "{\"code\":\"OK\"}",
            std::string(5, '\0'),
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: none\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nX: " + std::string(400'000, 'x') + "\r\n\r\n",
            "HTTP/9.9 200 OK\r\n\r\n{}",
            "HTTP/1.1 ",
            "\r\n\r\n\r\n",
        };
        return answers;
    }

  private:
    httplib::SSLServer server_;
    std::atomic<int> cuts_ = 0;
    std::atomic<int> raws_ = 0;
    std::promise<void> released_;
    std::thread thread_;
    int port_ = 0;
};

HttpsLinkOptions optionsFor(const std::string& url) {
    HttpsLinkOptions options;
    options.baseUrl = url;
    options.authorityFile = pki("ours").authority();
    options.certificateFile = pki("ours").terminal();
    options.keyFile = pki("ours").terminalKey();
    return options;
}

Result<std::string> send(const HttpsLinkOptions& options, const char* path,
                         Duration patience = seconds(30)) {
    return HttpsLink::create(options).value()->exchange(path, "{}", patience);
}

// A socket that listens and never speaks TLS: it closes every visitor, or lets them wait.
class Listener {
  public:
    explicit Listener(bool closesVisitors) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(socket_, generic, size) == 0);
        REQUIRE(::listen(socket_, 4) == 0);
        REQUIRE(::getsockname(socket_, generic, &size) == 0);
        port_ = ntohs(address.sin_port);
        if (!closesVisitors) return;
        thread_ = std::thread([this] {
            const int visitor = ::accept(socket_, nullptr, nullptr);
            if (visitor >= 0) ::close(visitor);
        });
    }
    ~Listener() {
        ::shutdown(socket_, SHUT_RDWR);
        if (thread_.joinable()) thread_.join();
        ::close(socket_);
    }
    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }

  private:
    int socket_;
    int port_ = 0;
    std::thread thread_;
};

}  // namespace

TEST_CASE("an envelope goes and its reply comes; a proxy of the environment is not asked") {
    const Server server;
    ::setenv("https_proxy", "http://127.0.0.1:1", 1);
    ::setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    const auto link = HttpsLink::create(optionsFor(server.url())).value();
    CHECK(link->exchange("/v1/ECHO", R"({"a":1})", seconds(30)).value() == R"({"a":1})");
    const std::string longEnvelope(300'000, 'x');
    CHECK(link->exchange("/v1/ECHO", longEnvelope, seconds(30)).value() == longEnvelope);
    ::unsetenv("https_proxy");
    ::unsetenv("ALL_PROXY");
}

TEST_CASE("two threads share a link") {
    const Server server;
    const auto link = HttpsLink::create(optionsFor(server.url())).value();
    std::atomic<int> good = 0;
    const auto work = [&](const std::string& mine) {
        for (int i = 0; i < 5; ++i) {
            good += link->exchange("/v1/ECHO", mine, seconds(30)).value_or("") == mine ? 1 : 0;
        }
    };
    std::thread first(work, "first");
    std::thread second(work, "second");
    first.join();
    second.join();
    CHECK(good == 10);
}

TEST_CASE("nobody there, a handshake cut, a handshake that never ends: nothing was sent") {
    std::string closed;
    {
        const Listener gone(false);
        closed = gone.url();
    }
    CHECK(send(optionsFor(closed), "/v1/ECHO").error().code == ErrorCode::provinceUnreachable);
    CHECK(send(optionsFor("https://nobody.invalid"), "/v1/ECHO").error().code ==
          ErrorCode::provinceUnreachable);
    const Listener rude(true);
    CHECK(send(optionsFor(rude.url()), "/v1/ECHO").error().code == ErrorCode::provinceUnreachable);
    const Listener mute(false);
    HttpsLinkOptions impatient = optionsFor(mute.url());
    impatient.connectPatience = milliseconds(50);
    CHECK(send(impatient, "/v1/ECHO").error().code == ErrorCode::provinceUnreachable);
}

TEST_CASE("a refused certificate is told apart from a bad line, on either side") {
    const auto codeWith = [](const HttpsLinkOptions& options) {
        return send(options, "/v1/ECHO").error().code;
    };
    const Server server;
    HttpsLinkOptions options = optionsFor(server.url());
    SUBCASE("the province shows one of another authority") {
        options.authorityFile = pki("foreign").authority();
        CHECK(codeWith(options) == ErrorCode::provinceCertificateWrong);
    }
    SUBCASE("ours is of another authority") {
        options.certificateFile = pki("foreign").terminal();
        options.keyFile = pki("foreign").terminalKey();
        CHECK(codeWith(options) == ErrorCode::provinceCertificateWrong);
    }
    SUBCASE("ours is expired") {
        options.certificateFile = pki("ours").terminalExpired();
        CHECK(codeWith(options) == ErrorCode::provinceCertificateWrong);
    }
    SUBCASE("ours does not fit its key") {
        options.keyFile = pki("foreign").terminalKey();
        CHECK(codeWith(options) == ErrorCode::provinceCertificateWrong);
    }
    SUBCASE("the province's is expired") {
        const Server late(true);
        CHECK(codeWith(optionsFor(late.url())) == ErrorCode::provinceCertificateWrong);
    }
    SUBCASE("the province's is for another name") {
        // The resolver knows every name under localhost.
        options.baseUrl.replace(options.baseUrl.find("127.0.0.1"), 9, "other.localhost");
        CHECK(codeWith(options) == ErrorCode::provinceCertificateWrong);
    }
}

TEST_CASE("after the request went out the outcome is unknown") {
    Server server;
    CHECK(send(optionsFor(server.url()), "/v1/CUT").error().code ==
          ErrorCode::provinceOutcomeUnknown);
    // On a connection that stands already the request leaves at once.
    const auto link = HttpsLink::create(optionsFor(server.url())).value();
    REQUIRE(link->exchange("/v1/ECHO", "{}", seconds(30)));
    const auto silent = link->exchange("/v1/SILENT", "{}", milliseconds(100));
    server.release();
    CHECK(silent.error().code == ErrorCode::provinceOutcomeUnknown);
}

TEST_CASE("nothing is called unsent once the request left, whatever comes back") {
    const Server server;
    int asked = 0;
    for (std::size_t i = 0; i < Server::rawAnswers().size(); ++i) {
        CAPTURE(i);
        const auto answer = send(optionsFor(server.url()), ("/v1/RAW" + std::to_string(i)).c_str());
        CHECK(server.raws() == ++asked);
        REQUIRE_FALSE(answer);
        INFO(describe(answer.error()));
        const bool unknown = answer.error().code == ErrorCode::provinceOutcomeUnknown ||
                             answer.error().code == ErrorCode::provinceReplyMalformed;
        CHECK(unknown);
    }
}

TEST_CASE("one exchange is sent once, also over a connection of an earlier one") {
    const Server server;
    const auto link = HttpsLink::create(optionsFor(server.url())).value();
    for (int round = 1; round <= 3; ++round) {
        REQUIRE(link->exchange("/v1/ECHO", "{}", seconds(30)));
        CHECK(link->exchange("/v1/CUT", "{}", seconds(30)).error().code ==
              ErrorCode::provinceOutcomeUnknown);
        CHECK(server.cuts() == round);
    }
}

TEST_CASE("only 200 carries a reply") {
    const Server server;
    const auto codeOf = [&](const char* path) {
        return send(optionsFor(server.url()), path).error().code;
    };
    CHECK(codeOf("/v1/STATUS302") == ErrorCode::provinceReplyMalformed);
    CHECK(codeOf("/v1/STATUS403") == ErrorCode::provinceRefusedKiosk);
    CHECK(codeOf("/v1/NOWHERE") == ErrorCode::provinceRefusedKiosk);
    CHECK(codeOf("/v1/STATUS429") == ErrorCode::provinceBusy);
    // Not the door of the house: somebody inside may have begun.
    for (const char* path : {"/v1/STATUS408", "/v1/STATUS409", "/v1/STATUS499"}) {
        CHECK(codeOf(path) == ErrorCode::provinceOutcomeUnknown);
    }
    CHECK(codeOf("/v1/STATUS500") == ErrorCode::provinceOutcomeUnknown);
    CHECK(codeOf("/v1/STATUS503") == ErrorCode::provinceOutcomeUnknown);
}

TEST_CASE("a call of SOAP has its heads, and whatever status comes is its answer, once") {
    Server server;
    drivers::SoapHttps line(HttpsLink::create(optionsFor(server.url())).value());
    const auto answer = line.post({"/soap", "", "utf-8", "<a/>"}, seconds(30));
    REQUIRE(answer);
    CHECK(answer->status == 500);
    CHECK(answer->text == "\"\" text/xml; charset=utf-8 <a/>");
    CHECK(answer->date == "Sat, 01 Jun 2024 02:02:31 GMT");
    CHECK(line.post({"/soap", "urn:x", "gb18030", ""}, seconds(30))
              ->text.starts_with("\"urn:x\" text/xml; charset=gb18030"));
    // Over the connection that is kept: cut without an answer, and never sent again by itself.
    const auto cut = line.post({"/v1/CUT", "", "utf-8", "<a/>"}, seconds(30));
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == ErrorCode::provinceOutcomeUnknown);
    CHECK(server.cuts() == 1);
    CHECK(line.look("/nowhere?wsdl", seconds(30))->status == 404);
}

TEST_CASE("a reply longer than the limit is not taken, and the line works on") {
    const Server server;
    HttpsLinkOptions options = optionsFor(server.url());
    options.largestReply = 1000;
    const auto link = HttpsLink::create(options).value();
    CHECK(link->exchange("/v1/LONG", "{}", seconds(30)).error().code ==
          ErrorCode::provinceReplyMalformed);
    CHECK(link->exchange("/v1/ECHO", "{}", seconds(30)).value() == "{}");
}

TEST_CASE("a link without its files or without https is not made") {
    HttpsLinkOptions options = optionsFor("http://127.0.0.1");
    CHECK(HttpsLink::create(options).error().code == ErrorCode::configBadValue);
    options = optionsFor("https://127.0.0.1");
    options.keyFile = "/nonexistent/key.pem";
    CHECK(HttpsLink::create(options).error().code == ErrorCode::keyMissing);
}
