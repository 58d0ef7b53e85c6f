// Finds request frames in what the host sends, in whatever pieces it comes. The module waits for
// its preamble and ignores everything else, so padding and noise between frames do no harm.
#pragma once

#include <optional>

#include "firmware/base/bytes.hpp"

namespace liqu::world {

class FrameAssembler {
  public:
    // One stream carries the frame; the four-pipe flavour has one for the head, one for the rest.
    void addHead(ByteView bytes) { append(head_, bytes); }
    void addBody(ByteView bytes) { append(body_, bytes); }
    void addWhole(ByteView bytes);

    // A whole frame once there is one. A frame with an impossible LEN is cut at its head.
    std::optional<Bytes> takeFrame();
    std::optional<Bytes> takeSplitFrame();
    void clear();

  private:
    static void append(Bytes& to, ByteView bytes) {
        to.insert(to.end(), bytes.begin(), bytes.end());
    }
    void seekPreamble();
    std::optional<std::size_t> announcedLength() const;

    Bytes head_;
    Bytes body_;
};

}  // namespace liqu::world
