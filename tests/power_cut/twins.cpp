#include "tests/power_cut/twins.hpp"

namespace liqu::proof {
namespace {

using ports::CardFace;
using ports::PreparedFace;

class TwinRenderer final : public ports::CardFaceRenderer {
  public:
    std::vector<char32_t> missingGlyphs(std::string_view) override { return {}; }
    // Never looked at: the one picture of PreparingOnce stands for all.
    Result<CardFace> render(const card::FaceItems&) override { return CardFace{}; }
};

class SharedFace final : public PreparedFace {
  public:
    explicit SharedFace(const PreparedFace& face) : face_(face) {}
    const PreparedFace& face() const { return face_; }

  private:
    const PreparedFace& face_;
};

CardFace plainFace() {
    constexpr std::size_t dots = std::size_t{CardFace::width} * CardFace::height;
    CardFace face;
    face.rgb = PersonalBytes(Bytes(dots * 3, 255));
    face.black = PersonalBytes(Bytes(dots, 0));
    face.overlay.assign(dots, 1);
    return face;
}

}  // namespace

std::unique_ptr<ports::CardFaceRenderer> makeTwinRenderer() {
    return std::make_unique<TwinRenderer>();
}

Result<std::unique_ptr<PreparedFace>> PreparingOnce::prepare(const CardFace&) {
    // The driver's own panels of a white card: bytes alone, so any driver object prints them.
    static const auto prepared = real_.prepare(plainFace());
    if (!prepared) return fail(prepared.error());
    return std::make_unique<SharedFace>(**prepared);
}

Result<void> PreparingOnce::print(const PreparedFace& face,
                                  const std::function<void(ports::PrintProgress)>& onProgress) {
    return real_.print(static_cast<const SharedFace&>(face).face(), onProgress);
}

}  // namespace liqu::proof
