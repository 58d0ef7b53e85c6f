#include "firmware/base/memory_care.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include "firmware/base/bytes.hpp"
#include "firmware/base/plain_file.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;

namespace {

constexpr std::size_t pageSize = 4096;

// A file of so many pages, mapped as a font library does it.
class MappedFile {
  public:
    explicit MappedFile(std::string file) : file_(std::move(file)) {
        Bytes content(size);
        for (std::size_t i = 0; i < content.size(); ++i)
            content[i] = static_cast<std::uint8_t>(i / pageSize);
        REQUIRE(writeWholeFile(file_, content));
        const Descriptor descriptor(::open(file_.c_str(), O_RDONLY | O_CLOEXEC));
        memory_ = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor.number(), 0);
        REQUIRE(memory_ != MAP_FAILED);
    }
    ~MappedFile() { ::munmap(memory_, size); }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    bool isWhole() const {
        const auto* bytes = static_cast<const std::uint8_t*>(memory_);
        for (std::size_t i = 0; i < size; ++i) {
            if (bytes[i] != static_cast<std::uint8_t>(i / pageSize)) return false;
        }
        return true;
    }
    // Of its pages in this process, as proc_pid_smaps(5) says; kB.
    long held() const {
        std::ifstream maps("/proc/self/smaps");
        bool here = false;
        for (std::string line; std::getline(maps, line);) {
            if (line.ends_with(file_)) here = true;
            if (here && line.starts_with("Rss:")) return std::stol(line.substr(4));
        }
        return -1;
    }

  private:
    static constexpr std::size_t size = 64 * pageSize;
    std::string file_;
    void* memory_ = nullptr;
};

}  // namespace

TEST_CASE("a font is given back while nobody waits, and is there again when it is read") {
    const test::Scratch scratch;
    const MappedFile font(scratch.file("some font.ttc"));
    const MappedFile other(scratch.file("books.sqlite"));
    REQUIRE(font.isWhole());
    REQUIRE(other.isWhole());
    REQUIRE(font.held() > 0);
    const long othersBefore = other.held();
    giveBackIdleMemory();
    CHECK(font.held() == 0);
    CHECK(other.held() == othersBefore);
    CHECK(font.isWhole());
    CHECK(font.held() > 0);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
namespace {

// Of this process, in bytes.
std::size_t anonymousMemory() {
    std::ifstream maps("/proc/self/smaps_rollup");
    for (std::string line; std::getline(maps, line);) {
        if (line.starts_with("Anonymous:")) return std::stoul(line.substr(10)) * 1024;
    }
    return 0;
}

}  // namespace

TEST_CASE("what is free below a block in use is given back") {
    constexpr std::size_t blockSize = 1024;
    constexpr std::size_t blocks = 32 * 1024;
    std::vector<void*> taken(blocks);
    for (void*& block : taken) {
        block = std::malloc(blockSize);
        REQUIRE(block != nullptr);
        *static_cast<volatile char*>(block) = 1;
    }
    void* const newest = taken.back();
    taken.pop_back();
    for (void* block : taken) std::free(block);
    const std::size_t before = anonymousMemory();
    giveBackIdleMemory();
    CHECK(before > anonymousMemory() + blockSize * blocks / 2);
    std::free(newest);
}
#endif
