#include "drivers/https/https_link.hpp"

#include <algorithm>
#include <array>
#include <curl/curl.h>
#include <mutex>
#include <vector>

#include "firmware/base/assert.hpp"
#include "firmware/base/personal.hpp"
#include "firmware/base/plain_file.hpp"

namespace liqu::drivers {
namespace {

struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;
using Headers = std::unique_ptr<curl_slist, FreeList>;

struct ReplyBuffer {
    std::string text;
    std::size_t most = 0;
    bool tooLong = false;
    std::map<std::string, std::string> headers{};
};

std::size_t receive(char* data, std::size_t, std::size_t size, void* context) {
    auto& reply = *static_cast<ReplyBuffer*>(context);
    if (reply.text.size() + size > reply.most) {
        reply.tooLong = true;
        return 0;
    }
    reply.text.append(data, size);
    return size;
}

constexpr std::size_t mostHeaders = 32;
constexpr std::size_t longestHeader = 1024;

// One line of the head; what is too long, or one of too many, is not kept.
std::size_t receiveHeader(char* data, std::size_t, std::size_t size, void* context) {
    auto& headers = static_cast<ReplyBuffer*>(context)->headers;
    const std::string_view line(data, size);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || size > longestHeader || headers.size() >= mostHeaders)
        return size;
    std::string name(line.substr(0, colon));
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    std::string_view value = line.substr(colon + 1);
    constexpr std::string_view space = " \t\r\n";
    value.remove_prefix(std::min(value.find_first_not_of(space), value.size()));
    value = value.substr(0, value.find_last_not_of(space) + 1);
    headers[name] = value;
    return size;
}

// When a connection from an earlier exchange dies before the first byte of a reply, libcurl sends
// the same bytes again over a new one, without a word. What then arrived twice nobody knows, so the
// second start of one exchange is stopped; who called decides what to send next.
int startOnlyOnce(void* context, char*, char*, int, int) {
    int& starts = *static_cast<int*>(context);
    return ++starts == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

bool isAboutCertificates(CURLcode code) {
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return true;
        default:
            return false;
    }
}

// A handshake fails because the other side says so (an alert), or because the line goes.
bool saysAlert(std::string_view words) {
    return words.find("alert") != std::string_view::npos;
}

// libcurl announces a request before its first byte leaves (startOnlyOnce). Where none was
// announced nothing was sent, whatever the code says; where one was, every code may stand for a
// request that arrived: an answer that is no HTTP, for one, is called an unsupported protocol.
Error errorOf(CURLcode code, std::string_view words, int starts) {
    const std::string cause = "curl " + std::to_string(static_cast<int>(code)) + ": " +
                              std::string(words.empty() ? curl_easy_strerror(code) : words);
    if (starts > 0) return {ErrorCode::provinceOutcomeUnknown, cause};
    if (isAboutCertificates(code) || (code == CURLE_SSL_CONNECT_ERROR && saysAlert(words))) {
        return {ErrorCode::provinceCertificateWrong, cause};
    }
    return {ErrorCode::provinceUnreachable, cause};
}

// Said by whatever stands before the province and hands nothing on.
bool refusesAtTheDoor(long status) {
    switch (status) {
        case 400:
        case 401:
        case 403:
        case 404:
        case 405:
        case 411:
        case 413:
        case 414:
        case 415:
        case 421:
        case 426:
        case 431:
            return true;
        default:
            return false;
    }
}

// The province signs every reply it gives with 200. Whatever else speaks HTTP on the way is not
// the province: what it refuses at the door was not carried out, anything else may have been.
Result<void> checkStatus(long status) {
    const std::string cause = "HTTP status " + std::to_string(status);
    if (status == 200) return {};
    if (status == 429) return fail(ErrorCode::provinceBusy, cause);
    if (refusesAtTheDoor(status)) return fail(ErrorCode::provinceRefusedKiosk, cause);
    if (status >= 400) return fail(ErrorCode::provinceOutcomeUnknown, cause);
    return fail(ErrorCode::provinceReplyMalformed, cause);
}

long millisecondsOf(Duration duration) {
    return static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(duration).count());
}

// Shorter than any server keeps an idle connection: one that the server is about to end is not used
// any more, because what is sent over it has an unknown outcome.
constexpr long longestIdleS = 2;

// libcurl's own enumerations, lowest and highest version in one number.
constexpr long tls12Only = (CURL_SSLVERSION_TLSv1_2) + (CURL_SSLVERSION_TLSv1_2 << 16);

// What never changes on a handle. Each option that fails would be a broken library.
void setUp(CURL* handle, const HttpsLinkOptions& options) {
    const auto set = [handle](CURLoption option, auto value) {
        LIQU_ASSERT(curl_easy_setopt(handle, option, value) == CURLE_OK);
    };
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    set(CURLOPT_SSLVERSION, tls12Only);
    set(CURLOPT_CAINFO, options.authorityFile.c_str());
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    set(CURLOPT_SSLCERT, options.certificateFile.c_str());
    set(CURLOPT_SSLKEY, options.keyFile.c_str());
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");  // the environment's proxies are not asked
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TCP_NODELAY, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_MAXAGE_CONN, longestIdleS);
    set(CURLOPT_CONNECTTIMEOUT_MS, millisecondsOf(options.connectPatience));
    set(CURLOPT_WRITEFUNCTION, &receive);
    set(CURLOPT_HEADERFUNCTION, &receiveHeader);
    set(CURLOPT_PREREQFUNCTION, &startOnlyOnce);
}

Headers makeHeaders(const HttpCall& call) {
    const bool isJson = call.contentType.empty();
    const std::string type = "Content-Type: " + (isJson ? "application/json" : call.contentType);
    const std::string wanted = std::string("Accept: ") + (isJson ? "application/json" : "*/*");
    const std::string own = "Authorization: " + call.authorization;
    // Quoted: without a value libcurl would send none, and a server of SOAP refuses that.
    const std::string action = "SOAPAction: \"" + call.soapAction.value_or("") + "\"";
    std::vector<const char*> lines = {type.c_str(), wanted.c_str(),
                                      "Expect:",  // no 100-continue: it would cost a round trip
                                      own.c_str()};
    if (call.soapAction) lines.push_back(action.c_str());
    curl_slist* list = nullptr;
    for (const char* header : lines) {
        // Without a value none is sent.
        curl_slist* longer = curl_slist_append(list, header);
        LIQU_ASSERT(longer != nullptr);
        list = longer;
    }
    return Headers(list);
}

Result<void> mustBeReadable(const std::filesystem::path& file) {
    const auto found = plainFileAt(file);
    if (found) return {};
    return fail(ErrorCode::keyMissing, found.error().cause);
}

}  // namespace

struct HttpsLink::Pool {
    std::mutex mutex;
    std::vector<Handle> idle;

    Handle take(const HttpsLinkOptions& options) {
        {
            const std::lock_guard lock(mutex);
            if (!idle.empty()) {
                Handle handle = std::move(idle.back());
                idle.pop_back();
                return handle;
            }
        }
        Handle handle(curl_easy_init());
        LIQU_ASSERT(handle != nullptr);
        setUp(handle.get(), options);
        return handle;
    }
    void giveBack(Handle handle) {
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(handle));
    }
};

HttpsLink::HttpsLink(HttpsLinkOptions options, std::unique_ptr<Pool> pool)
    : options_(std::move(options)), pool_(std::move(pool)) {}
HttpsLink::~HttpsLink() = default;

Result<std::unique_ptr<HttpsLink>> HttpsLink::create(HttpsLinkOptions options) {
    if (!options.baseUrl.starts_with("https://") || options.baseUrl.ends_with('/')) {
        return fail(ErrorCode::configBadValue, "the province's address is not https://host");
    }
    TRY(mustBeReadable(options.authorityFile));
    TRY(mustBeReadable(options.certificateFile));
    TRY(mustBeReadable(options.keyFile));
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    LIQU_ASSERT(started == CURLE_OK);
    return std::unique_ptr<HttpsLink>(new HttpsLink(std::move(options), std::make_unique<Pool>()));
}

Result<std::string> HttpsLink::exchange(std::string_view path, std::string_view envelope,
                                        Duration patience) {
    const HttpCall post{.verb = HttpCall::Verb::post, .target = std::string(path)};
    HttpAnswer answer = TRY(perform(post, envelope, patience));
    if (auto good = checkStatus(answer.status); !good) {
        wipe(answer.text);
        return fail(std::move(good).error());
    }
    return std::move(answer.text);
}

Result<HttpAnswer> HttpsLink::call(const HttpCall& call, Duration patience) {
    return perform(call, call.body, patience);
}

Result<HttpAnswer> HttpsLink::send(const HttpCall& call, std::string_view body, Duration patience) {
    return perform(call, body, patience);
}

Result<HttpAnswer> HttpsLink::perform(const HttpCall& call, std::string_view body,
                                      Duration patience) {
    Handle handle = pool_->take(options_);
    const std::string url = options_.baseUrl + call.target;
    const Headers own = makeHeaders(call);
    int starts = 0;
    ReplyBuffer reply;
    reply.most = options_.largestReply;
    std::array<char, CURL_ERROR_SIZE> words{};
    CURL* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, own.get());
    if (call.verb == HttpCall::Verb::get) {
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    } else {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        // Not copied by the library: the body may hold personal data.
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    }
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply);
    curl_easy_setopt(curl, CURLOPT_PREREQDATA, &starts);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words.data());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, millisecondsOf(patience));
    const CURLcode code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, static_cast<char*>(nullptr));
    if (code != CURLE_OK || reply.tooLong) {
        wipe(reply.text);
        // The handle dies here: a connection that failed is not used again.
        if (reply.tooLong) return fail(ErrorCode::provinceReplyMalformed, "the reply is too long");
        if (starts > 1) return fail(ErrorCode::provinceOutcomeUnknown, "the line was cut");
        return fail(errorOf(code, words.data(), starts));
    }
    pool_->giveBack(std::move(handle));
    return HttpAnswer{status, std::move(reply.text), std::move(reply.headers)};
}

}  // namespace liqu::drivers
