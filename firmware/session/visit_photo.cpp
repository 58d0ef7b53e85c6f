// 个人相片: the province's, where it holds one; else, where the rules allow it and the person
// agrees, that of their ID card (Guangdong Art.10(3)). Without either there is no card, from the
// age on that needs one.
#include <algorithm>

#include "firmware/session/visit.hpp"
#include "firmware/session/visit_pages.hpp"

namespace liqu::session {
namespace {

// As it is kept with the order and drawn.
Result<PersonalBytes> portraitOf(const PersonalBytes& decoded) {
    const Bytes& rgb = decoded.reveal();
    if (rgb.size() != ports::documentPhotoSize) {
        return fail(ErrorCode::photoDecoderNotAvailable,
                    "the decoder gave " + std::to_string(rgb.size()) + " bytes");
    }
    // A decoder that failed without a word.
    if (std::ranges::adjacent_find(rgb, std::ranges::not_equal_to{}) == rgb.end())
        return fail(ErrorCode::photoDecoderNotAvailable, "the decoder gave one colour");
    Bytes kept(ports::documentPhotoHead.begin(), ports::documentPhotoHead.end());
    kept.reserve(kept.size() + rgb.size());
    kept.insert(kept.end(), rgb.begin(), rgb.end());
    return PersonalBytes(std::move(kept));
}

}  // namespace

// Said of the second-generation ID card alone.
bool Visit::mayUseIdPhoto() const {
    return parts_.issuance.region.photoFromIdCard &&
           document_.kind == card::DocumentKind::residentIdCard && !document_.photo.empty() &&
           parts_.photoDecoder != nullptr && parts_.photoDecoder->installed();
}

// Nothing is decoded before its person agrees.
Visit::Way Visit::askForIdPhoto() {
    if (!asksForIdPhoto_) return Way::on;
    const Agreement one = idPhotoAgreement();
    switch (askToAgree(one.page, one.clause)) {
        case Answer::over:
            return Way::over;
        case Answer::back:
            return Way::back;
        case Answer::no:
            return refuse({{ErrorCode::photoMissing, "the ID card's portrait is not to be used"}});
        case Answer::yes:
            break;
    }
    conversation_.tell(WaitingScreen{WaitingFor::record});
    auto portrait = decodeIdPhoto();
    notes_.looked(issuance::Checked::idPhoto,
                  portrait ? Result<void>() : Result<void>(fail(portrait.error())));
    if (!portrait)
        return refuse({{ErrorCode::photoMissing, "the province holds none"}, portrait.error()});
    holder_.documentPortrait = std::move(*portrait);
    return Way::on;
}

Result<PersonalBytes> Visit::decodeIdPhoto() {
    const PersonalBytes decoded = TRY(parts_.photoDecoder->decode(document_.photo.reveal()));
    return portraitOf(decoded);
}

// The portrait is fetched only for a card that is going to be made, and looked at before a blank
// is fed.
Visit::Way Visit::checkPortrait() {
    conversation_.tell(WaitingScreen{WaitingFor::record});
    const auto fits = portraitFits();
    notes_.asked(issuance::Checked::photo, fits);
    return fits ? Way::on : problem(fits.error());
}

Result<void> Visit::portraitFits() {
    const auto photo = TRY(parts_.issuance.province.photo(queryBusiness(), holder_.socialNumber));
    TRY(issuance::bindPhoto(holder_, photo));
    // What the province has come to hold since goes before what the person agreed to.
    if (!photo.portraitJpeg.empty()) holder_.documentPortrait = {};
    const PersonalBytes& portrait =
        photo.portraitJpeg.empty() ? holder_.documentPortrait : photo.portraitJpeg;
    if (needsPhoto_ && portrait.empty())
        return fail(ErrorCode::photoMissing, "there is a portrait, and none came");
    return issuer_.checkFace(holder_, portrait, ready_.lane);
}

}  // namespace liqu::session
