#include "tests/outbox/bare_line.hpp"

#include <curl/curl.h>

#include "firmware/base/assert.hpp"

namespace liqu::proof {
namespace {

std::size_t append(char* data, std::size_t, std::size_t size, void* context) {
    static_cast<std::string*>(context)->append(data, size);
    return size;
}

}  // namespace

struct BareLine::Handle {
    std::string url;
    CURL* curl = curl_easy_init();
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");

    Handle() { headers = curl_slist_append(headers, "Expect:"); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        curl_easy_cleanup(curl);
        curl_slist_free_all(headers);
    }
};

BareLine::BareLine(const drivers::HttpsLinkOptions& options) : handle_(std::make_unique<Handle>()) {
    CURL* curl = handle_->curl;
    handle_->url = options.baseUrl;
    curl_easy_setopt(curl, CURLOPT_CAINFO, options.authorityFile.c_str());
    curl_easy_setopt(curl, CURLOPT_SSLCERT, options.certificateFile.c_str());
    curl_easy_setopt(curl, CURLOPT_SSLKEY, options.keyFile.c_str());
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, handle_->headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &append);
}
BareLine::~BareLine() = default;

std::string BareLine::post(const std::string& path, std::string_view body) {
    CURL* curl = handle_->curl;
    std::string answer;
    curl_easy_setopt(curl, CURLOPT_URL, (handle_->url + path).c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    LIQU_ASSERT(curl_easy_perform(curl) == CURLE_OK);
    return answer;
}

}  // namespace liqu::proof
