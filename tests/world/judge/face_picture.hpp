// Pictures as the judge sees them: RGB, one byte a colour.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace liqu::judge {

struct FacePicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
};

// Empty where there is no readable PNG.
FacePicture readPng(const std::filesystem::path& file);
std::string sha256Of(const std::vector<std::uint8_t>& bytes);  // lower-case hex

}  // namespace liqu::judge
