#include "tests/world/legacy_province/legacy_server.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <httplib.h>
#pragma GCC diagnostic pop
#include <algorithm>
#include <limits>
#include <sys/socket.h>
#include <thread>

namespace liqu::world {
namespace {

LegacyRequest requestOf(const httplib::Request& request) {
    LegacyRequest asked;
    asked.head.method = request.method;
    asked.head.path = request.target;
    asked.head.contentType = request.get_header_value("Content-Type");
    if (request.has_header("SOAPAction")) {
        asked.head.soapAction = request.get_header_value("SOAPAction");
    }
    asked.body = request.body;
    return asked;
}

}  // namespace

struct LegacyServer::Machine {
    Machine(LegacyFront& theFront, Clock& theClock, const Pki& pki)
        : front(theFront),
          clock(theClock),
          server(pki.server().c_str(), pki.serverKey().c_str(), pki.authority().c_str()) {}

    void answer(const httplib::Request& request, httplib::Response& response) {
        LegacyAnswer said = front.receive(requestOf(request));
        clock.sleepFor(said.delay);
        if (said.line == LegacyLine::neverArrived || said.line == LegacyLine::noAnswer) {
            ::shutdown(SSL_get_fd(const_cast<SSL*>(request.ssl)), SHUT_RDWR);
            return;
        }
        response.status = said.status;
        response.set_header("Date", said.date);
        if (said.line == LegacyLine::answered) {
            response.set_content(said.body, said.contentType.c_str());
            return;
        }
        // The head tells the whole length; half of it comes.
        const std::size_t whole = said.body.size();
        response.set_content_provider(
            whole, said.contentType.c_str(),
            [body = std::move(said.body)](std::size_t offset, std::size_t, auto& sink) {
                if (offset > 0) return false;
                return sink.write(body.data(), body.size() / 2);
            });
    }

    LegacyFront& front;
    Clock& clock;
    httplib::SSLServer server;
    std::thread thread;
    std::string path;
    int port = 0;
};

Result<std::unique_ptr<LegacyServer>> LegacyServer::start(LegacyFront& front, Clock& clock,
                                                          const Pki& pki, int port) {
    auto machine = std::make_unique<Machine>(front, clock, pki);
    front.use([&](LegacyEngine& engine, WallTime) { machine->path = engine.profile().path; });
    httplib::SSLServer& server = machine->server;
    if (!server.is_valid()) {
        return fail(ErrorCode::provinceCertificateWrong, "the server's key or certificate");
    }
    SSL_CTX_set_min_proto_version(server.ssl_context(), TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(server.ssl_context(), TLS1_2_VERSION);
    server.set_tcp_nodelay(true);
    server.set_payload_max_length(1 << 20);
    server.set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    const auto handler = [machine = machine.get()](const auto& request, auto& response) {
        machine->answer(request, response);
    };
    server.Get(".*", handler);
    server.Post(".*", handler);
    const bool bound = port == 0 ? (machine->port = server.bind_to_any_port("127.0.0.1")) > 0
                                 : server.bind_to_port("127.0.0.1", machine->port = port);
    if (!bound) return fail(ErrorCode::provinceUnreachable, "the port is taken");
    machine->thread =
        std::thread([machine = machine.get()] { machine->server.listen_after_bind(); });
    // stop() is heard only by a running server.
    while (!server.is_running()) std::this_thread::yield();
    return std::unique_ptr<LegacyServer>(new LegacyServer(std::move(machine)));
}

LegacyServer::LegacyServer(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}

LegacyServer::~LegacyServer() {
    machine_->server.stop();
    machine_->thread.join();
}

int LegacyServer::port() const {
    return machine_->port;
}

std::string LegacyServer::url() const {
    return "https://127.0.0.1:" + std::to_string(port()) + machine_->path;
}

}  // namespace liqu::world
