// The province's system that kiosk.toml names: its line, its adapter, and what both stand on.
#pragma once

#include <memory>

#include "firmware/ports/province_link.hpp"
#include "firmware/ports/signer.hpp"
#include "firmware/ports/soap_link.hpp"
#include "firmware/province/adapters/card_service/adapter.hpp"
#include "program/books.hpp"
#include "program/heartbeat.hpp"

namespace liqu::program {

struct ProvinceSystem {
    std::unique_ptr<ports::ProvinceLink> line;    // of KIPS
    std::unique_ptr<ports::SoapLink> soapLine;    // of CardService, with what follows
    std::unique_ptr<storage::Database> database;  // a connection of its own: two threads use it
    std::unique_ptr<province::card_service::RegionTable> table;
    std::unique_ptr<province::Adapter> adapter;
};

struct SystemParts {
    const ConfigFiles& files;
    const std::filesystem::path& data;
    ports::Signer* signer;  // null: an older system, for which nothing is signed
    const security::Sealer& sealer;
    const SecretBytes& digestKey;
    Clock& clock;
    Random& random;
    Heartbeat* heartbeat;  // null: nobody listens
};
Result<ProvinceSystem> openProvinceSystem(const SystemParts& parts);

// Without the books: an answer to a question that changes nothing.
Result<void> askProvince(const ConfigFiles& files, Clock& clock);

}  // namespace liqu::program
