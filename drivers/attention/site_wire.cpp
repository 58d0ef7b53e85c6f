#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include "drivers/attention/attention_wire.hpp"
#include "firmware/base/assert.hpp"

namespace liqu::drivers {
namespace {

using nlohmann::json;

constexpr std::size_t longestAnswer = 4096;

struct FreeCurl {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeHeaders {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t receiveAnswer(char* data, std::size_t, std::size_t size, void* context) {
    auto& answer = *static_cast<std::string*>(context);
    if (answer.size() + size > longestAnswer) return 0;
    answer.append(data, size);
    return size;
}

class SiteWire final : public AttentionWire {
  public:
    explicit SiteWire(SiteOptions options) : options_(std::move(options)) {}

    Result<bool> ask(std::uint64_t call, ports::CallReason reason) override {
        reason_ = reason;
        const Answer answer = TRY(post(siteMessage(options_.terminal, call, "asked", reason)));
        if (answer.status != 200) return notHeard(answer.status);
        return siteAnswer(answer.body, call);
    }

    Result<void> over(std::uint64_t call) override {
        const Answer answer = TRY(post(siteMessage(options_.terminal, call, "over", reason_)));
        if (!endsCall(answer.status)) return notHeard(answer.status);
        return {};
    }

  private:
    struct Answer {
        long status = 0;
        std::string body;
    };

    // Taken in, or closed there already.
    static bool endsCall(long status) {
        return status == 200 || status == 204 || status == 404 || status == 410;
    }
    static tl::unexpected<Error> notHeard(long status) {
        return fail(ErrorCode::attentionNotHeard, "HTTP status " + std::to_string(status));
    }

    // Each time a connection of its own: a call is rare, and nothing is sent twice unseen.
    Result<Answer> post(const std::string& message) {
        const std::unique_ptr<CURL, FreeCurl> handle(curl_easy_init());
        LIQU_ASSERT(handle != nullptr);
        CURL* curl = handle.get();
        const std::unique_ptr<curl_slist, FreeHeaders> headers(
            curl_slist_append(nullptr, "Content-Type: application/json"));
        Answer answer;
        curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, message.c_str());
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receiveAnswer);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
        const auto patience = static_cast<long>(
            std::chrono::duration_cast<std::chrono::milliseconds>(options_.patience).count());
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, patience);
        const std::string authority = options_.authorityFile.string();
        if (!authority.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, authority.c_str());
        const CURLcode code = curl_easy_perform(curl);
        if (code != CURLE_OK) {
            return fail(ErrorCode::attentionNotHeard, curl_easy_strerror(code));
        }
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
        return answer;
    }

    SiteOptions options_;
    ports::CallReason reason_ = ports::CallReason::person;
};

}  // namespace

std::string siteMessage(const std::string& terminal, std::uint64_t call, std::string_view state,
                        ports::CallReason reason) {
    return json{{"terminal", terminal},
                {"call", std::to_string(call)},
                {"state", state},
                {"reason", nameOf(reason)}}
        .dump();
}

Result<bool> siteAnswer(std::string_view body, std::uint64_t call) {
    const json answer = json::parse(body, nullptr, false);
    const auto textAt = [&answer](const char* key) {
        const bool there = answer.is_object() && answer.contains(key) && answer[key].is_string();
        return there ? answer[key].get<std::string>() : std::string();
    };
    const std::string state = textAt("state");
    const bool known = state == "asked" || state == "acknowledged";
    if (!known || textAt("call") != std::to_string(call)) {
        return fail(ErrorCode::attentionNotHeard, "no answer to this call");
    }
    return state == "acknowledged";
}

std::unique_ptr<AttentionWire> makeSiteWire(SiteOptions options) {
    return std::make_unique<SiteWire>(std::move(options));
}

}  // namespace liqu::drivers
