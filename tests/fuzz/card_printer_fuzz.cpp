// Any bytes a printer could send, cut anywhere: replies stay small, parsing ends, and what is
// printed for a technician is printable.
#include <algorithm>

#include "drivers/card_printer/evolis/printer_errors.hpp"
#include "drivers/card_printer/evolis/reply.hpp"
#include "firmware/base/assert.hpp"

using namespace liqu;
using namespace liqu::drivers;

namespace {

void look(const std::string& reply) {
    LIQU_ASSERT(!reply.empty() && reply.size() <= 256);
    const std::string shown = printable(reply);
    LIQU_ASSERT(
        std::all_of(shown.begin(), shown.end(), [](char c) { return c >= 0x20 && c < 0x7F; }));
    const ReplyKind kind = kindOf(reply);
    if (const auto volts = voltsOf(reply)) LIQU_ASSERT(*volts >= 0 && kind == ReplyKind::text);
    if (numberIn(reply)) LIQU_ASSERT(kind == ReplyKind::text);
    if (kind == ReplyKind::ok) return;
    for (const auto activity : {Activity::feed, Activity::print, Activity::present}) {
        LIQU_ASSERT(!errorOf("X", reply, activity).cause.empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto terminator = static_cast<ReplyTerminator>(data[0] % 5);
    const std::size_t chunk = data[1] % 64 + std::size_t{1};
    const ByteView bytes(data + 2, size - 2);
    ReplyAssembler assembler(terminator);
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
        assembler.take(bytes.subspan(at, std::min(chunk, bytes.size() - at)));
        if (data[1] >= 128) assembler.silence();
        while (const auto reply = assembler.next()) look(*reply);
    }
    assembler.silence();
    while (const auto reply = assembler.next()) look(*reply);
    LIQU_ASSERT(!assembler.hasPart() || !assembler.endsBySilence());
    return 0;
}
