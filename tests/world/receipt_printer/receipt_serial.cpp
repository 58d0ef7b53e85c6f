#include "tests/world/receipt_printer/receipt_serial.hpp"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <termios.h>
#include <unistd.h>

namespace liqu::world {
namespace {

constexpr Duration tick = std::chrono::milliseconds{2};
constexpr int bitsPerByte = 10;
constexpr std::size_t readAtOnce = 256;

class InProcessPort final : public drivers::SerialPort {
  public:
    InProcessPort(ReceiptSerialLine& line, VirtualClock& clock) : line_(line), clock_(clock) {}

    drivers::SerialResult<void> write(ByteView data, Duration patience) override {
        const Instant deadline = clock_.now() + patience;
        while (!data.empty()) {
            if (!line_.plugged()) return gone();
            const std::size_t carried = line_.carry(data, clock_.now());
            data = data.subspan(carried);
            if (carried == 0 && !waitBefore(deadline)) {
                return tl::unexpected(drivers::SerialFailure{drivers::SerialError::timedOut,
                                                             "the line takes nothing"});
            }
        }
        return {};
    }
    drivers::SerialResult<void> drain() override {
        if (!line_.plugged()) return gone();
        return {};
    }
    drivers::SerialResult<Bytes> read(std::size_t most, Duration patience) override {
        const Instant deadline = clock_.now() + patience;
        while (true) {
            if (!line_.plugged()) return gone();
            Bytes bytes = line_.answers(most, clock_.now());
            if (!bytes.empty() || !waitBefore(deadline)) return bytes;
        }
    }
    drivers::SerialResult<void> discardInput() override {
        line_.discardAnswers();
        return {};
    }

  private:
    static tl::unexpected<drivers::SerialFailure> gone() {
        return tl::unexpected(
            drivers::SerialFailure{drivers::SerialError::unplugged, "the line is gone"});
    }
    bool waitBefore(Instant deadline) {
        if (clock_.now() >= deadline) return false;
        Instant until = deadline;
        for (const auto& event : {clock_.nextEvent(), line_.nextEvent()}) {
            if (event && *event > clock_.now()) until = std::min(until, *event);
        }
        clock_.sleepUntil(until);
        return true;
    }

    ReceiptSerialLine& line_;
    VirtualClock& clock_;
};

}  // namespace

ReceiptSerialLine::ReceiptSerialLine(ReceiptSettings settings, ReceiptFaults* faults, int baud)
    : faults_(faults),
      machine_(std::move(settings), faults),
      byteTime_(std::int64_t{bitsPerByte} * 1'000'000 / baud) {
    machine_.greet(now_);
    collect();
}

std::size_t ReceiptSerialLine::carry(ByteView bytes, Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = std::max(now_, now);
    // A look that comes a little late must not slow the line down.
    freeAt_ = std::max(freeAt_, now - 10 * tick);
    std::size_t carried = 0;
    bool refused = false;
    while (carried < bytes.size() && freeAt_ <= now && !refused) {
        refused = machine_.take(bytes.subspan(carried, 1), now) == 0;
        if (refused) break;
        ++carried;
        freeAt_ += byteTime_;
    }
    waiting_ = carried < bytes.size() && !refused;
    collect();
    return carried;
}

Bytes ReceiptSerialLine::answers(std::size_t most, Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = std::max(now_, now);
    machine_.advance(now);
    collect();
    Bytes bytes;
    while (!coming_.empty() && coming_.front().readyAt <= now && bytes.size() < most) {
        Bytes& front = coming_.front().bytes;
        const std::size_t length = std::min(front.size(), most - bytes.size());
        const auto end = front.begin() + static_cast<std::ptrdiff_t>(length);
        bytes.insert(bytes.end(), front.begin(), end);
        front.erase(front.begin(), end);
        if (front.empty()) coming_.pop_front();
    }
    return bytes;
}

void ReceiptSerialLine::discardAnswers() {
    const std::lock_guard lock(mutex_);
    std::erase_if(coming_, [this](const ReceiptAnswer& answer) { return answer.readyAt <= now_; });
}

bool ReceiptSerialLine::plugged() const {
    const std::lock_guard lock(mutex_);
    return plugged_ && (faults_ == nullptr || !faults_->holds(ReceiptFault::absent));
}

void ReceiptSerialLine::advance(Instant now) {
    const std::lock_guard lock(mutex_);
    now_ = std::max(now_, now);
    machine_.advance(now);
    collect();
}

std::optional<Instant> ReceiptSerialLine::nextEvent() const {
    const std::lock_guard lock(mutex_);
    std::optional<Instant> next = machine_.nextEvent();
    const auto consider = [&next](Instant at) { next = next ? std::min(*next, at) : at; };
    if (!coming_.empty() && coming_.front().readyAt > now_) consider(coming_.front().readyAt);
    if (waiting_) consider(freeAt_);
    return next;
}

// A line has no plug that the printer's power pulls: what is off just says nothing.
void ReceiptSerialLine::collect() {
    for (ReceiptAnswer& answer : machine_.takeAnswers()) coming_.push_back(std::move(answer));
    if (machine_.takeUnplug()) plugged_ = false;
    if (!plugged_) coming_.clear();
}

void ReceiptSerialLine::hands(const Hands& act) {
    const std::lock_guard lock(mutex_);
    act(machine_, now_);
    collect();
}

void ReceiptSerialLine::unplug() {
    const std::lock_guard lock(mutex_);
    plugged_ = false;
    coming_.clear();
}

void ReceiptSerialLine::plugIn() {
    const std::lock_guard lock(mutex_);
    plugged_ = true;
    machine_.greet(now_);
    collect();
}

ReceiptPrinterMachine ReceiptSerialLine::machine() const {
    const std::lock_guard lock(mutex_);
    return machine_;
}

void addTo(VirtualClock& clock, ReceiptSerialLine& line) {
    clock.add({[&line](Instant now) { line.advance(now); }, [&line] { return line.nextEvent(); }});
}

std::unique_ptr<drivers::SerialPort> openInProcess(ReceiptSerialLine& line, VirtualClock& clock) {
    return std::make_unique<InProcessPort>(line, clock);
}

Result<std::unique_ptr<ReceiptTerminal>> ReceiptTerminal::create(ReceiptSerialLine& line,
                                                                 std::filesystem::path path) {
    std::unique_ptr<ReceiptTerminal> terminal(new ReceiptTerminal(line, std::move(path)));
    if (!terminal->open()) return fail(ErrorCode::fileNotWritable, terminal->path_.string());
    terminal->thread_ =
        std::jthread([self = terminal.get()](const std::stop_token& stop) { self->run(stop); });
    return terminal;
}

ReceiptTerminal::ReceiptTerminal(ReceiptSerialLine& line, std::filesystem::path path)
    : line_(line), path_(std::move(path)) {}

ReceiptTerminal::~ReceiptTerminal() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    close();
}

bool ReceiptTerminal::open() {
    module_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    char name[128] = "";
    const bool made = module_ >= 0 && ::grantpt(module_) == 0 && ::unlockpt(module_) == 0 &&
                      ::ptsname_r(module_, name, sizeof name) == 0;
    if (!made) return false;
    // Raw from the beginning: an echo would come back as a command.
    termios settings{};
    if (::tcgetattr(module_, &settings) != 0) return false;
    ::cfmakeraw(&settings);
    ::tcsetattr(module_, TCSANOW, &settings);
    std::error_code error;
    std::filesystem::remove(path_, error);
    std::filesystem::create_symlink(name, path_, error);
    return !error;
}

void ReceiptTerminal::close() {
    if (module_ >= 0) ::close(module_);
    module_ = -1;
    read_.clear();
    std::error_code error;
    std::filesystem::remove(path_, error);
}

void ReceiptTerminal::run(const std::stop_token& stop) {
    SystemClock clock;
    while (!stop.stop_requested()) {
        const Instant now = clock.now();
        line_.advance(now);
        if (!line_.plugged()) {
            close();
        } else if (module_ >= 0 || open()) {
            exchange(now);
        }
        clock.sleepFor(tick);
    }
}

// What the printer does not take stays in the kernel, until the host's writes have to wait.
void ReceiptTerminal::exchange(Instant now) {
    while (true) {
        if (read_.empty()) {
            read_.resize(readAtOnce);
            const ssize_t got = ::read(module_, read_.data(), read_.size());
            read_.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        }
        if (read_.empty()) break;
        const std::size_t carried = line_.carry(read_, now);
        read_.erase(read_.begin(), read_.begin() + static_cast<std::ptrdiff_t>(carried));
        if (carried == 0) break;
    }
    const Bytes answers = line_.answers(readAtOnce, now);
    if (!answers.empty() && ::write(module_, answers.data(), answers.size()) < 0) return;
}

}  // namespace liqu::world
