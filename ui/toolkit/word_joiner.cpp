#include "ui/toolkit/word_joiner.hpp"

#include "ui/toolkit/helper_process.hpp"

namespace liqu::ui {
namespace {

constexpr std::string_view wordJoiner = "\u2060";
constexpr std::size_t mostBytes = 8UL << 20;

}  // namespace

std::string withoutJoiners(std::string text) {
    for (std::size_t at = 0; (at = text.find(wordJoiner, at)) != std::string::npos;)
        text.erase(at, wordJoiner.size());
    return text;
}

Result<std::vector<std::string>> withJoinedWords(const std::vector<std::string>& texts,
                                                 const std::filesystem::path& program,
                                                 const std::filesystem::path& ownWords,
                                                 std::chrono::milliseconds patience) {
    std::string all;
    for (const std::string& text : texts) all.append(text) += '\n';
    auto process = TRY(HelperProcess::start(program, {ownWords.string()}, all));
    if (!process.endsWell(patience))
        return fail(ErrorCode::fileNotReadable, program.string() + ": failed");
    const std::string answer = process.answer(0, mostBytes);
    std::vector<std::string> joined;
    std::size_t at = 0;
    for (const std::string& text : texts) {
        const std::size_t end = answer.find('\n', at);
        if (end == std::string::npos) break;
        std::string line = answer.substr(at, end - at);
        if (withoutJoiners(line) != text) break;
        joined.push_back(std::move(line));
        at = end + 1;
    }
    if (joined.size() != texts.size() || at != answer.size())
        return fail(ErrorCode::fileNotReadable, program.string() + ": answered something else");
    return joined;
}

}  // namespace liqu::ui
