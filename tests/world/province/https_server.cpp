#include "tests/world/province/https_server.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <httplib.h>
#pragma GCC diagnostic pop
#include <limits>
#include <sys/socket.h>
#include <thread>

#include "tests/world/province/openssl_handles.hpp"

namespace liqu::world {
namespace {

std::string commonNameOf(const httplib::Request& request) {
    const CertificateHandle certificate(SSL_get1_peer_certificate(request.ssl));
    char name[128] = "";
    if (certificate) {
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name,
                                  sizeof name);
    }
    return name;
}

// Newer versions of the library lend the connection for looking only; what is written on it here is
// what no server of theirs would.
SSL* lineOf(const httplib::Request& request) {
    return const_cast<SSL*>(request.ssl);
}

}  // namespace

struct HttpsServer::Machine {
    Machine(ProvinceFront& theFront, Clock& theClock, const Pki& pki, bool expired)
        : front(theFront),
          clock(theClock),
          server((expired ? pki.serverExpired() : pki.server()).c_str(), pki.serverKey().c_str(),
                 pki.authority().c_str()) {}

    void answer(const httplib::Request& request, httplib::Response& response) {
        const Instant begin = clock.now();
        const Treatment treatment =
            front.receive({request.path, request.body, commonNameOf(request)}, clock.wallTime());
        if (treatment.event == LineEvent::gone || treatment.event == LineEvent::cut) server.stop();
        clock.sleepFor(treatment.delay);
        front.tellWork(begin, clock.now());
        if (treatment.event == LineEvent::notHttp) {
            constexpr std::string_view words = "220 mail.example ESMTP ready\r\n";
            SSL_write(lineOf(request), words.data(), static_cast<int>(words.size()));
        }
        if (treatment.event != LineEvent::answered) {
            ::shutdown(SSL_get_fd(lineOf(request)), SHUT_RDWR);
            return;
        }
        response.status = treatment.answer.httpStatus;
        response.set_content(treatment.answer.body, "application/json");
    }

    ProvinceFront& front;
    Clock& clock;
    httplib::SSLServer server;
    std::thread thread;
    int port = 0;
};

Result<std::unique_ptr<HttpsServer>> HttpsServer::start(ProvinceFront& front, Clock& clock,
                                                        const Pki& pki, int port) {
    auto machine = std::make_unique<Machine>(front, clock, pki, front.certificateExpired());
    httplib::SSLServer& server = machine->server;
    if (!server.is_valid()) {
        return fail(ErrorCode::provinceCertificateWrong, "the server's key or certificate");
    }
    SSL_CTX_set_min_proto_version(server.ssl_context(), TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(server.ssl_context(), TLS1_2_VERSION);
    server.set_tcp_nodelay(true);
    server.set_payload_max_length(1 << 20);
    // A connection stands for as long as it is used.
    server.set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    server.Post(".*", [machine = machine.get()](const auto& request, auto& response) {
        machine->answer(request, response);
    });
    const bool bound = port == 0 ? (machine->port = server.bind_to_any_port("127.0.0.1")) > 0
                                 : server.bind_to_port("127.0.0.1", machine->port = port);
    if (!bound) return fail(ErrorCode::provinceUnreachable, "the port is taken");
    machine->thread =
        std::thread([machine = machine.get()] { machine->server.listen_after_bind(); });
    // stop() is heard only by a running server.
    while (!server.is_running()) std::this_thread::yield();
    if (front.neverThere()) server.stop();
    return std::unique_ptr<HttpsServer>(new HttpsServer(std::move(machine)));
}

HttpsServer::HttpsServer(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}

HttpsServer::~HttpsServer() {
    machine_->server.stop();
    machine_->thread.join();
}

int HttpsServer::port() const {
    return machine_->port;
}

std::string HttpsServer::url() const {
    return "https://127.0.0.1:" + std::to_string(port());
}

}  // namespace liqu::world
