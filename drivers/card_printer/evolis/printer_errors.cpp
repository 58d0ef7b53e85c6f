#include "drivers/card_printer/evolis/printer_errors.hpp"

namespace liqu::drivers {

ErrorCode codeOf(ReplyKind reply, Activity activity) {
    const bool feeds = activity == Activity::feed;
    switch (reply) {
        case ReplyKind::commandUnknown:
        case ReplyKind::parameterWrong:
        case ReplyKind::optionMissing:
        case ReplyKind::magnetic:
            return ErrorCode::printerRefusedCommand;
        case ReplyKind::cleaningNeeded:
            return ErrorCode::cleaningDue;
        case ReplyKind::timeOut:
        case ReplyKind::hopper:
            // A motion that did not end in time: while feeding the card never came.
            return feeds ? ErrorCode::cardNotFed : ErrorCode::cardJammed;
        case ReplyKind::hopperFull:
            return ErrorCode::rejectBinFull;
        case ReplyKind::hopperDoor:
        case ReplyKind::coverOpen:
            return ErrorCode::printerCoverOpen;
        case ReplyKind::head:
            return ErrorCode::printHeadFault;
        case ReplyKind::feederEmpty:
            return ErrorCode::hopperEmpty;
        case ReplyKind::jam:
        case ReplyKind::misplacedCard:
            return ErrorCode::cardJammed;
        case ReplyKind::ribbon:
            return ErrorCode::ribbonWrong;
        case ReplyKind::ribbonUndetected:
            return ErrorCode::ribbonMissing;
        case ReplyKind::noCard:
            return feeds ? ErrorCode::cardNotFed : ErrorCode::cardGoneFromPrinter;
        case ReplyKind::card:
        case ReplyKind::chipStation:
        case ReplyKind::contactlessStation:
            return ErrorCode::cardNotWhereExpected;
        case ReplyKind::ok:
        case ReplyKind::checksum:
        case ReplyKind::otherError:
        case ReplyKind::text:
            break;
    }
    return ErrorCode::printerGarbled;
}

Error errorOf(std::string_view command, std::string_view reply, Activity activity) {
    return Error{codeOf(kindOf(reply), activity), std::string(command) + ": " + printable(reply)};
}

Error errorOf(const UsbFailure& failure) {
    const auto code = [&] {
        switch (failure.error) {
            case UsbError::notFound:
                return ErrorCode::printerNotFound;
            case UsbError::noPermission:
                return ErrorCode::printerNoPermission;
            case UsbError::heldByDriver:
                return ErrorCode::printerHeldByDriver;
            case UsbError::heldByProcess:
                return ErrorCode::printerHeldByProcess;
            case UsbError::unplugged:
                return ErrorCode::printerUnplugged;
            case UsbError::stalled:
            case UsbError::timedOut:
            case UsbError::failed:
                break;
        }
        return ErrorCode::printerSilent;
    }();
    return Error{code, "usb: " + failure.cause};
}

}  // namespace liqu::drivers
