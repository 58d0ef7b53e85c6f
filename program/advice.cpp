#include "program/advice.hpp"

namespace liqu::program {
namespace {

struct Advice {
    ErrorCode code;
    std::string_view words;
};
using enum ErrorCode;

constexpr Advice advices[] = {
    {idReaderNotFound, "plug the ID-card reader in, or correct [idReader]; see liqu devices"},
    {idReaderAmbiguous, "unplug one, or name the place of the right one: [idReader] usbPath"},
    {idReaderNoPermission,
     "give the kiosk's user the ID-card reader: kiosk-config/udev/70-liqu.rules"},
    {idReaderHeldByDriver, "take the ID-card reader from the kernel's driver (udev rules)"},
    {idReaderHeldByProcess, "end the other program that has the ID-card reader open"},
    {idReaderUnplugged, "plug the ID-card reader in again and look at its cable"},
    {idReaderSilent, "switch the ID-card reader off and on"},
    {idReaderGarbled, "look at the ID-card reader's cable and at [idReader] baud"},
    {idReaderRefusedCommand, "switch the ID-card reader off and on; exchange it if it stays"},
    {idReaderSelfTestFailed, "exchange the ID-card reader: its security module failed"},
    {idReaderNotAuthorised, "exchange the ID-card reader: its security module is not authorised"},

    {printerNotFound, "plug the card printer in and switch it on; see liqu devices"},
    {printerAmbiguous, "unplug one, or name the place of the right one: [printer] usbPath"},
    {printerNoPermission,
     "give the kiosk's user the card printer: kiosk-config/udev/70-liqu.rules"},
    {printerHeldByDriver, "take the card printer from the kernel's usblp driver (udev rules)"},
    {printerHeldByProcess, "end the other program that has the card printer open (CUPS?)"},
    {printerUnplugged, "plug the card printer in again and look at its cable"},
    {printerSilent, "switch the card printer off and on"},
    {printerGarbled, "look at the card printer's cable and at the printer profile's [reply]"},
    {printerRefusedCommand, "compare the printer profile with the printer's model"},
    {printerBusy, "wait until the card printer is idle"},
    {hopperEmpty, "load blank cards: the books have some, the hopper has none"},
    {cardNotFed, "look at the hopper: the card lies wrong or the feeder is worn"},
    {cardJammed, "sign in with a second person: Machine, clear a jam"},
    {printerCoverOpen, "close the card printer's cover"},
    {ribbonEnded, "put a new ribbon in"},
    {ribbonWrong, "put the ribbon in that the printer profile names"},
    {ribbonMissing, "put a ribbon in"},
    {ribbonZoneWrong, "put a ribbon in that is made for this printer's region"},
    {cleaningDue, "sign in: Machine, clean the printer"},
    {rejectBinFull, "empty the reject bin and book it: liqu stock empty-bin"},
    {cardGoneFromPrinter, "look for the card inside and around the printer"},
    {printInDoubt, "look at the card's face: liqu order list"},
    {mouthBlocked, "take what blocks the card's mouth away"},
    {cardNotWhereExpected, "look where the card is and restart the kiosk"},
    {cardInPrinterUnexplained, "take the card out, look whose it is, and book it"},
    {printHeadFault, "exchange the print head"},
    {testCardInPrinter, "finish the trial with the test card at the machine's own page"},

    {receiptPrinterNotFound,
     "plug the slip printer in, or correct [receiptPrinter]; see liqu devices"},
    {receiptPrinterAmbiguous,
     "unplug one, or name the place of the right one: [receiptPrinter] usbPath"},
    {receiptPrinterNoPermission,
     "give the kiosk's user the slip printer: kiosk-config/udev/70-liqu.rules"},
    {receiptPrinterHeldByDriver, "take the slip printer from the kernel's usblp driver"},
    {receiptPrinterHeldByProcess, "end the other program that has the slip printer open (CUPS?)"},
    {receiptPrinterUnplugged, "plug the slip printer in again and look at its cable"},
    {receiptPrinterSilent,
     "switch the slip printer off and on; compare its profile's [status] with its model"},
    {receiptPrinterGarbled, "look at the slip printer's cable and at [receiptPrinter] baud"},
    {receiptPrinterStopped, "look at the slip printer's paper and cover"},
    {receiptPaperOut, "put a new roll into the slip printer"},
    {receiptPaperLow, "bring a new roll for the slip printer"},
    {receiptCoverOpen, "close the slip printer's cover"},
    {receiptCutterFault, "open the slip printer and free its cutter"},
    {receiptPrinterHot, "let the slip printer cool down"},
    {receiptJammed, "open the slip printer and take the paper out"},
    {receiptPrinterBroken, "switch the slip printer off and on; exchange it if it stays"},
    {receiptPrinterOffline, "look at the slip printer: it says that it is not ready"},
    {receiptNotTaken, "take the slip from the mouth and shred it: it is a person's"},
    {receiptInDoubt, "look at the slip printer's mouth; print the slip again if it was not whole"},

    {chipReaderNotFound, "plug the chip reader in, or correct [chip] reader; see liqu devices"},
    {chipReaderAmbiguous, "say more of the name in [chip] reader, the slot at its end included"},
    {chipServiceDown, "start pcscd: systemctl enable --now pcscd.socket"},
    {chipReaderHung, "plug the chip reader out and in; restart pcscd"},
    {chipReaderHeld, "end the other program that holds the chip reader"},

    {provinceUnreachable, "look at network, name server and [province] url"},
    {provinceOutcomeUnknown, "look at the network; the question is asked again by itself"},
    {provinceSignatureWrong, "compare [province] verificationKey with the province's key"},
    {provinceCertificateWrong,
     "set the clock first; then have the terminal's certificate renewed, or correct the authority"},
    {provinceReplyMalformed, "tell the province: its answer does not keep the contract"},
    {provinceBusy, "wait, the province is busy"},
    {provinceRefusedKiosk, "have this terminal registered or unlocked at the province"},
    {factsParked, "sign in and look at Messages, or: liqu queue list"},
    {cardAuthenticationRefused, "tell the province: its card security module is not ready"},

    {storageFull, "free space on the disk of the data folder"},
    {storageFailed, "look at the disk (dmesg, smartctl), then restart the kiosk"},
    {storageDamaged, "do not go on with these books: liqu journal --salvage, then count by two"},
    {storageNotDurable, "put the data folder on a local disk, not on a network or in memory"},
    {anotherKioskRuns, "end the other kiosk, or use its data folder's own commands"},
    {schemaTooNew, "install the version of Liqu that wrote these books, or a newer one"},
    {sealBroken, "bring the seal key that belongs to these books"},
    {keyMissing, "put the key file where kiosk.toml says, mode 600, owned by the kiosk's user"},
    {clockNotTrusted, "set the clock; if it is right: liqu day accept-clock"},
    {fileNotReadable, "correct the file's name, owner or mode: the kiosk's user must read it"},
    {fileNotWritable, "let the kiosk's user write there: owner, mode, or a read-only disk"},
    {booksMissing, "correct --data; only on a new machine: liqu init"},
    {sealKeyLost, "bring seal.key back from the copy that was kept at liqu init"},
    {sealKeyDiffers, "bring the seal.key back that these books were made with"},
    {booksExist, "there are books already: use them, or name another --data"},
    {booksOfOtherTerminal, "correct terminal in kiosk.toml, or --data: these are another's books"},
    {booksNotNewest, "find the newest data folder; do not make cards with an old copy"},
    {booksGone, "bring the data folder's disk back, then restart the kiosk"},
    {selfTestFailed, "install Debian's libssl again: the loaded OpenSSL computes wrongly"},
    {cryptoFailed, "compare the installed OpenSSL with scripts/packages-run.txt"},
    {serialPortFailed, "correct [idReader] port, and look at the line's cable"},

    {configNotReadable, "correct the path: the file must be there and the kiosk's user read it"},
    {configSyntax, "correct this line: it is not TOML"},
    {configUnknownKey, "correct the key's name or take it out"},
    {configWrongType, "write the value in this form"},
    {configBadValue, "correct the value"},
    {configMissingKey, "add the key"},
    {presenceUnchecked,
     "set identity.presence = \"staff\" and register attendants: liqu staff add"},

    {placeFull, "empty the place and book it"},
    {holdBinFull, "hand the held cards over or move them out by two: liqu stock"},
    {noBlanksForBank, "load blanks by two: liqu stock load"},
    {dayUnclosed, "count and close the day by two: liqu day"},
    {dayFrozen, "finish the count: liqu day count, liqu day close"},
    {makingStopped, "look at the machine for the cause named; then liqu making resume"},
    {laneStopped, "end the session, release the case or count the day: liqu stock show"},

    {auditChainBroken, "keep the machine as it is: the staff record was changed; liqu staff audit"},

    {fontMissing, "install fonts-noto-cjk, or correct [window] fonts"},
    {windowNotOpened, "start a display for the kiosk's user (DISPLAY), X11"},
};

}  // namespace

std::string_view adviceFor(ErrorCode code) {
    for (const Advice& advice : advices) {
        if (advice.code == code) return advice.words;
    }
    switch (remedyOf(code)) {
        case Remedy::tryAgain:
            return "try again";
        case Remedy::callAssistant:
            return "have it looked at on the spot";
        case Remedy::goToCounter:
            return "this cannot be done at this machine";
        case Remedy::comeBackLater:
            return "wait, then check again";
        case Remedy::outOfService:
            return "mend it before the machine is opened";
    }
    return "";
}

}  // namespace liqu::program
