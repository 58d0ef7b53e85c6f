// The running key of the audit record (audit_text.hpp): sealed in a file of its own beside the
// books, `audit.key`, and never in them, because a database's log keeps old pages for a while. The
// file has two slots: the next key is made durable in one, then the other is overwritten with zeros
// where it lies, so that after a cut there is one of the two and after the step none of before. A
// file that lags behind the books, as after a cut, is brought up to them; it can only go forward.
//
// k_0 is given to whoever makes the key, once, for the province or the operator; the machine keeps
// no copy of it. Thread of the connection it is lent to.
#pragma once

#include <filesystem>
#include <memory>

#include "firmware/security/sealer.hpp"
#include "firmware/staff/audit_text.hpp"
#include "firmware/storage/record_key.hpp"

namespace liqu::staff {

class AuditKey final : public storage::RecordKey {
  public:
    // k_0, for the line `first`. An existing file is never written over. fileNotWritable.
    static Result<SecretBytes> create(const std::filesystem::path& file,
                                      const security::Sealer& sealer, Random& random,
                                      std::int64_t first);
    // keyMissing where there is none, or neither slot holds one. The sealer outlives the key.
    static Result<std::shared_ptr<AuditKey>> open(const std::filesystem::path& file,
                                                  const security::Sealer& sealer);

    Result<std::string> macOf(std::int64_t line, std::string_view text) override;
    void committed() override;
    void rolledBack() override { used_ = 0; }

    // The key of the file is the one of this line.
    std::int64_t line() const { return line_; }

  private:
    AuditKey(std::filesystem::path file, const security::Sealer& sealer)
        : file_(std::move(file)), sealer_(sealer) {}
    // Another process may have gone on meanwhile.
    Result<void> load();
    Result<void> store(std::int64_t line, const SecretBytes& key);

    std::filesystem::path file_;
    const security::Sealer& sealer_;
    std::int64_t line_ = 0;
    SecretBytes key_;
    std::int64_t slot_ = 0;
    std::int64_t used_ = 0;  // the newest line of the open transaction; 0: none
};

}  // namespace liqu::staff
