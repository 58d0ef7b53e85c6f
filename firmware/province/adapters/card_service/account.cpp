#include "firmware/province/adapters/card_service/account.hpp"

namespace liqu::province::card_service {
namespace {

// Both stand in the string inside, where these mean something.
Result<std::string> word(const ConfigFile& file, std::string_view key) {
    std::string text = TRY(file.text(key));
    if (text.empty() || text.size() > 64 || text.find_first_of("<>&,\"\r\n") != std::string::npos) {
        TRY(file.refuse(ErrorCode::configBadValue, key, "must be 1 to 64 signs, none of < > & ,"));
    }
    return text;
}

}  // namespace

Result<Account> loadAccount(const std::filesystem::path& path, Faults* faults) {
    const ConfigFile file = TRY(ConfigFile::read(path, faults));
    std::error_code error;
    const auto rights = std::filesystem::status(path, error).permissions();
    const auto foreign = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    if (error || (rights & foreign) != std::filesystem::perms::none)
        TRY(file.refuse(ErrorCode::configBadValue, "password", "may be read by others: chmod 600"));
    Account account;
    account.user = TRY(word(file, "user"));
    account.password = SecretText(TRY(word(file, "password")));
    TRY(file.refuseUnknownKeys());
    return account;
}

}  // namespace liqu::province::card_service
