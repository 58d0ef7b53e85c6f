// A new box is set up: each call goes on where the one before stopped, and does nothing twice.
#include "program/provision.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/staff/accounts.hpp"
#include "tests/unit/program/worked_machine.hpp"
#include "tests/world/province/openssl_handles.hpp"

using namespace liqu;
using namespace liqu::program;
namespace files = std::filesystem;

namespace {

using world::BioHandle;
using world::CertificateHandle;
using world::KeyHandle;
using RequestHandle = std::unique_ptr<X509_REQ, world::Releaser<X509_REQ_free>>;

// Whoever certifies what a terminal asks for.
class Authority {
  public:
    Authority() {
        X509_NAME* const name = X509_get_subject_name(own_.get());
        // As which a kiosk without a presence check is loaded.
        for (const auto& [part, text] : {std::pair{"O", "Liqu simulated province"}, {"CN", "CA"}}) {
            X509_NAME_add_entry_by_txt(name, part, MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
        }
        certify(own_.get(), key_.get(), "CA:TRUE");
    }
    std::string own() const { return textOfPaper(own_.get()); }
    std::string answer(const files::path& request) const {
        const std::string text = textOf(readWholeFile(request).value());
        const BioHandle bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
        const RequestHandle asked(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
        REQUIRE(asked);
        const KeyHandle key(X509_REQ_get_pubkey(asked.get()));
        const CertificateHandle paper(X509_new());
        X509_set_subject_name(paper.get(), X509_REQ_get_subject_name(asked.get()));
        certify(paper.get(), key.get(), "CA:FALSE");
        return textOfPaper(paper.get());
    }

  private:
    static std::string textOfPaper(X509* paper) {
        const BioHandle bio(BIO_new(BIO_s_mem()));
        REQUIRE(PEM_write_bio_X509(bio.get(), paper) == 1);
        char* text = nullptr;
        const long size = BIO_get_mem_data(bio.get(), &text);
        return {text, static_cast<std::size_t>(size)};
    }
    void certify(X509* paper, EVP_PKEY* key, const char* constraint) const {
        X509_set_version(paper, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(paper), constraint[3] == 'T' ? 1 : 2);
        X509_gmtime_adj(X509_getm_notBefore(paper), -3600);
        X509_gmtime_adj(X509_getm_notAfter(paper), 3600);
        X509_set_issuer_name(paper, X509_get_subject_name(own_.get()));
        X509_set_pubkey(paper, key);
        X509_EXTENSION* const extension =
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, constraint);
        X509_add_ext(paper, extension, -1);
        X509_EXTENSION_free(extension);
        REQUIRE(X509_sign(paper, key_.get(), EVP_sha256()) > 0);
    }

    KeyHandle key_{EVP_EC_gen("P-256")};
    CertificateHandle own_{X509_new()};
};

// The files of a machine nobody has set up: kiosk.toml, and no key.
struct NewBox {
    NewBox() {
        files::remove_all(machine.kiosk.data());
        const auto config = policy::loadKioskConfig(machine.kiosk.config()).value();
        province = config.province;
        verification = textOf(readWholeFile(province.verificationKey).value());
        for (const auto& file :
             {province.clientKey, province.clientCertificate, province.caCertificate,
              province.signingKey, province.verificationKey}) {
            files::remove(file);
        }
        options.config = machine.kiosk.config();
        options.data = machine.kiosk.data();
    }
    // With these words on the standard input.
    int provision(const std::string& typed = "") const {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        REQUIRE(::write(ends[1], typed.data(), typed.size()) == static_cast<ssize_t>(typed.size()));
        ::close(ends[1]);
        const int before = ::dup(STDIN_FILENO);
        ::dup2(ends[0], STDIN_FILENO);
        ::close(ends[0]);
        const int code = runProvision(options);
        ::dup2(before, STDIN_FILENO);
        ::close(before);
        return code;
    }
    files::path requestOf(files::path key) const { return key.replace_extension(".csr"); }
    files::path answer(const Authority& authority) const {
        const files::path folder = machine.scratch.folder() / "answer";
        files::create_directory(folder);
        const auto put = [&folder](const files::path& place, const std::string& text) {
            REQUIRE(writeWholeFile(folder / place.filename(), bytesOf(text)));
        };
        put(province.caCertificate, authority.own());
        put(province.clientCertificate, authority.answer(requestOf(province.clientKey)));
        put(province.verificationKey, verification);
        return folder;
    }
    bool hasBooks() const { return files::exists(databaseIn(options.data)); }

    test::WorkedMachine machine;
    policy::ProvinceConfig province;
    std::string verification;
    ProvisionOptions options;
};

}  // namespace

TEST_CASE("a new box waits for its certificates, and goes on where it stopped") {
    NewBox box;
    CHECK(box.provision() == 1);
    REQUIRE(files::exists(box.province.clientKey));
    const Bytes key = readWholeFile(box.province.clientKey).value();
    const Bytes request = readWholeFile(box.requestOf(box.province.signingKey)).value();
    CHECK_FALSE(box.hasBooks());
    // Nothing is made twice; a request that was lost is written again.
    files::remove(box.requestOf(box.province.clientKey));
    CHECK(box.provision() == 1);
    CHECK(readWholeFile(box.province.clientKey).value() == key);
    CHECK(readWholeFile(box.requestOf(box.province.signingKey)).value() == request);
    REQUIRE(files::exists(box.requestOf(box.province.clientKey)));

    const Authority authority;
    box.options.certificates = box.answer(authority);
    // Nobody is registered yet, and nobody sits there.
    CHECK(box.provision() == 1);
    CHECK(files::exists(box.province.clientCertificate));
    CHECK(box.hasBooks());
    CHECK(readConfiguration(box.options.config));
    const Bytes seal = readWholeFile(sealKeyIn(box.options.data)).value();
    // The first key of the audit record is handed out once, and is nowhere else.
    const std::string terminal = policy::loadKioskConfig(box.options.config).value().terminal;
    const files::path handedOut = box.options.data / ("audit-key-" + terminal + ".txt");
    const std::string first = textOf(readWholeFile(handedOut).value());
    CHECK(first.starts_with("liqu-audit-key/1 " + terminal + " 1 "));
    CHECK((files::status(handedOut).permissions() & files::perms::mask) ==
          (files::perms::owner_read | files::perms::owner_write));
    files::remove(handedOut);
    REQUIRE(files::exists(auditKeyIn(box.options.data)));
    CHECK(box.provision() == 1);
    CHECK_FALSE(files::exists(handedOut));
    CHECK(readWholeFile(sealKeyIn(box.options.data)).value() == seal);
}

TEST_CASE("a certificate of another key or authority is not taken in") {
    NewBox box;
    CHECK(box.provision() == 1);
    const Authority authority;
    box.options.certificates = box.answer(authority);
    SUBCASE("another authority") {
        REQUIRE(writeWholeFile(box.options.certificates / box.province.caCertificate.filename(),
                               bytesOf(Authority().own())));
    }
    SUBCASE("another key") {
        REQUIRE(writeWholeFile(box.options.certificates / box.province.clientCertificate.filename(),
                               bytesOf(authority.own())));
    }
    SUBCASE("no certificate") {
        REQUIRE(writeWholeFile(box.options.certificates / box.province.clientCertificate.filename(),
                               bytesOf("no")));
    }
    CHECK(box.provision() == 1);
    CHECK_FALSE(files::exists(box.province.clientCertificate));
    CHECK_FALSE(files::exists(box.province.caCertificate));
    CHECK_FALSE(box.hasBooks());
}

TEST_CASE("by a file: number, lanes and people, whose first PINs are typed") {
    NewBox box;
    const auto file = box.machine.scratch.folder() / "box.toml";
    REQUIRE(writeWholeFile(file, bytesOf("terminal = \"T-000042\"\noutlet = \"O-0042\"\n"
                                         "certificates = \"answer\"\n[[staff]]\nnumber = \"1001\"\n"
                                         "name = \"Li\"\nroles = \"supervisor\"\n")));
    box.options.file = file;
    CHECK(box.provision() == 1);
    const Authority authority;
    box.answer(authority);
    // No device is plugged in here: the last step says so.
    CHECK(box.provision("246813\n246813\n") == 1);
    const auto config = policy::loadKioskConfig(box.options.config).value();
    CHECK(config.terminal == "T-000042");
    CHECK(config.outlet == "O-0042");
    REQUIRE(box.hasBooks());
    const auto books = storage::Database::open({databaseIn(box.options.data).string(), "", true});
    SystemRandom random;
    const auto accounts = staff::Accounts(**books, random).list().value();
    CHECK(accounts.size() == (::geteuid() == 0 ? 1 : 0));
    // A box with books has its number.
    REQUIRE(writeWholeFile(file, bytesOf("terminal = \"T-000043\"\n")));
    CHECK(box.provision() == 1);
    CHECK(policy::loadKioskConfig(box.options.config)->terminal == "T-000042");
}

TEST_CASE("kiosk.toml keeps every line that is not about the box") {
    const std::string toml =
        "# a machine\nterminal = \"T-000017\"  # its number\noutlet = \"O-0001\"\n\n[printer]\n"
        "terminal = \"usb\"\n\n[[lane]]\nbank = \"B01\"\nvendor = \"V01\"\n# cardFace = \"x\"\n\n"
        "[[lane]]\nbank = \"B02\"\nvendor = \"V02\"\n\n[idReader]\nwire = \"usb\"\n";
    CHECK(withBox(toml, {}) == toml);
    BoxFile box;
    box.terminal = "T-2";
    box.lanes = {{"B03", "V03"}};
    CHECK(withBox(toml, box) ==
          "# a machine\nterminal = \"T-2\"  # its number\noutlet = \"O-0001\"\n\n[printer]\n"
          "terminal = \"usb\"\n\n[[lane]]\nbank = \"B03\"\nvendor = \"V03\"\n# cardFace = \"x\"\n\n"
          "\n[idReader]\nwire = \"usb\"\n");
    CHECK(withBox(withBox(toml, box), box) == withBox(toml, box));
}

TEST_CASE("a box file with anything nobody knows is refused") {
    CHECK(parseBoxFile("terminal = \"T-1\"\n", "box.toml"));
    for (const char* text : {"pin = \"246813\"\n", "terminal = \"t\"\n",
                             "terminal = \"T-1\\\" # \"\n", "[[lane]]\nbank = \"B01\"\n",
                             "[[staff]]\nnumber = \"1\"\nname = \"L\"\nroles = \"king\"\n",
                             "[[staff]]\nnumber = \"x\"\nname = \"L\"\nroles = \"auditor\"\n"}) {
        CAPTURE(text);
        CHECK_FALSE(parseBoxFile(text, "box.toml"));
    }
}
