// Port: the reader of identity documents (XFS4IoT: an identity-document CardReader).
// Called from one thread. Every call ends within its deadline (hardware-notes/id-reader.md, "Rhythm
// and deadlines").
#pragma once

#include "firmware/base/result.hpp"
#include "firmware/card/identity_document.hpp"

namespace liqu::ports {

class IdReader {
  public:
    virtual ~IdReader() = default;

    // Is the reader there and healthy? Opens it (again) where needed.
    virtual Result<void> selfTest() = 0;
    // The number of its security module (SAM_V), e.g. "05.01-20101129-0001228293-0296863149".
    virtual Result<std::string> serialNumber() = 0;

    // Looks once for a document that was laid down since the last reading.
    virtual Result<bool> findDocument() = 0;
    // Reads the document just found. idCardLifted: it was moved too early, ask again.
    virtual Result<card::IdentityDocument> readDocument() = 0;
    // After a reading: does the document still lie there? An error is no answer.
    virtual Result<bool> documentStillThere() = 0;
};

}  // namespace liqu::ports
