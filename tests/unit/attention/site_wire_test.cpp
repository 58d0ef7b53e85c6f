// The site's own system: what it is told, word for word, over a real connection; and answers that
// are none.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "drivers/attention/attention_desk.hpp"

using namespace liqu;
using namespace liqu::drivers;
using ports::CallReason;

namespace {

// Answers one connection after the other and keeps what came.
class SmallServer {
  public:
    explicit SmallServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
                0);
        socklen_t size = sizeof address;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        REQUIRE(::listen(listener_, 8) == 0);
        thread_ = std::thread([this] { serve(); });
    }
    ~SmallServer() { finish(); }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/calls"; }
    // After as many requests as there were answers.
    std::vector<std::string> requests() {
        finish();
        return requests_;
    }

  private:
    void finish() {
        if (!thread_.joinable()) return;
        thread_.join();
        ::close(listener_);
    }
    void serve() {
        for (const std::string& answer : answers_) {
            const int line = ::accept(listener_, nullptr, nullptr);
            std::string request;
            char buffer[2048];
            while (!isWhole(request)) {
                const ssize_t got = ::recv(line, buffer, sizeof buffer, 0);
                if (got <= 0) break;
                request.append(buffer, static_cast<std::size_t>(got));
            }
            requests_.push_back(request);
            ::send(line, answer.data(), answer.size(), MSG_NOSIGNAL);
            ::close(line);
        }
    }
    static bool isWhole(const std::string& request) {
        const std::size_t end = request.find("\r\n\r\n");
        const std::size_t length = request.find("Content-Length: ");
        if (end == std::string::npos || length == std::string::npos) return false;
        return request.size() - end - 4 >= std::stoul(request.substr(length + 16));
    }

    std::vector<std::string> answers_;
    std::vector<std::string> requests_;
    int listener_ = -1;
    int port_ = 0;
    std::thread thread_;
};

std::string http(int status, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Type: application/json\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
           body;
}

}  // namespace

TEST_CASE("the site is told word for word, and its acknowledgement is heard") {
    SmallServer server({http(200, R"({"call":"7","state":"asked"})"),
                        http(200, R"({"call":"7","state":"acknowledged"})"),
                        http(200, R"({"call":"7","state":"over"})")});
    const auto wire = makeSiteWire({server.url(), {}, "T-000017"});
    CHECK(wire->ask(7, CallReason::idCardLeft).value() == false);
    CHECK(wire->ask(7, CallReason::idCardLeft).value() == true);
    CHECK(wire->over(7));
    const auto requests = server.requests();
    REQUIRE(requests.size() == 3);
    CHECK(requests[0].starts_with("POST /calls HTTP/1.1\r\n"));
    CHECK(requests[0].find("Content-Type: application/json\r\n") != std::string::npos);
    const auto bodyOf = [](const std::string& request) {
        return nlohmann::json::parse(request.substr(request.find("\r\n\r\n") + 4));
    };
    CHECK(bodyOf(requests[0]) == nlohmann::json{{"terminal", "T-000017"},
                                                {"call", "7"},
                                                {"state", "asked"},
                                                {"reason", "id-card-left"}});
    CHECK(bodyOf(requests[2])["state"] == "over");
}

TEST_CASE("an end is taken in where the site says so, or has closed the call already") {
    SmallServer server({http(204, ""), http(404, ""), http(410, ""), http(503, ""), http(302, "")});
    const auto wire = makeSiteWire({server.url(), {}, "T-000017"});
    for (const bool takenIn : {true, true, true, false, false}) {
        CHECK(wire->over(7).has_value() == takenIn);
    }
}

TEST_CASE("what is no answer to this call is an error") {
    for (const std::string body :
         {"", "no json", "[]", "{}", R"({"call":"7"})", R"({"call":"8","state":"acknowledged"})",
          R"({"call":7,"state":"acknowledged"})", R"({"call":"7","state":"done"})"}) {
        CAPTURE(body);
        const auto answer = siteAnswer(body, 7);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == ErrorCode::attentionNotHeard);
    }
    CHECK(siteAnswer(R"({"call":"7","state":"acknowledged"})", 7).value());
}

TEST_CASE("a site that refuses, or is not there, has heard nothing") {
    SmallServer server({http(500, ""), http(302, ""), "not http at all\r\n"});
    const auto wire = makeSiteWire({server.url(), {}, "T-000017"});
    for (int i = 0; i < 3; ++i) CHECK_FALSE(wire->ask(7, CallReason::person));
    server.requests();
    CHECK_FALSE(wire->ask(7, CallReason::person));
}

TEST_CASE("the caller asks on a thread of its own until it is acknowledged") {
    SmallServer server({http(200, R"({"call":"1","state":"acknowledged"})")});
    const auto caller =
        makeAttentionCaller(makeSiteWire({server.url(), {}, "T"}), 0, [](const Error&) {});
    caller->call(CallReason::person);
    server.requests();
    while (caller->state() == ports::CallState::asked) std::this_thread::yield();
    CHECK(caller->state() == ports::CallState::acknowledged);
}
