#include "tests/world/main/fee_platform.hpp"

#include <algorithm>

namespace liqu::world {
namespace {

constexpr Duration untilPaid = std::chrono::seconds{8};

Duration scaled(Duration time, double speed) {
    return std::chrono::duration_cast<Duration>(time / speed);
}

}  // namespace

Result<std::unique_ptr<FeePlatform>> FeePlatform::start(const Pki& pki, Payer payer, double speed) {
    std::unique_ptr<FeePlatform> fees(new FeePlatform());
    fees->keys_ = TRY(Sm2Keys::load(pki));
    fees->gateway_ = std::make_unique<PaymentGateway>(fees->platform_, *fees->keys_, fees->faults_);
    PaymentTimes times;
    times.answer = scaled(times.answer, speed);
    fees->front_ =
        std::make_unique<PaymentFront>(*fees->gateway_, fees->faults_, fees->clock_, times);
    if (payer == Payer::pays) fees->front_->setPayer({std::nullopt, scaled(untilPaid, speed)});
    fees->server_ = TRY(PaymentServer::start(*fees->front_, fees->clock_, pki));
    return fees;
}

bool FeePlatform::hasArrived() {
    bool arrived = false;
    front_->use([&](PaymentPlatform& platform, WallTime) {
        arrived = std::ranges::any_of(platform.orders(),
                                      [](const auto& one) { return !one.second.payments.empty(); });
    });
    return arrived;
}

std::vector<std::string> FeePlatform::wrongs() {
    std::vector<std::string> wrongs = front_->wrongs();
    front_->use([&](PaymentPlatform& platform, WallTime now) {
        for (std::string& one : platform.audit(now)) wrongs.push_back(std::move(one));
    });
    return wrongs;
}

}  // namespace liqu::world
