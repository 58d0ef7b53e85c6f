// Writes a file so that it is there whole or not at all: beside its name first, made durable, then
// renamed. Whatever stops the machine, or pulls the stick, leaves the old file or none.
// Any thread; two writers of one name must not meet.
#pragma once

#include <filesystem>

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"

namespace liqu {

// fileNotWritable; the cause names the file and what the system said.
Result<void> writeWholeFile(const std::filesystem::path& path, ByteView content);
Result<Bytes> readWholeFile(const std::filesystem::path& path);

}  // namespace liqu
