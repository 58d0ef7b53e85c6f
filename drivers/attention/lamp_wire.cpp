#include <algorithm>

#include "drivers/attention/attention_wire.hpp"

namespace liqu::drivers {
namespace {

constexpr Duration writePatience = std::chrono::seconds{1};
constexpr std::size_t mostAtOnce = 256;

class LampWire final : public AttentionWire {
  public:
    explicit LampWire(LampOptions options) : options_(std::move(options)) {}

    Result<bool> ask(std::uint64_t call, ports::CallReason) override {
        if (lit_ != call) {
            TRY(forgetPresses());
            TRY(send(options_.on));
            lit_ = call;
        }
        if (options_.acknowledge.empty()) return false;
        return wasPressed();
    }

    Result<void> over(std::uint64_t call) override {
        if (lit_ != 0 && lit_ != call) return {};
        lit_ = 0;
        return send(options_.off);
    }

  private:
    // A line that failed is opened anew the next time, and the lamp is told again.
    tl::unexpected<Error> failed(const SerialFailure& failure) {
        port_.reset();
        lit_ = 0;
        return fail(ErrorCode::serialPortFailed, failure.cause);
    }

    Result<void> open() {
        if (port_) return {};
        auto opened = options_.open();
        if (!opened) return failed(opened.error());
        port_ = std::move(*opened);
        return {};
    }

    // What was pressed before a call acknowledges nothing.
    Result<void> forgetPresses() {
        TRY(open());
        heard_.clear();
        if (const auto done = port_->discardInput(); !done) return failed(done.error());
        return {};
    }

    Result<void> send(const Bytes& bytes) {
        TRY(open());
        if (const auto done = port_->write(bytes, writePatience); !done) {
            return failed(done.error());
        }
        if (const auto done = port_->drain(); !done) return failed(done.error());
        return {};
    }

    Result<bool> wasPressed() {
        const auto came = port_->read(mostAtOnce, Duration::zero());
        if (!came) return failed(came.error());
        heard_.insert(heard_.end(), came->begin(), came->end());
        const bool pressed = std::search(heard_.begin(), heard_.end(), options_.acknowledge.begin(),
                                         options_.acknowledge.end()) != heard_.end();
        // What may still become the sequence is kept.
        const std::size_t kept = std::min(heard_.size(), options_.acknowledge.size() - 1);
        heard_.erase(heard_.begin(), heard_.end() - static_cast<std::ptrdiff_t>(kept));
        return pressed;
    }

    LampOptions options_;
    std::unique_ptr<SerialPort> port_;
    std::uint64_t lit_ = 0;  // the call the lamp was lit for
    Bytes heard_;
};

}  // namespace

std::unique_ptr<AttentionWire> makeLampWire(LampOptions options) {
    return std::make_unique<LampWire>(std::move(options));
}

}  // namespace liqu::drivers
