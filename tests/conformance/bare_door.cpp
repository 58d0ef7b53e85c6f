#include "tests/conformance/bare_door.hpp"

#include <curl/curl.h>
#include <memory>

namespace liqu::conformance {
namespace {

constexpr std::size_t mostHeard = 64 * 1024;

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
    auto& text = *static_cast<std::string*>(into);
    const std::size_t came = size * count;
    text.append(data, std::min(came, mostHeard - std::min(mostHeard, text.size())));
    return came;
}

void show(CURL* easy, const std::filesystem::path& certificate, const std::filesystem::path& key) {
    curl_easy_setopt(easy, CURLOPT_SSLCERT, certificate.c_str());
    curl_easy_setopt(easy, CURLOPT_SSLKEY, key.c_str());
}

}  // namespace

Heard knock(const DoorFiles& files, const Knock& knock, Duration patience) {
    Heard heard;
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> owner(curl_easy_init(),
                                                                    curl_easy_cleanup);
    CURL* const easy = owner.get();
    const std::string url = files.server + knock.path;
    const std::string type = "Content-Type: " + knock.contentType;
    // No question before a large body: it is to be refused as it comes.
    curl_slist* list = curl_slist_append(nullptr, type.c_str());
    for (const char* head : {"Expect:", "SOAPAction: \"\""}) list = curl_slist_append(list, head);
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> heads(list,
                                                                            curl_slist_free_all);
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(patience).count();
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(wait));
    curl_easy_setopt(easy, CURLOPT_CAINFO, files.authority.c_str());
    if (knock.shown == Shown::ours) show(easy, files.certificate, files.key);
    if (knock.shown == Shown::foreign) show(easy, files.foreignCertificate, files.foreignKey);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, heads.get());
    if (!knock.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(knock.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, knock.body.data());
    }
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &heard.text);
    const CURLcode code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &heard.status);
    heard.tooLate = code == CURLE_OPERATION_TIMEDOUT;
    // A server may answer and close before the whole of a large body was taken.
    heard.anything = heard.status != 0 && (code == CURLE_OK || code == CURLE_SEND_ERROR);
    return heard;
}

}  // namespace liqu::conformance
