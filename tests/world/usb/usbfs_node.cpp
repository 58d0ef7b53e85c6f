#include "tests/world/usb/usbfs_node.hpp"

#include <algorithm>
#include <cstddef>
#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <umockdev.h>

#include "tests/world/usb/in_transfer.hpp"

namespace liqu::world {
namespace {

// The node is a plain file, always ready for poll(): without a pause libusb would spin.
constexpr unsigned idlePauseMs = 1;
constexpr std::size_t setupLength = 8;

using Client = UMockdevIoctlClient;
using Data = UMockdevIoctlData;

void complete(Client* client, long result, int error = 0) {
    umockdev_ioctl_client_complete(client, result, error);
}

// Null where the host was killed in the middle of its call.
Data* argumentOf(Client* client, std::size_t length) {
    return umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0,
                                       static_cast<gulong>(length), nullptr);
}

// The library's interface is not const-correct; it only reads.
void writeBack(Data* data, std::size_t offset, const void* bytes, std::size_t length) {
    auto* source = static_cast<guint8*>(const_cast<void*>(bytes));
    umockdev_ioctl_data_update(data, static_cast<gulong>(offset), source, static_cast<int>(length));
}

template <typename T>
void answerWith(Client* client, const T& value) {
    Data* argument = argumentOf(client, sizeof(T));
    if (argument == nullptr) return complete(client, -1, EFAULT);
    writeBack(argument, 0, &value, sizeof(T));
    g_object_unref(argument);
    complete(client, 0);
}

int errorOf(UsbOutcome outcome) {
    switch (outcome) {
        case UsbOutcome::stall:
            return -EPIPE;
        case UsbOutcome::babble:
            return -EOVERFLOW;
        default:
            return -ESHUTDOWN;
    }
}

}  // namespace

struct UsbfsNode::Urb {
    Client* client = nullptr;
    Data* description = nullptr;  // struct usbdevfs_urb in the host's memory
    Data* buffer = nullptr;       // null for an empty one
    gulong address = 0;
    unsigned char type = 0;
    std::uint8_t endpoint = 0;
    std::size_t length = 0;
    std::optional<InTransfer> in;
    bool finished = false;
    int status = 0;
    std::size_t transferred = 0;

    bool isIn() const { return (endpoint & 0x80) != 0; }
    ByteView bytes() const {
        return buffer == nullptr ? ByteView{} : ByteView{buffer->data, length};
    }
    void finish(int with) {
        finished = true;
        status = with;
    }
    void give(std::size_t offset, const Bytes& data) {
        transferred = data.size();
        if (data.empty() || buffer == nullptr) return;
        writeBack(buffer, offset, data.data(), data.size());
    }
    ~Urb() {
        if (buffer != nullptr) g_object_unref(buffer);
        if (description != nullptr) g_object_unref(description);
    }
};

struct UsbfsNode::DelayedReap {
    UsbfsNode* node;
    Client* client;
};

UsbfsNode::UsbfsNode(UsbEngine& engine)
    : engine_(engine),
      shape_(shapeOf(engine.descriptors())),
      handler_(UMOCKDEV_IOCTL_BASE(g_object_new(UMOCKDEV_TYPE_IOCTL_BASE, nullptr))) {
    g_signal_connect(handler_, "handle-ioctl", G_CALLBACK(&UsbfsNode::onIoctl), this);
    g_signal_connect(handler_, "client-vanished", G_CALLBACK(&UsbfsNode::onVanished), this);
}

UsbfsNode::~UsbfsNode() {
    for (GObject* client : clients_) g_object_weak_unref(client, &UsbfsNode::onFreed, this);
    g_object_unref(handler_);
}

int UsbfsNode::onIoctl(UMockdevIoctlBase*, Client* client, void* self) {
    static_cast<UsbfsNode*>(self)->handle(client);
    return TRUE;
}

// A process that ends, however it ends, gives back its claim, and its transfers are cancelled.
// Later versions of umockdev say nothing where it was killed between two calls: then its client is
// only freed.
void UsbfsNode::onVanished(UMockdevIoctlBase*, Client* client, void* self) {
    static_cast<UsbfsNode*>(self)->forget(client);
}

void UsbfsNode::onFreed(void* self, GObject* client) {
    auto* node = static_cast<UsbfsNode*>(self);
    node->clients_.erase(client);
    node->forget(reinterpret_cast<Client*>(client));
}

void UsbfsNode::forget(const Client* client) {
    if (claimedBy_ == client) claimedBy_ = nullptr;
    urbs_.remove_if([client](const auto& urb) { return urb->client == client; });
}

void UsbfsNode::handle(Client* client) {
    if (clients_.insert(G_OBJECT(client)).second) {
        g_object_weak_ref(G_OBJECT(client), &UsbfsNode::onFreed, this);
    }
    if (hostDied_.exchange(false)) {
        claimedBy_ = nullptr;
        urbs_.clear();
    }
    const gulong request = umockdev_ioctl_client_get_request(client);
    const bool isReap = request == USBDEVFS_REAPURB || request == USBDEVFS_REAPURBNDELAY;
    if (removed_ && !isReap && request != USBDEVFS_DISCARDURB) {
        complete(client, -1, ENODEV);
        return;
    }
    switch (request) {
        case USBDEVFS_GET_CAPABILITIES:
            answerWith<__u32>(client, USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                                          USBDEVFS_CAP_REAP_AFTER_DISCONNECT);
            return;
        case USBDEVFS_CLAIMINTERFACE:
        case USBDEVFS_DISCONNECT_CLAIM:
            claim(client);
            return;
        case USBDEVFS_RELEASEINTERFACE:
            release(client);
            return;
        case USBDEVFS_GETDRIVER:
            tellDriver(client);
            return;
        case USBDEVFS_SETINTERFACE:
        case USBDEVFS_SETCONFIGURATION:
        case USBDEVFS_RESET:
            complete(client, 0);
            return;
        case USBDEVFS_CLEAR_HALT:
            clearHalt(client);
            return;
        case USBDEVFS_SUBMITURB:
            submit(client);
            return;
        case USBDEVFS_DISCARDURB:
            discard(client);
            return;
        case USBDEVFS_REAPURB:
        case USBDEVFS_REAPURBNDELAY:
            reap(client);
            return;
        default:
            complete(client, -1, ENOTTY);
            return;
    }
}

void UsbfsNode::claim(Client* client) {
    const bool isDetaching = umockdev_ioctl_client_get_request(client) == USBDEVFS_DISCONNECT_CLAIM;
    const bool heldByOther =
        (claimedBy_ != nullptr && claimedBy_ != client) || obstacle_ == UsbObstacle::heldByProcess;
    if (heldByOther || obstacle_ == UsbObstacle::heldByDriver) {
        complete(client, -1, EBUSY);
        return;
    }
    Data* argument =
        argumentOf(client, isDetaching ? sizeof(usbdevfs_disconnect_claim) : sizeof(unsigned int));
    if (argument == nullptr) return complete(client, -1, EFAULT);
    unsigned int interface = 0;
    memcpy(&interface, argument->data, sizeof(interface));
    g_object_unref(argument);
    if (interface != 0) {
        complete(client, -1, EINVAL);
        return;
    }
    claimedBy_ = client;
    complete(client, 0);
}

void UsbfsNode::release(Client* client) {
    if (claimedBy_ != client) {
        complete(client, -1, EINVAL);
        return;
    }
    claimedBy_ = nullptr;
    complete(client, 0);
}

void UsbfsNode::tellDriver(Client* client) {
    const bool isClaimed = claimedBy_ != nullptr || obstacle_ == UsbObstacle::heldByProcess;
    if (!isClaimed && obstacle_ != UsbObstacle::heldByDriver) {
        complete(client, -1, ENODATA);
        return;
    }
    usbdevfs_getdriver answer{};
    strcpy(answer.driver, isClaimed ? "usbfs" : "usblp");
    answerWith(client, answer);
}

void UsbfsNode::clearHalt(Client* client) {
    Data* argument = argumentOf(client, sizeof(unsigned int));
    if (argument == nullptr) return complete(client, -1, EFAULT);
    unsigned int endpoint = 0;
    memcpy(&endpoint, argument->data, sizeof(endpoint));
    g_object_unref(argument);
    engine_.control(clearHaltRequest(static_cast<std::uint8_t>(endpoint)), {}, clock_.now());
    complete(client, 0);
}

void UsbfsNode::submit(Client* client) {
    auto urb = std::make_unique<Urb>();
    urb->client = client;
    urb->description = argumentOf(client, sizeof(usbdevfs_urb));
    if (urb->description == nullptr) return complete(client, -1, EFAULT);
    usbdevfs_urb described{};
    memcpy(&described, urb->description->data, sizeof(described));
    urb->address = urb->description->client_addr;
    urb->type = described.type;
    urb->endpoint = described.endpoint;
    urb->length = static_cast<std::size_t>(described.buffer_length);
    if (urb->length > 0) {
        urb->buffer = umockdev_ioctl_data_resolve(urb->description, offsetof(usbdevfs_urb, buffer),
                                                  static_cast<gulong>(urb->length), nullptr);
    }
    if (urb->length > 0 && urb->buffer == nullptr) return complete(client, -1, EFAULT);
    if (urb->type != USBDEVFS_URB_TYPE_CONTROL && urb->isIn()) {
        std::size_t maxPacketSize = 64;
        for (const EndpointShape& one : shape_.endpoints) {
            if (one.address == urb->endpoint) maxPacketSize = one.maxPacketSize;
        }
        urb->in.emplace(urb->endpoint, maxPacketSize, urb->length);
    }
    urbs_.push_back(std::move(urb));
    complete(client, 0);
}

void UsbfsNode::discard(Client* client) {
    gulong address = 0;
    memcpy(&address, umockdev_ioctl_client_get_arg(client)->data, sizeof(address));
    for (const auto& urb : urbs_) {
        if (urb->client != client || urb->address != address || urb->finished) continue;
        if (urb->in) urb->give(0, urb->in->data());
        urb->finish(-ENOENT);
        complete(client, 0);
        return;
    }
    complete(client, -1, EINVAL);
}

void UsbfsNode::reap(Client* client) {
    progressAll(client);
    if (reapFinished(client)) return;
    // The answer waits a moment, and other clients are served meanwhile.
    auto* delayed = new DelayedReap{this, UMOCKDEV_IOCTL_CLIENT(g_object_ref(client))};
    GSource* timer = g_timeout_source_new(idlePauseMs);
    g_source_set_callback(timer, &UsbfsNode::onDelayedReap, delayed, nullptr);
    g_source_attach(timer, g_source_get_context(g_main_current_source()));
    g_source_unref(timer);
}

int UsbfsNode::onDelayedReap(void* data) {
    const std::unique_ptr<DelayedReap> delayed(static_cast<DelayedReap*>(data));
    Client* client = delayed->client;
    if (umockdev_ioctl_client_get_connected(client)) {
        delayed->node->progressAll(client);
        if (!delayed->node->reapFinished(client)) complete(client, -1, EAGAIN);
    }
    g_object_unref(client);
    return G_SOURCE_REMOVE;
}

bool UsbfsNode::reapFinished(Client* client) {
    const auto found = std::find_if(urbs_.begin(), urbs_.end(), [client](const auto& urb) {
        return urb->client == client && urb->finished;
    });
    if (found == urbs_.end()) return false;
    const std::unique_ptr<Urb> urb = std::move(*found);
    urbs_.erase(found);
    Data* answer = argumentOf(client, sizeof(void*));
    if (answer == nullptr) {
        complete(client, -1, EFAULT);
        return true;
    }
    const int transferred = static_cast<int>(urb->transferred);
    writeBack(urb->description, offsetof(usbdevfs_urb, status), &urb->status, sizeof(int));
    writeBack(urb->description, offsetof(usbdevfs_urb, actual_length), &transferred, sizeof(int));
    umockdev_ioctl_data_set_ptr(answer, 0, urb->description);
    complete(client, 0);
    g_object_unref(answer);
    return true;
}

// Transfers of one endpoint go one after the other, those of different endpoints side by side.
void UsbfsNode::progressAll(Client* client) {
    std::uint32_t waitingEndpoints = 0;
    engine_.advance(clock_.now());
    for (const auto& urb : urbs_) {
        if (urb->client != client || urb->finished) continue;
        const std::uint32_t bit = 1U << ((urb->endpoint & 0x0F) + (urb->isIn() ? 16 : 0));
        if ((waitingEndpoints & bit) != 0) continue;
        progress(*urb);
        if (!urb->finished) waitingEndpoints |= bit;
    }
}

void UsbfsNode::progress(Urb& urb) {
    if (removed_) {
        urb.finish(-ESHUTDOWN);
        return;
    }
    if (urb.type == USBDEVFS_URB_TYPE_CONTROL) {
        progressControl(urb);
        return;
    }
    if (urb.in) {
        const UsbOutcome outcome = urb.in->poll(engine_, clock_.now());
        if (outcome == UsbOutcome::notYet) return;
        urb.give(0, urb.in->data());
        urb.finish(outcome == UsbOutcome::done ? 0 : errorOf(outcome));
        return;
    }
    while (!urb.finished) {
        const UsbTransfer part =
            engine_.out(urb.endpoint, urb.bytes().subspan(urb.transferred), clock_.now());
        urb.transferred += part.accepted;
        const bool mayGoOn = part.outcome == UsbOutcome::done || part.outcome == UsbOutcome::notYet;
        if (!mayGoOn) urb.finish(errorOf(part.outcome));
        if (mayGoOn && urb.transferred == urb.length) urb.finish(0);
        if (part.accepted == 0) return;
    }
}

void UsbfsNode::progressControl(Urb& urb) {
    const ByteView bytes = urb.bytes();
    const auto word = [&bytes](std::size_t at) {
        return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
    };
    const UsbSetup setup{bytes[0], bytes[1], word(2), word(4), word(6)};
    const bool isIn = (setup.requestType & 0x80) != 0;
    const ByteView sent = isIn ? ByteView{} : bytes.subspan(setupLength);
    const UsbTransfer answer = engine_.control(setup, sent, clock_.now());
    if (answer.outcome == UsbOutcome::notYet) return;
    if (answer.outcome != UsbOutcome::done) {
        urb.finish(errorOf(answer.outcome));
        return;
    }
    if (isIn) urb.give(setupLength, answer.data);
    if (!isIn) urb.transferred = sent.size();
    urb.finish(0);
}

}  // namespace liqu::world
