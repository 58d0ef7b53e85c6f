// Identity documents of people who do not exist, and how their chips lay them out
// (hardware-notes/id-reader.md, "The text block"): 256 bytes of UTF-16LE in fixed fields, 1024
// bytes of photo. The encoder is the world's own; the driver has its own decoder.
#pragma once

#include <string>

#include "firmware/base/bytes.hpp"

namespace liqu::world {

enum class DocumentLayout : std::uint8_t { resident, permit, foreigner2017, foreigner2023 };

struct Document {
    DocumentLayout layout = DocumentLayout::resident;
    std::string name;       // Chinese name
    std::string nameLatin;  // foreigners only
    std::string sex = "1";
    std::string ethnic;   // residents only
    std::string birth;    // YYYYMMDD
    std::string address;  // residents and permits
    std::string number;
    std::string authority;  // residents and permits; on foreigner2017 four digits
    std::string validFrom;
    std::string validTo = "长期";
    std::string nationality;    // foreigners only
    std::string travelPermit;   // permits only
    std::string issueCount;     // permits: issues; foreigner2023: renewals
    std::string cardVersion;    // foreigner2017 only
    std::string oldNumberLink;  // foreigner2023 only
    std::string typeMark;       // empty: the mark of the layout; anything else is a forgery
    std::string newAddress;     // answered to "newest address"; empty: the card has none
    int fingers = 2;            // fingerprint templates stored: 0, 1, 2
    // The photo names its holder, so that a stand-in for the codec knows whom to draw.
    bool photoNamesHolder = false;
};

// 256 bytes, as the chip stores them. Text too long for its field is cut, as an issuer would.
Bytes encodeText(const Document& document);
// 1024 bytes with the header of a WLT picture: nothing can decode it into a face.
Bytes encodePhoto(const Document& document);
// 0, 512 or 1024 bytes.
Bytes encodeFingerprints(const Document& document);
// 70 bytes; call only where newAddress is set.
Bytes encodeNewAddress(const Document& document);

// The last character of an 18-character number, computed here (ISO 7064 MOD 11-2).
std::string withCheckCharacter(const std::string& first17);

namespace documents {
Document resident();          // "T1" of hardware-notes/id-reader.md, "Test vectors"
Document residentRareName();  // a name with characters outside the basic plane
Document permit();            // J
Document foreigner2017();     // I
Document foreigner2023();     // Y
// Variants of any of them.
Document expired(Document document);
Document notYetValid(Document document);
Document wrongCheckDigit(Document document);
Document unknownTypeMark(Document document);
}  // namespace documents

}  // namespace liqu::world
