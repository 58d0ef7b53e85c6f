#include "tests/world/receipt_printer/receipt_profile.hpp"

#include "firmware/base/assert.hpp"

namespace liqu::world {
namespace {

ReceiptProfile epson() {
    return {
        .id = "epson-tm",
        .vendorId = 0x04B8,
        .productId = 0x0202,
        .interfaceClass = 0xFF,
        .headDots = 512,
        .dpi = 180,
        .maxRows = 4095,
        .headToCutterRows = 92,
        .bandAfterText = BandAfterText::isPrinted,
        .cuts = {.plain = true, .feedingFull = true, .feedingPartial = true, .oldPartial = true},
        .answers = {.whenFull = true},
        .modelId = {0x20}};
}

ReceiptProfile snbc() {
    return {.id = "snbc-t080",
            .vendorId = 0x154F,
            .productId = 0x0517,
            .chinese = true,
            .cuts = {.plain = true, .feedingPartial = true, .oldFull = true, .oldPartial = true},
            .answers = {.whenFull = true, .drawerBit = true},
            .modelId = {0x0F}};
}

ReceiptProfile customVkp() {
    return {.id = "custom-vkp",
            .vendorId = 0x0DD4,
            .productId = 0x0205,
            .cuts = {.plain = true, .oldFull = true, .ignoresEmpty = true},
            .answers = {.automatic = false, .fullStatus = true},
            .presenter = ReceiptPresenter::fsP,
            .modelId = {0xB9}};
}

ReceiptProfile pyramid() {
    return {.id = "pyramid",
            .vendorId = 0x0425,
            .productId = 0x8147,
            .shortestSlipRows = 400,
            .cuts = {.plain = true, .oldFull = true, .alwaysFull = true, .ignoresEmpty = true},
            .answers = {.fixedBits = false,
                        .automatic = false,
                        .fullStatus = true,
                        .whileFeeding = false,
                        .whenFull = true},
            .presenter = ReceiptPresenter::gsE,
            .modelId = {0x1D}};
}

ReceiptProfile citizen() {
    return {.id = "citizen-ppu",
            .vendorId = 0x1D90,
            .productId = 0x2060,
            .bandAfterText = BandAfterText::isPrinted,
            .cuts = {.plain = true, .feedingFull = true, .feedingPartial = true},
            .presenter = ReceiptPresenter::gsR,
            .modelId = {0x30}};
}

ReceiptProfile generic58() {
    return {.id = "generic-58",
            .vendorId = 0x0416,
            .productId = 0x5011,
            .outEndpoint = 0x03,
            .inEndpoint = 0x81,
            .oneWay = true,
            .noSetInterface = true,
            .headDots = 384,
            .avoidRows = 48,
            .chinese = true,
            .cuts = {.plain = true, .oldFull = true},
            .answers = {
                .dleEot = false, .automatic = false, .portByte = false, .nearEndSensor = false}};
}

ReceiptProfile generic80() {
    return {.id = "generic-80",
            .vendorId = 0x0FE6,
            .productId = 0x811E,
            .outEndpoint = 0x02,
            .inEndpoint = 0x81,
            .maxRows = 2517,
            .chinese = true,
            .initEndsAutomatic = true,
            .cuts = {.plain = true,
                     .feedingFull = true,
                     .feedingPartial = true,
                     .oldFull = true,
                     .oldPartial = true},
            .answers = {.nearEndSensor = false}};
}

}  // namespace

const std::vector<ReceiptProfile>& receiptProfiles() {
    static const std::vector<ReceiptProfile> profiles = {
        epson(), snbc(), customVkp(), pyramid(), citizen(), generic58(), generic80()};
    return profiles;
}

const ReceiptProfile& receiptProfile(std::string_view id) {
    for (const ReceiptProfile& profile : receiptProfiles()) {
        if (profile.id == id) return profile;
    }
    LIQU_ASSERT(!"a profile that nobody knows");
    return receiptProfiles().front();
}

}  // namespace liqu::world
