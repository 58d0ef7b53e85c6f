// The 256-byte text block of an identity document: UTF-16LE fields of fixed width, padded with
// spaces or NULs, in one of four layouts told apart by the character at byte 248
// (hardware-notes/id-reader.md, "The text block"). What is none of the four is unknownDocument,
// never guessed.
#pragma once

#include "firmware/base/bytes.hpp"
#include "firmware/base/result.hpp"
#include "firmware/card/identity_document.hpp"

namespace liqu::drivers::sdt {

constexpr std::size_t textBlockSize = 256;
constexpr std::size_t photoSize = 1024;

// documentNumberInvalid, documentDataInvalid, unknownDocument. Whether the document has expired
// is not asked here.
Result<card::IdentityDocument> parseTextBlock(ByteView block);

// The data of an answer to "read": two lengths, the text block, the photo as stored
// (hardware-notes/id-reader.md, "Answers").
Result<card::IdentityDocument> parseBaseMessage(ByteView data);

// "05.01-20101129-0001228293-0296863149" from the 16 bytes of a security module.
Result<std::string> formatModuleNumber(ByteView data);

}  // namespace liqu::drivers::sdt
