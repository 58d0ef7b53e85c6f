#include "drivers/https/soap_https.hpp"

namespace liqu::drivers {
namespace {

ports::SoapReply replyOf(HttpAnswer answer) {
    const auto date = answer.headers.find("date");
    return {answer.status, std::move(answer.text),
            date == answer.headers.end() ? std::string() : date->second};
}

}  // namespace

Result<ports::SoapReply> SoapHttps::post(const ports::SoapPost& post, Duration patience) {
    HttpCall call;
    call.verb = HttpCall::Verb::post;
    call.target = post.path;
    call.contentType = "text/xml; charset=" + post.charset;
    call.soapAction = post.action;
    return replyOf(TRY(link_->send(call, post.body, patience)));
}

Result<ports::SoapReply> SoapHttps::look(const std::string& path, Duration patience) {
    HttpCall call;
    call.target = path;
    return replyOf(TRY(link_->call(call, patience)));
}

}  // namespace liqu::drivers
