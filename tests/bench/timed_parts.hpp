// Who is waited for while a card is made, and what the software itself does meanwhile: each a
// decorator of a port that writes down how long it took.
#pragma once

#include <memory>
#include <thread>
#include <type_traits>

#include "drivers/transport/usb.hpp"
#include "firmware/ports/card_face_renderer.hpp"
#include "firmware/ports/chip_reader.hpp"
#include "firmware/ports/province_link.hpp"
#include "firmware/ports/signer.hpp"
#include "tests/world/evidence/busy_times.hpp"

namespace liqu::bench {

// What the chip takes is the chip's time.
class TimedChipReader final : public ports::ChipReader {
  public:
    TimedChipReader(ports::ChipReader& reader, const Clock& clock, world::BusyTimes& busy)
        : reader_(reader), clock_(clock), busy_(busy) {}

    Result<void> selfTest() override { return reader_.selfTest(); }
    Result<Bytes> powerOn(Duration patience) override {
        return timed([&] { return reader_.powerOn(patience); });
    }
    Result<Bytes> coldReset() override {
        return timed([&] { return reader_.coldReset(); });
    }
    Result<Bytes> transmit(ByteView command) override {
        return timed([&] { return reader_.transmit(command); });
    }
    void powerOff() override { reader_.powerOff(); }

  private:
    Result<Bytes> timed(auto&& act) {
        const Instant begin = clock_.now();
        Result<Bytes> result = act();
        busy_.add(world::BusyPart::chip, begin, clock_.now());
        return result;
    }
    ports::ChipReader& reader_;
    const Clock& clock_;
    world::BusyTimes& busy_;
};

// What lies between sending and the answer is the province's time; signing and sealing are ours.
class TimedLink final : public ports::ProvinceLink {
  public:
    TimedLink(ports::ProvinceLink& link, const Clock& clock, world::BusyTimes& busy)
        : link_(link), clock_(clock), busy_(busy) {}

    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        const Instant begin = clock_.now();
        auto answer = link_.exchange(path, envelope, patience);
        busy_.add(world::BusyPart::province, begin, clock_.now());
        return answer;
    }

  private:
    ports::ProvinceLink& link_;
    const Clock& clock_;
    world::BusyTimes& busy_;
};

// Listening to the printer, whether it answers or has nothing to say, is waiting for it. Kept apart
// from its motions.
std::unique_ptr<drivers::UsbBus> timedBus(drivers::UsbBus& bus, const Clock& clock,
                                          world::BusyTimes& listening);

class TimedRenderer final : public ports::CardFaceRenderer {
  public:
    TimedRenderer(ports::CardFaceRenderer& renderer, const Clock& clock)
        : renderer_(renderer), clock_(clock) {}

    Result<void> checkText(const card::FaceItems& items) override {
        return renderer_.checkText(items);
    }
    Result<void> checkPortrait(ByteView jpeg) override { return renderer_.checkPortrait(jpeg); }
    Result<ports::CardFace> render(const card::FaceItems& items) override {
        const Instant begin = clock_.now();
        auto face = renderer_.render(items);
        spent += clock_.now() - begin;
        return face;
    }
    Result<ports::CardFace> renderTestFace() override { return renderer_.renderTestFace(); }

    Duration spent{};

  private:
    ports::CardFaceRenderer& renderer_;
    const Clock& clock_;
};

// Of the kiosk thread's own messages; the sender's signatures are made beside it.
class TimedSigner final : public ports::Signer {
  public:
    TimedSigner(ports::Signer& signer, const Clock& clock) : signer_(signer), clock_(clock) {}

    Result<Bytes> sign(ByteView message) override {
        return timed([&] { return signer_.sign(message); });
    }
    bool verifyProvince(ByteView message, ByteView signature) override {
        return timed([&] { return signer_.verifyProvince(message, signature); });
    }

    Duration spent{};

  private:
    template <typename Act>
    std::invoke_result_t<Act> timed(Act act) {
        const Instant begin = clock_.now();
        auto result = act();
        if (std::this_thread::get_id() == thread_) spent += clock_.now() - begin;
        return result;
    }
    ports::Signer& signer_;
    const Clock& clock_;
    std::thread::id thread_ = std::this_thread::get_id();
};

// The time this thread's commits take, for as long as it lives. One at a time.
class CommitWatch {
  public:
    CommitWatch();
    ~CommitWatch();
    CommitWatch(const CommitWatch&) = delete;
    CommitWatch& operator=(const CommitWatch&) = delete;
    // Connections opened since this began.
    Duration spent() const;
};

}  // namespace liqu::bench
