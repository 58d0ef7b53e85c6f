#include "ui/toolkit/picture_painter.hpp"

#include "firmware/base/assert.hpp"

namespace liqu::ui {

Result<void> PicturePainter::begin(const PictureOrder& order) {
    LIQU_ASSERT(!isAtWork());
    process_.emplace(TRY(HelperProcess::start(program_, {}, bytesOfOrder(order))));
    sides_.clear();
    for (const PictureOrder::Wish& wish : order.wishes) sides_.push_back(wish.side);
    until_ = clock_.now() + patience;
    return {};
}

std::optional<std::vector<Result<std::string>>> PicturePainter::take() {
    if (!process_) return std::nullopt;
    const auto ended = process_->ended();
    if (!ended && clock_.now() < until_) return std::nullopt;
    auto taken = answers();
    process_.reset();
    return taken;
}

// What came whole counts, also of one that failed afterwards.
std::vector<Result<std::string>> PicturePainter::answers() const {
    const auto failed = [&](const std::string& how) {
        return fail(ErrorCode::fileNotReadable, program_.string() + ": " + how);
    };
    std::vector<Result<std::string>> all;
    std::size_t at = 0;
    for (const std::uint32_t side : sides_) {
        const auto head = answerHeadFrom(process_->answer(at, AnswerHead::size), side);
        at += AnswerHead::size;
        std::string body = head ? process_->answer(at, head->length) : std::string();
        if (!head || body.size() != head->length) break;
        at += head->length;
        if (head->kind == AnswerHead::Kind::pixels) {
            all.emplace_back(std::move(body));
        } else {
            all.push_back(fail(ErrorCode::configBadValue, std::move(body)));
        }
    }
    while (all.size() < sides_.size()) all.push_back(failed("draws no pictures"));
    return all;
}

}  // namespace liqu::ui
