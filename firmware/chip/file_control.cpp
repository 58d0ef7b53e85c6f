#include "firmware/chip/file_control.hpp"

#include <algorithm>

#include "firmware/chip/ber_tlv.hpp"
#include "firmware/chip/card_commands.hpp"
#include "firmware/chip/status_word.hpp"

namespace liqu::chip {
namespace {

enum class AlgorithmMark : std::uint8_t { tripleDes = 1, ssf33 = 2, sm4 = 3 };

AlgorithmMark defaultMark(std::string_view regionCode) {
    return regionCode.starts_with("11") ? AlgorithmMark::ssf33 : AlgorithmMark::tripleDes;
}

}  // namespace

Result<void> checkApplicationName(ByteView fileControl) {
    if (fileControl.empty()) return {};
    const auto name = findTlv(fileControl, {0x6F, 0x84});
    if (name && !std::ranges::equal(*name, socialApplicationName())) {
        return fail(chipError(ErrorCode::chipForeign, "another application answered"));
    }
    return {};
}

Result<ports::ChipAlgorithm> algorithmOf(ByteView fileControl, std::string_view regionCode) {
    AlgorithmMark mark = defaultMark(regionCode);
    if (const auto stated = findTlv(fileControl, {0x6F, 0xA5, 0x9F0C, 0x86})) {
        if (stated->size() != 1) {
            return fail(chipError(ErrorCode::chipRecordMalformed, "algorithm in the FCI"));
        }
        mark = AlgorithmMark{stated->front()};
    }
    switch (mark) {
        case AlgorithmMark::tripleDes:
            return ports::ChipAlgorithm::tripleDes;
        case AlgorithmMark::sm4:
            return ports::ChipAlgorithm::sm4;
        case AlgorithmMark::ssf33:
            break;
    }
    return fail(chipError(ErrorCode::chipVersionUnsupported, "neither 3DES nor SM4"));
}

}  // namespace liqu::chip
