#include "tests/conformance/subject.hpp"

#include <functional>
#include <map>

#include "drivers/https/soap_https.hpp"
#include "firmware/province/adapters/card_service/adapter.hpp"
#include "firmware/province/adapters/kips/envelope.hpp"
#include "firmware/province/adapters/kips/kips_adapter.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "tests/conformance/example/counter_adapter.hpp"

namespace liqu::conformance {
namespace {

constexpr int veryDeep = 5'000;

std::string nested(const std::string& open) {
    std::string text;
    for (int i = 0; i < veryDeep; ++i) text += open;
    return text;
}

Result<std::unique_ptr<drivers::HttpsLink>> lineTo(const SubjectFiles& files) {
    drivers::HttpsLinkOptions options;
    options.baseUrl = files.server;
    options.authorityFile = files.authority;
    options.certificateFile = files.certificate;
    options.keyFile = files.key;
    options.connectPatience = files.patience.connect;
    return drivers::HttpsLink::create(std::move(options));
}

// Books of this run alone, for adapters that write down what they send.
struct Books {
    static Result<std::unique_ptr<storage::Database>> open(const SubjectFiles& files) {
        return storage::Database::open({(files.folder / "books.db").string(), "", false});
    }
    explicit Books(std::unique_ptr<storage::Database> opened, Random& random)
        : database(std::move(opened)),
          key(security::SealKey::make(random)),
          sealer(security::SealProfile::aes256Gcm, key, random) {}

    std::unique_ptr<storage::Database> database;
    security::SealKey key;
    security::Sealer sealer;
};

std::vector<std::pair<std::string, std::string>> nonsenseInJson() {
    return {{"no JSON", "hello"},
            {"JSON that is cut short", "{\"ver\":\"1\",\"msgType\":"},
            {"an empty object", "{}"},
            {"nesting without an end", nested("[")}};
}

// -- kips --------------------------------------------------------------------------------------

class Kips final : public Subject {
  public:
    Kips(const SubjectFiles& files, std::unique_ptr<drivers::HttpsLink> line,
         std::unique_ptr<security::Sm2Signer> signer, Clock& clock, Random& random)
        : line_(std::move(line)),
          signer_(std::move(signer)),
          adapter_(*line_, *signer_, clock, random, files.terminal, files.patience) {}

    province::Adapter& adapter() override { return adapter_; }
    bool keepsKeys() const override { return true; }
    bool keepsSequence() const override { return true; }

    Result<DoorWords> doorWords() override {
        province::Outgoing question;
        question.type = province::MessageType::progressQuery;
        question.messageId = randomId(adapter_.random());
        question.idempotencyKey = std::string(64, '0');
        const province::Terminal& terminal = adapter_.terminal();
        const WallTime now = adapter_.clock().wallTime();
        question.business.bizId =
            terminal.terminalId + "-" + formatDate(chinaDate(now)) + "-000000";
        question.business.bankCode = "B01";
        question.policyId = terminal.policyId;
        question.happenedAt = question.sentAt = now;
        const std::string body = "{\"by\":\"IDEM_KEY\",\"value\":\"" + std::string(64, '0') + "\"}";
        question.body = body;
        const PersonalText wire = TRY(province::buildEnvelope(terminal, question, *signer_));
        const std::string path = province::pathOf(question.type);
        DoorWords words;
        words.good = {path, "application/json", wire.reveal()};
        words.nowhere = {"/v1/NO.SUCH", "application/json", wire.reveal()};
        words.touched = wire.reveal();
        // Another attempt than the one that was signed.
        const std::string attempt = "\"attempt\":1";
        words.touched.replace(words.touched.find(attempt), attempt.size(), "\"attempt\":2");
        words.nonsense = nonsenseInJson();
        return words;
    }

  private:
    std::unique_ptr<drivers::HttpsLink> line_;
    std::unique_ptr<security::Sm2Signer> signer_;
    province::KipsAdapter adapter_;
};

Result<std::unique_ptr<Subject>> openKips(const SubjectFiles& files, Clock& clock, Random& random) {
    return std::make_unique<Kips>(
        files, TRY(lineTo(files)),
        TRY(security::Sm2Signer::load(files.signingKey, files.verificationKey)), clock, random);
}

// -- card-service ------------------------------------------------------------------------------

namespace card_service = province::card_service;

class CardService final : public Subject {
  public:
    CardService(const SubjectFiles& files, std::unique_ptr<drivers::HttpsLink> line,
                card_service::RegionTable table, card_service::Account account,
                std::unique_ptr<storage::Database> database, Clock& clock, Random& random)
        : link_(std::move(line)),
          table_(std::move(table)),
          books_(std::move(database), random),
          adapter_(
              card_service::Parts{link_, table_, std::move(account), *books_.database,
                                  books_.sealer, digestKey(random), files.patience, files.makers},
              clock, random, files.terminal) {}

    province::Adapter& adapter() override { return adapter_; }
    bool proves(province::MessageType type) const override {
        return type != province::MessageType::blankReserve &&
               type != province::MessageType::personalisationGet;
    }

    Result<DoorWords> doorWords() override {
        const std::string xml = "text/xml; charset=utf-8";
        DoorWords words;
        words.good = {table_.path + "?wsdl", xml, ""};
        words.nowhere = {"/no/such/service", xml, ""};
        words.nonsense = {{"no XML", "hello"},
                          {"XML that is cut short", "<?xml version=\"1.0\"?><soapenv:Envelope"},
                          {"an empty envelope", "<Envelope/>"},
                          {"nesting without an end", nested("<a>")}};
        return words;
    }

  private:
    static SecretBytes digestKey(Random& random) {
        constexpr std::size_t size = 32;
        Bytes key(size);
        random.fill(key);
        return SecretBytes(std::move(key));
    }

    drivers::SoapHttps link_;
    card_service::RegionTable table_;
    Books books_;
    card_service::CardServiceAdapter adapter_;
};

Result<std::unique_ptr<Subject>> openCardService(const SubjectFiles& files, Clock& clock,
                                                 Random& random) {
    return std::make_unique<CardService>(
        files, TRY(lineTo(files)),
        TRY(card_service::loadRegionTable(files.table, files.terminal.regionCode)),
        TRY(card_service::loadAccount(files.account)), TRY(Books::open(files)), clock, random);
}

// -- the example -------------------------------------------------------------------------------

class Example final : public Subject {
  public:
    Example(const SubjectFiles& files, std::unique_ptr<drivers::HttpsLink> line,
            std::unique_ptr<storage::Database> database, Clock& clock, Random& random)
        : line_(std::move(line)),
          books_(std::move(database), random),
          adapter_({*line_, *books_.database, books_.sealer, files.patience}, clock, random,
                   files.terminal) {}

    province::Adapter& adapter() override { return adapter_; }

    Result<DoorWords> doorWords() override {
        const std::string good = "{\"fn\":\"hello\"}";
        DoorWords words;
        words.good = {example::counterPath, "application/json", good};
        words.nowhere = {"/nowhere", "application/json", good};
        words.nonsense = nonsenseInJson();
        return words;
    }

  private:
    std::unique_ptr<drivers::HttpsLink> line_;
    Books books_;
    example::CounterAdapter adapter_;
};

Result<std::unique_ptr<Subject>> openExample(const SubjectFiles& files, Clock& clock,
                                             Random& random) {
    return std::make_unique<Example>(files, TRY(lineTo(files)), TRY(Books::open(files)), clock,
                                     random);
}

using Opener = Result<std::unique_ptr<Subject>> (*)(const SubjectFiles&, Clock&, Random&);
const std::map<std::string, Opener>& openers() {
    static const std::map<std::string, Opener> all = {
        {"kips", openKips}, {"card-service", openCardService}, {"example", openExample}};
    return all;
}

}  // namespace

const std::vector<std::string>& subjectNames() {
    static const auto names = [] {
        std::vector<std::string> all;
        for (const auto& [name, opener] : openers()) all.push_back(name);
        return all;
    }();
    return names;
}

Result<std::unique_ptr<Subject>> openSubject(const std::string& name, const SubjectFiles& files,
                                             Clock& clock, Random& random) {
    const auto opener = openers().find(name);
    if (opener == openers().end())
        return fail(ErrorCode::configBadValue, "no adapter of this name: " + name);
    return opener->second(files, clock, random);
}

}  // namespace liqu::conformance
