#include "tests/conformance/sites.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace liqu::conformance {
namespace {

const std::filesystem::path tree = LIQU_SOURCE_DIR;
const TestPerson newcomer{"110000198503120015", "测试样例"};
const TestPerson holder{"440000197906050092", "样例已有", "01", "K00000049"};
const TestPerson nobody{"440000196601010017", "样例无名"};
const TestPerson sealed{"440000197906050113", "样例异地", "01", "K00000057"};
const TestBlank blank{"A10000007", "420100D15600000530303037FFFFFFFF",
                      "3B6D00000081544C96866042010000000A"};

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

// The system's own adapter; what it hears is twisted before it is passed on.
class TwistedAdapter final : public province::Adapter {
  public:
    TwistedAdapter(province::Adapter& inner, Site::Twist twist)
        : Adapter(inner.clock(), inner.random(), inner.terminal()),
          inner_(inner),
          twist_(std::move(twist)) {}
    bool can(MessageType type) const override { return inner_.can(type); }
    Result<province::Proof> proofOf(const province::Outgoing& message) override {
        return inner_.proofOf(message);
    }
    Result<std::string> numberAssigned(const std::string& applicationNo) override {
        return inner_.numberAssigned(applicationNo);
    }

  private:
    Result<province::Reply> exchange(const province::Outgoing& message) override {
        province::Reply reply = TRY(inner_.send(message));
        if (reply.body.empty() || !twist_) return reply;
        Json body = Json::parse(reply.body.reveal());
        twist_(message.type, body);
        reply.body = PersonalText(body.dump());
        return reply;
    }

    province::Adapter& inner_;
    Site::Twist twist_;
};

class TwistedSubject final : public Subject {
  public:
    TwistedSubject(Subject& inner, Site::Twist twist)
        : inner_(inner), adapter_(inner.adapter(), std::move(twist)) {}
    province::Adapter& adapter() override { return adapter_; }
    bool keepsKeys() const override { return inner_.keepsKeys(); }
    bool keepsSequence() const override { return inner_.keepsSequence(); }
    bool proves(MessageType type) const override { return inner_.proves(type); }
    Result<DoorWords> doorWords() override { return inner_.doorWords(); }

  private:
    Subject& inner_;
    TwistedAdapter adapter_;
};

}  // namespace

Site::Site() : pki_(world::Pki::generate(scratch_.folder() / "keys", test::testTerminal).value()) {}

SubjectFiles Site::files() const {
    SubjectFiles files;
    files.server = url();
    files.authority = pki_.authority();
    files.certificate = pki_.terminal();
    files.key = pki_.terminalKey();
    files.signingKey = pki_.terminalSigningKey();
    files.verificationKey = pki_.provinceVerifyKey();
    files.terminal = {test::testTerminal, "440100", "O-0001", "guangdong-1"};
    files.folder = scratch_.folder();
    files.makers = {{"B01", "V01"}};
    return files;
}

TestPersons Site::persons() const {
    TestPersons persons;
    persons.server = url();
    persons.bank = "B01";
    persons.newcomer = newcomer;
    persons.holder = holder;
    persons.nobody = nobody;
    persons.sealed = sealed;
    persons.made = newcomer;
    persons.blank = blank;
    return persons;
}

std::unique_ptr<Report> Site::examine(std::set<Part> parts, Twist twist) {
    if (parts.empty()) parts = {wordTable<Part>.values().begin(), wordTable<Part>.values().end()};
    const TestPersons whom = persons();
    const SubjectFiles with = files();
    const auto strangers =
        world::Pki::generate(scratch_.folder() / "strangers", test::testTerminal).value();
    const DoorFiles door{with.server, with.authority,       with.certificate,
                         with.key,    strangers.terminal(), strangers.terminalKey()};
    static const Owed owed = Owed::load(tree / "firmware/province/openapi.json").value();
    auto subject = openSubject(adapter(), with, clock_, random_);
    REQUIRE_MESSAGE(subject.has_value(), (subject ? "" : describe(subject.error())));
    said_.clear();
    auto report = std::make_unique<Report>([&](const std::string& line) { said_ += line + "\n"; });
    TwistedSubject twisted(**subject, std::move(twist));
    Exam({twisted, whom, door, owed}, *report).run(parts);
    return report;
}

// -- KIPS --------------------------------------------------------------------------------------

KipsSite::KipsSite(const std::vector<std::string>& faults, Lie lie) {
    for (const std::string& fault : faults) REQUIRE(faults_.arm(fault));
    engine_ =
        world::ProvinceEngine::create(tree, world::Sm2Keys::load(pki_).value(), faults_).value();
    front_ = std::make_unique<world::ProvinceFront>(*engine_, faults_,
                                                    world::ProvinceTimes{Duration{}, Duration{}});
    front_->look([](world::Books& books) { books.cards.at(sealed.card).state = "NOT_ENABLED"; });
    if (lie) {
        front_->watchWork([this, lie = std::move(lie)](Instant, Instant) { front_->look(lie); });
    }
    server_ = world::HttpsServer::start(*front_, clock_, pki_).value();
}

// -- CardService -------------------------------------------------------------------------------

LegacySite::LegacySite(const std::vector<std::string>& faults) {
    for (const std::string& fault : faults) REQUIRE(faults_.arm(fault));
    engine_ = world::LegacyEngine::create(tree, "hn", faults_,
                                          world::LegacyTimes{Duration{}, Duration{}, Duration{}})
                  .value();
    engine_->books().cards.at(sealed.card).state = world::LegacyCardState::sealed;
    front_ = std::make_unique<world::LegacyFront>(*engine_, clock_);
    server_ = world::LegacyServer::start(*front_, clock_, pki_).value();
}

std::string LegacySite::url() const {
    return "https://127.0.0.1:" + std::to_string(server_->port());
}

// The table as it is shipped, with the part that a file leaves to its province.
SubjectFiles LegacySite::files() const {
    SubjectFiles files = Site::files();
    files.terminal.regionCode = engine_->profile().city;
    files.table = scratch_.folder() / "henan.toml";
    files.account = scratch_.folder() / "account.toml";
    std::ostringstream shipped;
    shipped << std::ifstream(tree / "kiosk-config/legacy/henan.toml").rdbuf();
    write(files.table, shipped.str() +
                           "\n[chip]\ncardClass = \"1\"\nversion = \"3.00\"\n"
                           "issuerCode = \"001122334455667788990011\"\n");
    write(files.account, "user = \"kiosk\"\npassword = \"kiosk-pass\"\n");
    return files;
}

// -- the example -------------------------------------------------------------------------------

ExampleSite::ExampleSite(example::CounterLie lie) {
    std::map<std::string, example::CounterPerson> known;
    for (const TestPerson& person : {newcomer, holder, sealed})
        known[person.number] = {person.name, person.card};
    server_ = example::CounterServer::start(clock_, pki_, std::move(known), lie).value();
}

void writePersons(const std::filesystem::path& file, const TestPersons& persons) {
    std::ostringstream text;
    text << "synthetic = true\nserver = \"" << persons.server << "\"\nbank = \"" << persons.bank
         << "\"\n";
    const auto person = [&](const char* name, const TestPerson& one) {
        text << "[" << name << "]\nnumber = \"" << one.number << "\"\nname = \"" << one.name
             << "\"\n";
        if (!one.card.empty()) text << "card = \"" << one.card << "\"\n";
    };
    person("newcomer", persons.newcomer);
    person("holder", persons.holder);
    person("nobody", persons.nobody);
    if (persons.sealed) person("sealed", *persons.sealed);
    if (persons.made) person("made", *persons.made);
    if (persons.blank) {
        text << "[blank]\nid = \"" << persons.blank->id << "\"\ncardIdCode = \""
             << persons.blank->cardIdCode << "\"\natr = \"" << persons.blank->atr << "\"\n";
    }
    write(file, text.str());
}

}  // namespace liqu::conformance
