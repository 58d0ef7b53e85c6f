#include "firmware/screen/byte_form.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

#include "firmware/base/encoding.hpp"
#include "firmware/screen/members.hpp"

namespace liqu::screen {
namespace {

constexpr std::uint8_t formVersion = 1;
constexpr std::int64_t mostMicroseconds = std::int64_t{1} << 60;

template <typename T>
concept Enumeration = std::is_enum_v<T> && HasWords<T>;
template <typename T>
concept Number = std::is_integral_v<T> && !std::is_same_v<T, bool>;

class Writer {
  public:
    explicit Writer(Bytes& bytes) : bytes_(bytes) { bytes_.push_back(formVersion); }

    void put(bool value) { bytes_.push_back(value ? 1 : 0); }
    template <Number T>
    void put(T value) {
        number(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)), 8);
    }
    void put(float value) { number(std::bit_cast<std::uint32_t>(value), 4); }
    void put(const std::string& text) {
        length(text.size());
        bytes_.insert(bytes_.end(), text.begin(), text.end());
    }
    template <Enumeration T>
    void put(T value) {
        bytes_.push_back(static_cast<std::uint8_t>(value));
    }
    void put(const Language& language) { put(std::string(language.code())); }
    void put(ErrorCode code) { number(numberOf(code), 4); }
    void put(Duration duration) { put(duration.count()); }
    void put(Instant instant) { put(instant.time_since_epoch()); }
    template <typename T>
    void put(const Personal<T>& value) {
        put(value.reveal());
    }
    template <typename T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <typename One, typename Other>
    void put(const std::pair<One, Other>& pair) {
        put(pair.first);
        put(pair.second);
    }
    template <typename T>
    void put(const std::vector<T>& list) {
        length(list.size());
        for (const T& one : list) put(one);
    }
    template <typename Key, typename T, typename Less>
    void put(const std::map<Key, T, Less>& map) {
        length(map.size());
        for (const auto& entry : map) put(entry);
    }
    template <typename... Alternatives>
    void put(const std::variant<Alternatives...>& value) {
        bytes_.push_back(static_cast<std::uint8_t>(value.index()));
        std::visit([this](const auto& alternative) { put(alternative); }, value);
    }
    template <HasMembers T>
    void put(const T& value) {
        forEachMember(value, [this](const auto& member) { put(member); });
    }

  private:
    void length(std::size_t size) { number(size, 4); }
    void number(std::uint64_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) {
            bytes_.push_back(static_cast<std::uint8_t>(value & 0xFF));
            value >>= 8;
        }
    }

    Bytes& bytes_;
};

// What it cannot read leaves the value as it is; good() tells at the end.
class Reader {
  public:
    explicit Reader(ByteView bytes) : rest_(bytes), good_(bytes.size() <= mostScreenBytes) {
        if (number(1) != formVersion) good_ = false;
    }

    bool good() const { return good_ && rest_.empty(); }

    void get(bool& value) {
        const std::uint64_t read = number(1);
        good_ = good_ && read <= 1;
        value = read == 1;
    }
    template <Number T>
    void get(T& value) {
        const auto read = static_cast<std::int64_t>(number(8));
        value = static_cast<T>(read);
        const bool negative = std::is_unsigned_v<T> && read < 0;
        good_ = good_ && !negative && static_cast<std::int64_t>(value) == read;
    }
    void get(float& value) {
        value = std::bit_cast<float>(static_cast<std::uint32_t>(number(4)));
        good_ = good_ && std::isfinite(value);
    }
    void get(std::string& text) {
        const std::size_t size = length();
        text = textOf(rest_.first(size));
        rest_ = rest_.subspan(size);
        good_ = good_ && utf8Of(std::u32string_view(codePointsOf(text))) == text;
    }
    template <Enumeration T>
    void get(T& value) {
        value = static_cast<T>(number(1));
        good_ = good_ && !nameOf(value).empty();
    }
    void get(Language& language) {
        std::string code;
        get(code);
        const auto read = Language::of(code);
        good_ = good_ && read;
        if (good_) language = *read;
    }
    void get(ErrorCode& code) {
        const std::uint64_t read = number(4);
        const auto& codes = allErrorCodes();
        const auto found = std::ranges::find(codes, read, &numberOf);
        good_ = good_ && found != codes.end();
        if (good_) code = *found;
    }
    void get(Duration& duration) {
        std::int64_t count = 0;
        get(count);
        // Two of them can be subtracted.
        good_ = good_ && std::abs(count / 2) < mostMicroseconds;
        duration = Duration(count);
    }
    void get(Instant& instant) {
        Duration sinceZero{};
        get(sinceZero);
        instant = Instant(sinceZero);
    }
    void get(Personal<std::string>& value) {
        std::string text;
        get(text);
        value = Personal<std::string>(std::move(text));
    }
    template <typename T>
    void get(std::optional<T>& value) {
        bool there = false;
        get(there);
        value.reset();
        if (there && good_) get(value.emplace());
    }
    template <typename One, typename Other>
    void get(std::pair<One, Other>& pair) {
        get(pair.first);
        get(pair.second);
    }
    // Each element has at least one byte, so a list is never longer than what is left.
    template <typename T>
    void get(std::vector<T>& list) {
        list.clear();
        for (std::size_t left = length(); left > 0 && good_; --left) get(list.emplace_back());
    }
    template <typename Key, typename T, typename Less>
    void get(std::map<Key, T, Less>& map) {
        map.clear();
        for (std::size_t left = length(); left > 0 && good_; --left) {
            std::pair<Key, T> entry;
            get(entry);
            good_ = good_ && map.insert(std::move(entry)).second;
        }
    }
    template <typename... Alternatives>
    void get(std::variant<Alternatives...>& value) {
        const std::uint64_t index = number(1);
        good_ = good_ && index < sizeof...(Alternatives);
        if (good_) alternative(value, index, std::index_sequence_for<Alternatives...>());
    }
    template <HasMembers T>
    void get(T& value) {
        forEachMember(value, [this](auto& member) { get(member); });
    }

  private:
    template <typename Variant, std::size_t... indices>
    void alternative(Variant& value, std::uint64_t index, std::index_sequence<indices...>) {
        const auto take = [&]<std::size_t one>() {
            if (index == one) get(value.template emplace<one>());
        };
        (take.template operator()<indices>(), ...);
    }

    std::size_t length() {
        const std::uint64_t size = number(4);
        good_ = good_ && size <= rest_.size();
        return good_ ? static_cast<std::size_t>(size) : 0;
    }
    std::uint64_t number(std::size_t bytes) {
        good_ = good_ && rest_.size() >= bytes;
        if (!good_) return 0;
        std::uint64_t value = 0;
        for (std::size_t i = bytes; i > 0; --i) value = value << 8 | rest_[i - 1];
        rest_ = rest_.subspan(bytes);
        return value;
    }

    ByteView rest_;
    bool good_;
};

template <typename T>
Bytes written(const T& value) {
    Bytes bytes;
    Writer(bytes).put(value);
    return bytes;
}

template <typename T>
std::optional<T> read(ByteView bytes) {
    Reader reader(bytes);
    T value;
    reader.get(value);
    return reader.good() ? std::optional(std::move(value)) : std::nullopt;
}

}  // namespace

PersonalBytes byteFormOf(const Screen& screen) {
    return PersonalBytes(written(screen));
}

SecretBytes byteFormOf(const Action& action) {
    return SecretBytes(written(action));
}

std::optional<Screen> screenFrom(ByteView bytes) {
    return read<Screen>(bytes);
}

std::optional<Action> actionFrom(ByteView bytes) {
    return read<Action>(bytes);
}

}  // namespace liqu::screen
