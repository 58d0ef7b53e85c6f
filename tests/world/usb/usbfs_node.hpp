// One device node of usbdevfs, played for the real libusb of another process: each ioctl of the
// kernel's interface (linux/usbdevice_fs.h) is answered from a simulated device. Lives on
// umockdev's worker thread; `remove` may be called from anywhere.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <set>

#include "firmware/base/clock.hpp"
#include "tests/world/usb/inprocess_bus.hpp"
#include "tests/world/usb/usb_shape.hpp"
#include "tests/world/usb_engine.hpp"

typedef struct _GObject GObject;
typedef struct _UMockdevIoctlBase UMockdevIoctlBase;
typedef struct _UMockdevIoctlClient UMockdevIoctlClient;

namespace liqu::world {

class UsbfsNode {
  public:
    explicit UsbfsNode(UsbEngine& engine);
    ~UsbfsNode();
    UsbfsNode(const UsbfsNode&) = delete;
    UsbfsNode& operator=(const UsbfsNode&) = delete;

    // To be attached to the node of a testbed.
    UMockdevIoctlBase* handler() const { return handler_; }
    // The device is gone: what is pending fails, and this node never works again.
    void remove() { removed_ = true; }
    // The host's process was killed: as a kernel does it, its claim and its transfers end at once.
    // Any thread.
    void hostDied() { hostDied_ = true; }
    void setObstacle(UsbObstacle obstacle) { obstacle_ = obstacle; }

  private:
    struct Urb;
    struct DelayedReap;
    using Client = UMockdevIoctlClient;

    static int onIoctl(UMockdevIoctlBase*, Client* client, void* self);
    static void onVanished(UMockdevIoctlBase*, Client* client, void* self);
    static void onFreed(void* self, GObject* client);
    static int onDelayedReap(void* data);

    void handle(Client* client);
    void forget(const Client* client);
    void submit(Client* client);
    void discard(Client* client);
    void reap(Client* client);
    bool reapFinished(Client* client);
    void claim(Client* client);
    void release(Client* client);
    void tellDriver(Client* client);
    void clearHalt(Client* client);

    void progress(Urb& urb);
    void progressControl(Urb& urb);
    void progressAll(Client* client);
    UsbEngine& engine_;
    SystemClock clock_;
    DeviceShape shape_;
    UMockdevIoctlBase* handler_;
    std::list<std::unique_ptr<Urb>> urbs_;
    std::atomic<bool> hostDied_ = false;
    Client* claimedBy_ = nullptr;
    std::set<GObject*> clients_;  // that ever called, and live
    std::atomic<bool> removed_{false};
    std::atomic<UsbObstacle> obstacle_{UsbObstacle::none};
};

}  // namespace liqu::world
