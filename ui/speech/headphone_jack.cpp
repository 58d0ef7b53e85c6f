#include "ui/speech/headphone_jack.hpp"

#include <array>
#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace liqu::ui {
namespace {

constexpr int openAgainMs = 2000;

// A switch that was closed before anybody listened tells nothing by itself.
bool isClosed(int device) {
    std::array<unsigned char, SW_MAX / 8 + 1> switches{};
    if (::ioctl(device, EVIOCGSW(switches.size()), switches.data()) < 0) return false;
    return (switches.at(SW_HEADPHONE_INSERT / 8) >> (SW_HEADPHONE_INSERT % 8) & 1U) != 0;
}

std::optional<bool> toldBy(std::span<const input_event> events) {
    std::optional<bool> closed;
    for (const input_event& event : events) {
        if (event.type == EV_SW && event.code == SW_HEADPHONE_INSERT) closed = event.value != 0;
    }
    return closed;
}

}  // namespace

HeadphoneJack::HeadphoneJack(std::filesystem::path device, std::function<void()> changed)
    : device_(std::move(device)),
      changed_(std::move(changed)),
      stop_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { watch(); }) {}

HeadphoneJack::~HeadphoneJack() {
    ::eventfd_write(stop_.number(), 1);
    thread_.join();
}

void HeadphoneJack::watch() {
    do {
        const Descriptor device(::open(device_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        if (!device.isOpen()) continue;
        tell(isClosed(device.number()));
        follow(device);
        tell(false);
    } while (!endsWithin(openAgainMs));
}

void HeadphoneJack::follow(const Descriptor& device) {
    while (true) {
        std::array<pollfd, 2> lines{{{device.number(), POLLIN, 0}, {stop_.number(), POLLIN, 0}}};
        if (::poll(lines.data(), lines.size(), -1) < 0) continue;
        if (lines[1].revents != 0) return;
        std::array<input_event, 16> events{};
        const ssize_t bytes = ::read(device.number(), events.data(), sizeof(events));
        if (bytes < 0 && errno == EAGAIN) continue;
        if (bytes <= 0) return;
        const auto count = static_cast<std::size_t>(bytes) / sizeof(input_event);
        if (const auto closed = toldBy(std::span(events).first(count))) tell(*closed);
    }
}

void HeadphoneJack::tell(bool plugged) {
    if (plugged_.exchange(plugged) != plugged) changed_();
}

bool HeadphoneJack::endsWithin(int ms) const {
    pollfd stop{stop_.number(), POLLIN, 0};
    return ::poll(&stop, 1, ms) > 0;
}

}  // namespace liqu::ui
