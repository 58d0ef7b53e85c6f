#include "firmware/base/memory_care.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/plain_file.hpp"
#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

using namespace liqu;

namespace {

// A file of so many pages, mapped as a font library does it.
class MappedFile {
  public:
    explicit MappedFile(const std::string& file) {
        Bytes content(size);
        for (std::size_t i = 0; i < content.size(); ++i)
            content[i] = static_cast<std::uint8_t>(i / 4096);
        REQUIRE(writeWholeFile(file, content));
        const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
        memory_ = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor.number(), 0);
        REQUIRE(memory_ != MAP_FAILED);
    }
    ~MappedFile() { ::munmap(memory_, size); }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    bool isWhole() const {
        const auto* bytes = static_cast<const std::uint8_t*>(memory_);
        for (std::size_t i = 0; i < size; ++i) {
            if (bytes[i] != static_cast<std::uint8_t>(i / 4096)) return false;
        }
        return true;
    }

  private:
    static constexpr std::size_t size = 64UL * 4096;
    void* memory_ = nullptr;
};

}  // namespace

TEST_CASE("what was given back while nobody waits is there again when it is read") {
    const test::Scratch scratch;
    const MappedFile font(scratch.file("some font.ttc"));
    const MappedFile other(scratch.file("books.sqlite"));
    REQUIRE(font.isWhole());
    giveBackIdleMemory();
    CHECK(font.isWhole());
    CHECK(other.isWhole());
}
