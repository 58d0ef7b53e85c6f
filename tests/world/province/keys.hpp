// The province's half of ports/signer.hpp: it signs replies and checks what terminals signed.
// Sm2Keys is the real one (decision 17), TwinKeys with TwinSigner the cheap deterministic pair of a
// simulation (decision 29): it still fails on a changed byte or a foreign key, but guards nothing.
#pragma once

#include <memory>
#include <string>

#include "firmware/base/bytes.hpp"
#include "firmware/ports/signer.hpp"
#include "tests/world/province/pki.hpp"

namespace liqu::world {

class ProvinceKeys {
  public:
    virtual ~ProvinceKeys() = default;
    virtual Bytes sign(ByteView message) = 0;
    virtual bool verifyTerminal(ByteView message, ByteView signature) = 0;
};

class Sm2Keys final : public ProvinceKeys {
  public:
    static Result<std::unique_ptr<Sm2Keys>> load(const Pki& pki);
    ~Sm2Keys() override;
    Bytes sign(ByteView message) override;
    bool verifyTerminal(ByteView message, ByteView signature) override;

  private:
    struct Pair;
    explicit Sm2Keys(std::unique_ptr<Pair> pair);
    std::unique_ptr<Pair> pair_;
};

// The terminal's half of an SM2 pair, for tests that speak to the province without the firmware.
class Sm2Terminal final : public ports::Signer {
  public:
    static Result<std::unique_ptr<Sm2Terminal>> load(const Pki& pki);
    ~Sm2Terminal() override;
    Result<Bytes> sign(ByteView message) override;
    bool verifyProvince(ByteView message, ByteView signature) override;

  private:
    struct Pair;
    explicit Sm2Terminal(std::unique_ptr<Pair> pair);
    std::unique_ptr<Pair> pair_;
};

class TwinKeys final : public ProvinceKeys {
  public:
    Bytes sign(ByteView message) override;
    bool verifyTerminal(ByteView message, ByteView signature) override;
};

class TwinSigner final : public ports::Signer {
  public:
    Result<Bytes> sign(ByteView message) override;
    bool verifyProvince(ByteView message, ByteView signature) override;
};

// SM3 as 64 upper-case hex digits, the form of hashes in the envelope.
std::string sm3Hex(std::string_view text);

}  // namespace liqu::world
