#include "program/province_system.hpp"

#include "drivers/https/soap_https.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "program/data_folder.hpp"
#include "program/machine.hpp"

namespace liqu::program {
namespace {

namespace card_service = province::card_service;

// One exchange may last as long as the patience of the line; whoever waits in it has not hung.
class LineThatTells final : public ports::ProvinceLink {
  public:
    LineThatTells(std::unique_ptr<ports::ProvinceLink> line, Heartbeat& heartbeat)
        : line_(std::move(line)), heartbeat_(heartbeat) {}
    Result<std::string> exchange(std::string_view path, std::string_view envelope,
                                 Duration patience) override {
        heartbeat_.turned();
        auto reply = line_->exchange(path, envelope, patience);
        heartbeat_.turned();
        return reply;
    }

  private:
    std::unique_ptr<ports::ProvinceLink> line_;
    Heartbeat& heartbeat_;
};

class SoapLineThatTells final : public ports::SoapLink {
  public:
    SoapLineThatTells(std::unique_ptr<ports::SoapLink> line, Heartbeat& heartbeat)
        : line_(std::move(line)), heartbeat_(heartbeat) {}
    Result<ports::SoapReply> post(const ports::SoapPost& post, Duration patience) override {
        heartbeat_.turned();
        auto reply = line_->post(post, patience);
        heartbeat_.turned();
        return reply;
    }
    Result<ports::SoapReply> look(const std::string& path, Duration patience) override {
        heartbeat_.turned();
        auto reply = line_->look(path, patience);
        heartbeat_.turned();
        return reply;
    }

  private:
    std::unique_ptr<ports::SoapLink> line_;
    Heartbeat& heartbeat_;
};

Result<std::unique_ptr<ports::SoapLink>> openSoapLine(const policy::ProvinceConfig& config) {
    drivers::HttpsLinkOptions options;
    options.baseUrl = config.url;
    options.authorityFile = config.caCertificate;
    options.certificateFile = config.clientCertificate;
    options.keyFile = config.clientKey;
    return std::unique_ptr<ports::SoapLink>(
        std::make_unique<drivers::SoapHttps>(TRY(drivers::HttpsLink::create(std::move(options)))));
}

Result<card_service::RegionTable> tableOf(const ConfigFiles& files) {
    return card_service::loadRegionTable(files.kiosk.province.table, files.region.regionCode);
}

Result<void> addCardService(const SystemParts& parts, ProvinceSystem& system) {
    const policy::ProvinceConfig& config = parts.files.kiosk.province;
    system.soapLine = TRY(openSoapLine(config));
    if (parts.heartbeat != nullptr) {
        system.soapLine =
            std::make_unique<SoapLineThatTells>(std::move(system.soapLine), *parts.heartbeat);
    }
    system.table = std::make_unique<card_service::RegionTable>(TRY(tableOf(parts.files)));
    system.database = TRY(storage::Database::open(
        {databaseIn(parts.data).string(), "", false, storage::WhenMissing::refuse}));
    std::map<std::string, std::string> makers;
    for (const policy::LaneConfig& lane : parts.files.kiosk.lanes) makers[lane.bank] = lane.vendor;
    // Of the encryption machine beside such a system nothing public tells how it is spoken to:
    // until somebody brings its adapter no card is made (docs/legacy-province.md).
    system.adapter = std::make_unique<card_service::CardServiceAdapter>(
        card_service::Parts{*system.soapLine, *system.table,
                            TRY(card_service::loadAccount(config.account)), *system.database,
                            parts.sealer, parts.digestKey, config.patience, std::move(makers)},
        parts.clock, parts.random, terminalOf(parts.files));
    return {};
}

}  // namespace

Result<ProvinceSystem> openProvinceSystem(const SystemParts& parts) {
    const policy::ProvinceConfig& config = parts.files.kiosk.province;
    ProvinceSystem system;
    if (config.adapter == policy::ProvinceAdapter::cardService) {
        TRY(addCardService(parts, system));
        return system;
    }
    system.line = TRY(openLine(config));
    if (parts.heartbeat != nullptr) {
        system.line = std::make_unique<LineThatTells>(std::move(system.line), *parts.heartbeat);
    }
    system.adapter = std::make_unique<province::KipsAdapter>(
        *system.line, *parts.signer, parts.clock, parts.random, terminalOf(parts.files),
        config.patience);
    return system;
}

Result<void> askProvince(const ConfigFiles& files, Clock& clock) {
    const policy::ProvinceConfig& config = files.kiosk.province;
    if (config.adapter == policy::ProvinceAdapter::cardService) {
        const auto line = TRY(openSoapLine(config));
        const auto table = TRY(tableOf(files));
        const auto page = TRY(line->look(table.path + "?wsdl", config.patience.query));
        if (page.status == 200) return {};
        return fail(ErrorCode::provinceOutcomeUnknown,
                    "no CardService there: HTTP status " + std::to_string(page.status));
    }
    SystemRandom random;
    const auto signer = TRY(security::Sm2Signer::load(config.signingKey, config.verificationKey));
    const auto line = TRY(openLine(config));
    // A signed answer to a question that changes nothing: line, certificates and keys are right.
    province::KipsAdapter adapter(*line, *signer, clock, random, terminalOf(files),
                                  config.patience);
    const std::string day = formatDate(chinaDate(clock.wallTime()));
    const province::Business own{.bizId = files.kiosk.terminal + "-" + day + "-000000",
                                 .bankCode = files.kiosk.lanes.front().bank,
                                 .channel = province::Channel::selfService,
                                 .operatorId = "",
                                 .secondOperatorId = ""};
    const auto answer =
        adapter.progress(own, province::ProgressBy::idempotencyKey, std::string(64, '0'));
    if (answer || !isIn(answer.error().code, ErrorGroup::line)) return {};
    return fail(answer.error());
}

}  // namespace liqu::program
