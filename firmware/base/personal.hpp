// Personal<T> holds personal data: it has no stream operator and no formatter, so that it cannot
// reach a log by accident, and it wipes its memory when it dies. reveal() is easy to grep for.
// Secret is the same for keys and PINs.
#pragma once

#include <concepts>
#include <string.h>
#include <string>
#include <utility>
#include <vector>

namespace liqu {

inline void wipe(std::string& text) {
    // Up to capacity: a shortened string still holds its old tail.
    text.resize(text.capacity());
    explicit_bzero(text.data(), text.size());
    text.clear();
}
template <typename Byte>
requires std::is_trivially_copyable_v<Byte>
void wipe(std::vector<Byte>& bytes) {
    bytes.resize(bytes.capacity());
    // An empty vector may have no memory at all, and explicit_bzero wants some.
    if (!bytes.empty()) explicit_bzero(bytes.data(), bytes.size() * sizeof(Byte));
    bytes.clear();
}

template <typename T>
class Personal {
  public:
    Personal() = default;
    explicit Personal(T value) : value_(std::move(value)) {}
    Personal(const Personal&) = default;
    Personal& operator=(const Personal& other) {
        if (this != &other) {
            wipe(value_);
            value_ = other.value_;
        }
        return *this;
    }
    // Moving a short string copies it inside the object, so the source is wiped by hand.
    Personal(Personal&& other) noexcept : value_(std::move(other.value_)) { wipe(other.value_); }
    Personal& operator=(Personal&& other) noexcept {
        if (this != &other) {
            wipe(value_);
            value_ = std::move(other.value_);
            wipe(other.value_);
        }
        return *this;
    }
    ~Personal() { wipe(value_); }

    const T& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }
    friend bool operator==(const Personal&, const Personal&) = default;

  private:
    T value_;
};

using PersonalText = Personal<std::string>;
using PersonalBytes = Personal<std::vector<unsigned char>>;
using SecretText = Personal<std::string>;
using SecretBytes = Personal<std::vector<unsigned char>>;

}  // namespace liqu
