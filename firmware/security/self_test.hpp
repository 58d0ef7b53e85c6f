// Known answers of the standards, asked of the OpenSSL that is really loaded, before a kiosk opens:
// a library that signs or seals otherwise than the province and the chips expect must never meet a
// citizen's card. Goes through the kiosk's own SM2, SM3 and scrypt, so a wrong call is found as
// well. Safe on any thread.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/random.hpp"
#include "firmware/base/result.hpp"

namespace liqu::security {

// What must come out, in hex; tests put something wrong in.
struct KnownAnswers {
    // GB/T 32905-2016 A.1: "abc".
    std::string_view sm3 = "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0";
    // GB/T 32907-2016 A.1: the key enciphers itself.
    std::string_view sm4 = "681EDF34D206965E86B3E94F536E4246";
    // Two keys, 0123456789ABCDEF and FEDCBA9876543210, one block 0123456789ABCDE7.
    std::string_view tripleDes = "7F1D0A77826B8AFF";
    // The GCM specification (McGrew, Viega), test case 14: cipher text, then tag.
    std::string_view aesGcm = "CEA7403D4D606B6E074EC5D3BAF39D18D0D1C8A799996BF0265B98B5D48AB919";
    // RFC 7914 §12: "pleaseletmein", N=16384, r=8, p=1; the first half.
    std::string_view scrypt = "7023BDCB3AFD7348461C06CD81FD38EBFDA8FBBA904F8E3EA9B543F6545DA1F2";
    // GB/T 32918.5-2017 A.2: r and s over "message digest", identity 1234567812345678.
    std::string_view sm2 =
        "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
        "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
};

// selfTestFailed: names the first algorithm that is wrong, and the library.
Result<void> selfTest(Random& random, const KnownAnswers& known = {});

// "OpenSSL 3.0.22": what is loaded, which may be another one than was compiled against.
std::string cryptoLibrary();

}  // namespace liqu::security
