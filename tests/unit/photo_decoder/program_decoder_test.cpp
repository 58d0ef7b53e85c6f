// A decoder that is a program of the reader's maker: real processes, good ones and every bad one.
// Rules: A-14.
#include "drivers/photo_decoder/program_decoder.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

#include "firmware/base/whole_file.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::drivers {
namespace {

using namespace std::chrono_literals;

const Bytes photo(ports::encodedPhotoSize, 0x57);

struct Bench {
    // A script stands for the vendor's program.
    Result<PersonalBytes> decode(const std::string& script, Duration patience = 5s,
                                 ByteView wlt = photo) {
        const auto program = scratch.file("decoder");
        REQUIRE(writeWholeFile(program, bytesOf("#!/bin/sh\n" + script + "\n")));
        std::filesystem::permissions(program, std::filesystem::perms::owner_all);
        return makeProgramDecoder({program, patience}, clock)->decode(wlt);
    }
    std::string why(const std::string& script, Duration patience = 5s, ByteView wlt = photo) {
        const auto decoded = decode(script, patience, wlt);
        REQUIRE_FALSE(decoded);
        CHECK(decoded.error().code == ErrorCode::photoDecoderNotAvailable);
        return decoded.error().cause;
    }

    test::Scratch scratch;
    SystemClock clock;
};

constexpr const char* gives = "head -c 38556 /dev/zero | tr '\\0' 'B'";

TEST_CASE("what goes in is the photo, what comes out is the picture") {
    Bench bench;
    const auto decoded = bench.decode("cat >/dev/null\n" + std::string(gives));
    REQUIRE_MESSAGE(decoded, (decoded ? "" : describe(decoded.error())));
    CHECK(decoded->reveal() == Bytes(ports::documentPhotoSize, 'B'));
    // All of the input, and its end.
    const std::string counts = "test \"$(wc -c)\" -eq 1024 || exit 3\n" + std::string(gives);
    CHECK(bench.decode(counts));
    CHECK(bench.why("test \"$(wc -c)\" -eq 1023 || exit 3") == "the decoder ended with code 3");
}

TEST_CASE("nothing but a whole picture of a program that ended well is one") {
    Bench bench;
    CHECK(bench.why("cat >/dev/null") == "the decoder gave 0 bytes");
    CHECK(bench.why("cat >/dev/null; head -c 38555 /dev/zero") == "the decoder gave 38555 bytes");
    CHECK(bench.why("cat >/dev/null; head -c 38557 /dev/zero") == "the decoder gave too much");
    CHECK(bench.why("cat >/dev/null; yes") == "the decoder gave too much");
    CHECK(bench.why("cat >/dev/null; " + std::string(gives) + "; exit 1") ==
          "the decoder ended with code 1");
    CHECK(bench.why("cat >/dev/null; kill -SEGV $$") == "the decoder ended by signal 11");
    CHECK(bench.why("cat", 5s, Bytes(1023)) == "the decoder was given 1023 bytes");
}

TEST_CASE("one that hangs, before or behind its picture, is ended with what it started") {
    Bench bench;
    const Instant before = bench.clock.now();
    CHECK(bench.why("cat >/dev/null; sleep 60", 300ms) == "the decoder did not answer in time");
    CHECK(bench.why("cat >/dev/null; " + std::string(gives) + "; exec >&- <&-; sleep 60", 3s) ==
          "the decoder does not end");
    CHECK(bench.clock.now() - before < 10s);
}

TEST_CASE("it gets no environment and no file of ours, and its complaints are not read") {
    Bench bench;
    ::setenv("LIQU_SECRET", "x", 1);
    CHECK(
        bench.decode("cat >/dev/null; test -z \"$LIQU_SECRET\" || exit 4\n"
                     "for f in 3 4 5 6 7 8 9; do test ! -e /proc/self/fd/$f || exit 5; done\n"
                     "yes noise | head -c 100000 >&2\n" +
                     std::string(gives)));
}

TEST_CASE("a program that is not there is none") {
    Bench bench;
    SystemClock clock;
    const auto none = makeProgramDecoder({bench.scratch.file("none"), 1s}, clock);
    CHECK_FALSE(none->installed());
    CHECK(none->decode(photo).error().code == ErrorCode::photoDecoderNotAvailable);
    REQUIRE(writeWholeFile(bench.scratch.file("text"), bytesOf("no program")));
    CHECK_FALSE(makeProgramDecoder({bench.scratch.file("text"), 1s}, clock)->installed());
    CHECK_FALSE(ports::NoPhotoDecoder().installed());
    CHECK_FALSE(ports::NoPhotoDecoder().decode(photo));
}

}  // namespace
}  // namespace liqu::drivers
