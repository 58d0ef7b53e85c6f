// Keys that never leave the box, requests for their certificates, and what comes back of them.
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/whole_file.hpp"
#include "firmware/security/certificate.hpp"
#include "firmware/security/key_file.hpp"
#include "firmware/security/key_request.hpp"
#include "firmware/security/sm2_signer.hpp"
#include "program/acting_as.hpp"
#include "program/provision.hpp"

namespace liqu::program {
namespace {

namespace files = std::filesystem;
using security::KeyKind;

bool isThere(const files::path& path) {
    std::error_code ignored;
    return files::exists(files::symlink_status(path, ignored));
}

files::path requestOf(const files::path& key) {
    files::path path = key;
    return path.replace_extension(".csr");
}

void append(std::string& words, const std::string& more) {
    words += (words.empty() ? "" : "; ") + more;
}

// One key and its request; both stay where they are right.
Result<void> provideKey(const files::path& path, KeyKind kind, const std::string& terminal,
                        const files::path& data, StepDone& done) {
    const std::string name = path.filename().string();
    if (!isThere(path)) {
        TRY(makeFolderFor(path, data));
        const SecretText made = TRY(security::makePrivateKey(kind));
        TRY(security::createSecretFile(path, made.reveal()));
        append(done.did, "made the " + std::string(nameOf(kind)) + " key " + name);
    } else {
        append(done.found, name);
    }
    // Also after a cut between the two.
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && status.st_uid == 0) TRY(giveToOwnerOf(data, path));
    const SecretText key = TRY(security::readSecretFile(path));
    const auto is = security::kindOfKey(key);
    if (!is) return fail(is.error().code, path.string() + ": " + is.error().cause);
    if (*is != kind) {
        return fail(ErrorCode::keyMissing, path.string() + ": is a key of " +
                                               std::string(nameOf(*is)) + ", not of " +
                                               std::string(nameOf(kind)));
    }
    const files::path request = requestOf(path);
    const auto before = security::readPublicFile(request);
    if (before && security::isRequestOf(*before, key, terminal)) {
        append(done.found, request.filename().string());
        return {};
    }
    TRY(writeWholeFile(request, bytesOf(TRY(security::requestFor(key, terminal)))));
    append(done.did, "wrote the request " + request.string());
    return {};
}

// A file of the province's, where it lies now: at its place, or in the folder it came in.
struct Paper {
    files::path place;
    files::path lies;
    bool isNew() const { return place != lies; }
};

Paper paperOf(const files::path& place, const files::path& from) {
    if (isThere(place) || from.empty()) return {place, place};
    const files::path brought = from / place.filename();
    return {place, isThere(brought) ? brought : place};
}

// Where one is wrong all stay outside.
Result<void> checkPapers(const policy::KioskConfig& config, const Paper& authority,
                         const Paper& certificate, const Paper& verification) {
    TRY(security::checkKeyOfCertificate(certificate.lies, config.province.clientKey));
    const auto own = TRY(security::readCertificate(certificate.lies));
    if (own.commonName != config.terminal) {
        return fail(ErrorCode::provinceCertificateWrong, certificate.lies.string() + ": is for " +
                                                             own.commonName + ", this is " +
                                                             config.terminal);
    }
    TRY(security::checkChain(certificate.lies, authority.lies, SystemClock().wallTime()));
    TRY(security::Sm2Signer::load(config.province.signingKey, verification.lies));
    return {};
}

Result<void> take(const Paper& paper, const files::path& data, StepDone& done) {
    if (!paper.isNew()) return {};
    const std::string text = TRY(security::readPublicFile(paper.lies));
    TRY(makeFolderFor(paper.place, data));
    TRY(writeWholeFile(paper.place, bytesOf(text)));
    TRY(giveToOwnerOf(data, paper.place));
    append(done.did, "took in " + paper.place.filename().string());
    return {};
}

}  // namespace

Result<StepDone> provideKeys(const policy::KioskConfig& config, const files::path& data) {
    StepDone done;
    TRY(provideKey(config.province.clientKey, KeyKind::p256, config.terminal, data, done));
    TRY(provideKey(config.province.signingKey, KeyKind::sm2, config.terminal, data, done));
    return done;
}

Result<StepDone> takeCertificates(const policy::KioskConfig& config, const files::path& from,
                                  const files::path& data) {
    const policy::ProvinceConfig& province = config.province;
    const Paper authority = paperOf(province.caCertificate, from);
    const Paper certificate = paperOf(province.clientCertificate, from);
    const Paper verification = paperOf(province.verificationKey, from);
    StepDone done;
    std::string missing;
    for (const Paper* paper : {&authority, &certificate, &verification}) {
        const std::string name = paper->place.filename().string();
        if (!isThere(paper->lies)) {
            append(missing, name);
        } else {
            append(done.found, name + (paper->isNew() ? " in " + from.string() : ""));
        }
    }
    if (!missing.empty()) {
        done.next = "send " + requestOf(province.clientKey).string() + " and " +
                    requestOf(province.signingKey).string() +
                    " to the province; what comes back (" + missing +
                    ") goes into one folder under these names, then again with --certificates "
                    "FOLDER";
        return done;
    }
    TRY(checkPapers(config, authority, certificate, verification));
    for (const Paper* paper : {&authority, &verification, &certificate}) {
        TRY(take(*paper, data, done));
    }
    const auto own = TRY(security::readCertificate(province.clientCertificate));
    append(done.found, "the certificate fits its key, leads to its authority and holds to " +
                           formatChinaTime(own.to));
    return done;
}

}  // namespace liqu::program
