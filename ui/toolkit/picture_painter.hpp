// Whoever draws pictures (program/pictures/), at work beside the window: one order at a time, and
// nothing waits for it. It can crash, hang or be missing; then the order has no pictures.
// Main thread only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "firmware/base/clock.hpp"
#include "ui/toolkit/helper_process.hpp"
#include "ui/toolkit/picture_order.hpp"

namespace liqu::ui {

class PicturePainter {
  public:
    static constexpr Duration patience = std::chrono::seconds(10);

    PicturePainter(std::filesystem::path program, const Clock& clock)
        : program_(std::move(program)), clock_(clock) {}

    bool isAtWork() const { return process_.has_value(); }
    // fileNotReadable where the program is missing. Not while it is at work.
    Result<void> begin(const PictureOrder& order);
    // None while it is at work. Then once: for each wish its pixels, or why there are none.
    std::optional<std::vector<Result<std::string>>> take();

  private:
    std::vector<Result<std::string>> answers() const;

    std::filesystem::path program_;
    const Clock& clock_;
    std::optional<HelperProcess> process_;
    std::vector<std::uint32_t> sides_;  // of the order
    Instant until_;
};

}  // namespace liqu::ui
