// What a person's data looks like when it was left behind somewhere: each value in every written
// form a library or a device gives it.
#pragma once

#include <string>
#include <vector>

#include "firmware/base/bytes.hpp"

namespace liqu::world {

struct Trace {
    std::string name;  // "number in hex of UTF-8": never the value itself
    Bytes bytes;
};

// The bytes themselves, in hex of both cases, and in base64 wherever in the text they begin.
std::vector<Trace> tracesOfBytes(const std::string& name, ByteView bytes);
// The same of UTF-8, UTF-16LE, UTF-32LE and, where the text has such a form, GBK. No text: none.
std::vector<Trace> tracesOfText(const std::string& name, const std::string& utf8);

struct Finding {
    std::string trace;
    std::size_t offset = 0;
};

// Looks for many traces at once.
class TraceSearch {
  public:
    explicit TraceSearch(std::vector<Trace> traces);
    std::vector<Finding> in(ByteView bytes) const;

  private:
    std::vector<Trace> traces_;
    // Where a trace may begin: one bit for each pair of first bytes.
    std::vector<bool> beginnings_;
};

}  // namespace liqu::world
