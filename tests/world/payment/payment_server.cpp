#include "tests/world/payment/payment_server.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <httplib.h>
#pragma GCC diagnostic pop
#include <sys/socket.h>
#include <thread>

#include "tests/world/province/openssl_handles.hpp"

namespace liqu::world {
namespace {

std::string terminalOf(const httplib::Request& request) {
    const CertificateHandle certificate(SSL_get1_peer_certificate(request.ssl));
    char name[128] = "";
    if (certificate) {
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name,
                                  sizeof name);
    }
    return name;
}

}  // namespace

struct PaymentServer::Machine {
    Machine(PaymentFront& theFront, Clock& theClock, const Pki& pki)
        : front(theFront),
          clock(theClock),
          server(pki.server().c_str(), pki.serverKey().c_str(), pki.authority().c_str()) {}

    void answer(const httplib::Request& request, httplib::Response& response) {
        const PaymentTreatment treatment =
            front.receive({request.method, request.target, request.body,
                           request.get_header_value("Authorization"), terminalOf(request)});
        if (treatment.event != PaymentLineEvent::answered) {
            ::shutdown(SSL_get_fd(const_cast<SSL*>(request.ssl)), SHUT_RDWR);
            return;
        }
        clock.sleepFor(treatment.delay);
        const PaymentAnswer& said = treatment.answer;
        response.status = said.status;
        if (!said.signature.empty()) {
            response.set_header("Pay-Timestamp", said.timestamp);
            response.set_header("Pay-Nonce", said.nonce);
            response.set_header("Pay-Signature", said.signature);
        }
        if (said.status != 204) response.set_content(said.body, said.contentType.c_str());
    }

    PaymentFront& front;
    Clock& clock;
    httplib::SSLServer server;
    std::thread thread;
    int port = 0;
};

Result<std::unique_ptr<PaymentServer>> PaymentServer::start(PaymentFront& front, Clock& clock,
                                                            const Pki& pki, int port) {
    auto machine = std::make_unique<Machine>(front, clock, pki);
    httplib::SSLServer& server = machine->server;
    if (!server.is_valid()) {
        return fail(ErrorCode::provinceCertificateWrong, "the server's key or certificate");
    }
    SSL_CTX_set_min_proto_version(server.ssl_context(), TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(server.ssl_context(), TLS1_2_VERSION);
    server.set_tcp_nodelay(true);
    server.set_payload_max_length(64 * 1024);
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
    return std::unique_ptr<PaymentServer>(new PaymentServer(std::move(machine)));
}

PaymentServer::PaymentServer(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}

PaymentServer::~PaymentServer() {
    machine_->server.stop();
    machine_->thread.join();
}

int PaymentServer::port() const {
    return machine_->port;
}

std::string PaymentServer::url() const {
    return "https://127.0.0.1:" + std::to_string(port());
}

}  // namespace liqu::world
