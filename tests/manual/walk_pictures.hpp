// What a robot's walk left: a picture of every screen it met, and the window's own record of the
// words that stood there.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/manual/manual_text.hpp"

namespace liqu::manual {

class WalkPictures {
  public:
    // The folder of liqu-world or liqu-day (--out).
    static Result<WalkPictures> open(const std::filesystem::path& folder);

    // Of a step: refused where the walk did not meet that screen, or where title or act name words
    // that never stood on it.
    Result<std::filesystem::path> of(const Step& step) const;

  private:
    std::map<std::string, std::vector<std::filesystem::path>, std::less<>> pictures_;
    std::map<std::string, std::set<std::string>, std::less<>> words_;
};

}  // namespace liqu::manual
