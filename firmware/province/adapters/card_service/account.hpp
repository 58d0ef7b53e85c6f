// As whom this machine speaks to a CardService: a file of its own, because it is a secret.
#pragma once

#include <filesystem>

#include "firmware/base/config_file.hpp"
#include "firmware/base/personal.hpp"

namespace liqu::province::card_service {

struct Account {
    std::string user;
    SecretText password;
};

// `user` and `password`, nothing else; configBadValue where others than its owner may read it.
Result<Account> loadAccount(const std::filesystem::path& file, Faults* faults = nullptr);

}  // namespace liqu::province::card_service
