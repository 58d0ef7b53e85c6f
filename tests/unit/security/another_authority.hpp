// A certificate of an authority that is not the simulator's. Made once with openssl and its key
// thrown away: "O = Example Province, CN = Example CA".
#pragma once

namespace liqu::test {

inline constexpr const char* anotherAuthority = R"(-----BEGIN CERTIFICATE-----
MIIBtDCCAVugAwIBAgIUeN573hJKbLIb3h3yLMFucM+l8VAwCgYIKoZIzj0EAwIw
MDEZMBcGA1UECgwQRXhhbXBsZSBQcm92aW5jZTETMBEGA1UEAwwKRXhhbXBsZSBD
QTAeFw0yNjExMjkxMjIwNDdaFw00NjExMjQxMjIwNDdaMDAxGTAXBgNVBAoMEEV4
YW1wbGUgUHJvdmluY2UxEzARBgNVBAMMCkV4YW1wbGUgQ0EwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAARV290UxueRShVGtRpg00ZXlhrMyJSI1T8wr7CPMB43bDf9
poFk/8ymVrBSz1ZawwM4mIDeOnOtApfH9cf/HoE4o1MwUTAdBgNVHQ4EFgQUpqfE
D8r1SOk8zWRnGtYcPoIqqDMwHwYDVR0jBBgwFoAUpqfED8r1SOk8zWRnGtYcPoIq
qDMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAy6FOUDooscwwL
WjRXfgLZcc6q9ievboYqIbJ0xm+VmQIgNidB0I35YL9osJ31dUEmiEp9PYFf93s3
Dq8pkaJH6o0=
-----END CERTIFICATE-----
)";

}  // namespace liqu::test
