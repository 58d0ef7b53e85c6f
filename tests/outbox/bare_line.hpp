// Posts over one connection of libcurl and no more.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "drivers/https/https_link.hpp"

namespace liqu::proof {

class BareLine {
  public:
    explicit BareLine(const drivers::HttpsLinkOptions& options);
    ~BareLine();
    // What came back; aborts where nothing did.
    std::string post(const std::string& path, std::string_view body);

  private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

}  // namespace liqu::proof
