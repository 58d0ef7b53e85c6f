// Whether headphones are plugged in, as the kernel tells it: an input device with a switch
// (SW_HEADPHONE_INSERT, linux/input-event-codes.h), of the sound card or of a contact at the jack.
// While the device is missing they count as out: private words are then said nowhere.
// A thread of its own reads; plugged() from any thread.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <thread>

#include "firmware/base/plain_file.hpp"

struct input_event;

namespace liqu::ui {

class HeadphoneJack {
  public:
    // changed: called on the jack's own thread.
    HeadphoneJack(std::filesystem::path device, std::function<void()> changed);
    HeadphoneJack(const HeadphoneJack&) = delete;
    HeadphoneJack& operator=(const HeadphoneJack&) = delete;
    ~HeadphoneJack();

    bool plugged() const { return plugged_; }

  private:
    void watch();
    // Until the device is gone, or this object.
    void follow(const Descriptor& device);
    void tell(bool plugged);
    // True when this object goes.
    bool endsWithin(int ms) const;

    std::filesystem::path device_;
    std::function<void()> changed_;
    std::atomic<bool> plugged_ = false;
    Descriptor stop_;
    std::thread thread_;
};

}  // namespace liqu::ui
