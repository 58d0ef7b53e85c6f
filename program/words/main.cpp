// liqu-words [FILE]: where lines of Chinese may break. Lines of UTF-8 on the standard input come
// back on the standard output with a word joiner (U+2060) between any two signs of one word, found
// by ICU's word iterator; FILE has the words that ICU does not know. A program of its own that ends
// at once: ICU's data would cost the kiosk 20 MiB for as long as it runs.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <vector>

namespace {

constexpr std::size_t longestLine = 64UL * 1024;
constexpr std::size_t mostLines = 100'000;
constexpr std::size_t mostWords = 1000;
constexpr std::size_t longestWord = 60;
constexpr char16_t wordJoiner = 0x2060;

bool isIdeograph(UChar32 sign) {
    return u_hasBinaryProperty(sign, UCHAR_IDEOGRAPHIC) != 0;
}

using Words = std::vector<icu::UnicodeString>;

// The longest first; nothing where there is no such file.
Words wordsIn(const char* path) {
    Words words;
    std::ifstream file(path);
    for (std::string line; words.size() < mostWords && std::getline(file, line);) {
        if (line.empty() || line.front() == '#' || line.size() > longestWord) continue;
        words.push_back(icu::UnicodeString::fromUTF8(line));
    }
    std::ranges::stable_sort(words, std::greater{}, &icu::UnicodeString::length);
    return words;
}

// Whether a line may break before each sign.
std::vector<bool> breaksOf(icu::BreakIterator& iterator, const Words& own,
                           const icu::UnicodeString& text) {
    std::vector<bool> breaks(static_cast<std::size_t>(text.length()) + 1, false);
    iterator.setText(text);
    for (std::int32_t at = iterator.first(); at != icu::BreakIterator::DONE; at = iterator.next())
        breaks.at(static_cast<std::size_t>(at)) = true;
    for (std::int32_t at = 0; at < text.length();) {
        const auto here = std::ranges::find_if(
            own, [&](const auto& word) { return text.compare(at, word.length(), word) == 0; });
        if (here == own.end()) {
            ++at;
            continue;
        }
        const std::int32_t end = at + here->length();
        breaks.at(static_cast<std::size_t>(at)) = breaks.at(static_cast<std::size_t>(end)) = true;
        while (++at < end) breaks.at(static_cast<std::size_t>(at)) = false;
    }
    return breaks;
}

std::string joined(icu::BreakIterator& iterator, const Words& own, const std::string& line) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(line);
    const std::vector<bool> breaks = breaksOf(iterator, own, text);
    icu::UnicodeString out;
    for (std::int32_t at = 0; at < text.length();) {
        const std::int32_t next = text.moveIndex32(at, 1);
        out.append(text, at, next - at);
        const bool inWord = next < text.length() && !breaks.at(static_cast<std::size_t>(next));
        if (inWord && isIdeograph(text.char32At(at)) && isIdeograph(text.char32At(next)))
            out.append(wordJoiner);
        at = next;
    }
    std::string utf8;
    return out.toUTF8String(utf8);
}

}  // namespace

int main(int argc, char** argv) {
    const Words own = argc > 1 ? wordsIn(argv[1]) : Words{};
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), error));
    if (U_FAILURE(error) != 0 || !words) {
        std::fputs("ICU has no words\n", stderr);
        return 1;
    }
    std::size_t count = 0;
    for (std::string line; std::getline(std::cin, line);) {
        if (line.size() > longestLine || ++count > mostLines) return 1;
        std::cout << joined(*words, own, line) << '\n';
    }
    return std::cout.flush() ? 0 : 1;
}
