#include "firmware/staff/audit_key.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "firmware/base/bytes.hpp"
#include "firmware/base/plain_file.hpp"
#include "firmware/security/key_file.hpp"

namespace liqu::staff {
namespace {

namespace files = std::filesystem;

// Each slot is a block of its own, so that a torn write touches one.
constexpr std::size_t slotSize = 4096;
constexpr std::size_t slots = 2;
constexpr std::size_t keySize = 32;
// A file that counts on for so long is none of ours.
constexpr std::int64_t mostSteps = 10'000'000;

// Hexadecimal text: line, sealed key, SM3 of both; the rest of the slot is zeros.
std::string slotText(std::int64_t line, ByteView sealed) {
    const std::string text = std::to_string(line) + " " + toHex(sealed);
    return text + " " + toHex(security::sm3(bytesOf(text))) + "\n";
}

struct Slot {
    std::int64_t line = 0;
    Bytes sealed;
};

std::optional<Slot> slotIn(std::string_view block) {
    const std::string text(block.substr(0, block.find('\n')));
    const std::size_t last = text.rfind(' ');
    const std::size_t first = text.find(' ');
    if (last == text.npos || first == last) return std::nullopt;
    if (text.substr(last + 1) != toHex(security::sm3(bytesOf(text.substr(0, last)))))
        return std::nullopt;
    auto sealed = fromHex(std::string_view(text).substr(first + 1, last - first - 1));
    const std::string digits = text.substr(0, first);
    if (!sealed || digits.empty() || digits.size() > 18 ||
        digits.find_first_not_of("0123456789") != digits.npos)
        return std::nullopt;
    return Slot{std::stoll(digits), std::move(*sealed)};
}

std::string rowOf(std::int64_t line) {
    return std::to_string(line);
}

tl::unexpected<Error> notWritten(const files::path& file) {
    return fail(ErrorCode::fileNotWritable, file.string() + ": " + std::strerror(errno));
}

// In place: another file would leave the old one's blocks as they are.
Result<void> overwrite(int descriptor, const files::path& file, std::int64_t slot,
                       std::string content) {
    content.resize(slotSize, '\0');
    const auto at = static_cast<off_t>(slot) * static_cast<off_t>(slotSize);
    const ssize_t written = ::pwrite(descriptor, content.data(), content.size(), at);
    if (written != static_cast<ssize_t>(slotSize)) return notWritten(file);
    if (::fdatasync(descriptor) != 0) return notWritten(file);
    return {};
}

}  // namespace

Result<SecretBytes> AuditKey::create(const files::path& file, const security::Sealer& sealer,
                                     Random& random, std::int64_t first) {
    Bytes bytes(keySize);
    random.fill(bytes);
    SecretBytes key(std::move(bytes));
    const Bytes sealed = TRY(sealer.seal(key.reveal(), {"audit", "key", rowOf(first)}));
    std::string content = slotText(first, sealed);
    content.resize(slots * slotSize, '\0');
    TRY(security::createSecretFile(file, content));
    return key;
}

Result<std::shared_ptr<AuditKey>> AuditKey::open(const files::path& file,
                                                 const security::Sealer& sealer) {
    std::shared_ptr<AuditKey> key(new AuditKey(file, sealer));
    TRY(key->load());
    return key;
}

Result<void> AuditKey::load() {
    const SecretText content = TRY(security::readSecretFile(file_));
    const std::string& text = content.reveal();
    std::optional<Slot> newest;
    for (std::size_t i = 0; i < slots && text.size() == slots * slotSize; ++i) {
        auto slot = slotIn(std::string_view(text).substr(i * slotSize, slotSize));
        if (!slot || (newest && newest->line > slot->line)) continue;
        newest = std::move(slot);
        slot_ = static_cast<std::int64_t>(i);
    }
    if (!newest) return fail(ErrorCode::keyMissing, file_.string() + ": holds no key");
    if (newest->line == line_) return {};
    key_ = TRY(sealer_.open(newest->sealed, {"audit", "key", rowOf(newest->line)}));
    line_ = newest->line;
    if (key_.reveal().size() == keySize) return {};
    return fail(ErrorCode::keyMissing, file_.string() + ": holds no key of its size");
}

Result<std::string> AuditKey::macOf(std::int64_t line, std::string_view text) {
    TRY(load());
    if (line < line_ || line - line_ > mostSteps) {
        return fail(ErrorCode::keyMissing, "the key of line " + std::to_string(line) +
                                               " is gone, it stands at " + std::to_string(line_));
    }
    SecretBytes key = key_;
    for (std::int64_t at = line_; at < line; ++at) key = keyAfter(key);
    used_ = line;
    return toHex(security::hmacSm3(key.reveal(), bytesOf(text)));
}

// A step that does not come off is made up for with the next line: the record is right either way.
void AuditKey::committed() {
    if (used_ == 0) return;
    const std::int64_t next = std::exchange(used_, 0) + 1;
    SecretBytes key = key_;
    for (std::int64_t at = line_; at < next; ++at) key = keyAfter(key);
    static_cast<void>(store(next, key));
}

Result<void> AuditKey::store(std::int64_t line, const SecretBytes& key) {
    const Descriptor file(::open(file_.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen() || ::flock(file.number(), LOCK_EX) != 0) return notWritten(file_);
    const std::int64_t before = line_;
    TRY(load());
    // Somebody else is further already.
    if (line_ != before && line_ >= line) return {};
    const std::int64_t other = 1 - slot_;
    const Bytes sealed = TRY(sealer_.seal(key.reveal(), {"audit", "key", rowOf(line)}));
    TRY(overwrite(file.number(), file_, other, slotText(line, sealed)));
    TRY(overwrite(file.number(), file_, slot_, ""));
    key_ = key;
    line_ = line;
    slot_ = other;
    return {};
}

}  // namespace liqu::staff
