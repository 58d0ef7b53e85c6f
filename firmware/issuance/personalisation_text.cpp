#include "firmware/issuance/personalisation_text.hpp"

#include <array>

namespace liqu::issuance {
namespace {

// Fields in a fixed order, each with its length in four bytes: no parser, no copies.
class Writer {
  public:
    void add(std::string_view text) {
        add({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    void add(const PersonalText& text) { add(std::string_view(text.reveal())); }
    void add(const PersonalBytes& bytes) { add(ByteView(bytes.reveal())); }
    void add(ByteView bytes) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out_.push_back(static_cast<std::uint8_t>(bytes.size() >> shift));
        }
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    PersonalBytes take() { return PersonalBytes(std::move(out_)); }

  private:
    Bytes out_;
};

class Reader {
  public:
    explicit Reader(ByteView bytes) : left_(bytes) {}
    void read(std::string& text) {
        const ByteView field = next();
        text.assign(field.begin(), field.end());
    }
    void read(PersonalText& text) {
        const ByteView field = next();
        text = PersonalText(std::string(field.begin(), field.end()));
    }
    void read(Bytes& bytes) {
        const ByteView field = next();
        bytes.assign(field.begin(), field.end());
    }
    void read(PersonalBytes& bytes) {
        const ByteView field = next();
        bytes = PersonalBytes(Bytes(field.begin(), field.end()));
    }
    bool complete() const { return whole_ && left_.empty(); }

  private:
    ByteView next() {
        if (left_.size() < 4) return broken();
        std::size_t size = 0;
        for (int i = 0; i < 4; ++i) size = size << 8 | left_[static_cast<std::size_t>(i)];
        if (left_.size() - 4 < size) return broken();
        const ByteView field = left_.subspan(4, size);
        left_ = left_.subspan(4 + size);
        return field;
    }
    ByteView broken() {
        whole_ = false;
        left_ = {};
        return {};
    }
    ByteView left_;
    bool whole_ = true;
};

// One list of fields for both directions.
template <typename Use, typename Items>
void eachField(Use&& use, Items& items) {
    auto& chip = items.chip;
    use(chip.cardIdCode);
    use(chip.cardClass);
    use(chip.version);
    use(chip.issuerCode);
    use(chip.issueDate);
    use(chip.expiryDate);
    use(chip.cardNumber);
    use(chip.socialNumber);
    use(chip.name);
    use(chip.sex);
    use(chip.ethnicCode);
    use(chip.birthPlace);
    use(chip.birthDate);
    auto& face = items.face;
    use(face.printName);
    use(face.socialNumber);
    use(face.cardNumber);
    use(face.issueDate);
    use(face.portraitJpeg);
}

template <typename Use, typename ReadBack>
void eachReadField(Use&& use, ReadBack& read) {
    use(read.cardNumber);
    use(read.socialNumber);
    use(read.cardIdCode);
    use(read.atr);
    use(read.version);
    use(read.bankCardNumberTail);
    use(read.issueDate);
    use(read.expiryDate);
}

}  // namespace

PersonalBytes serialise(const SealedItems& items) {
    Writer writer;
    const auto write = [&writer](const auto& field) { writer.add(field); };
    eachField(write, items);
    if (items.readBack) eachReadField(write, *items.readBack);
    return writer.take();
}

Result<SealedItems> parse(ByteView bytes) {
    Reader reader(bytes);
    const auto read = [&reader](auto& field) { reader.read(field); };
    SealedItems items;
    eachField(read, items);
    if (!reader.complete()) eachReadField(read, items.readBack.emplace());
    if (!reader.complete()) return fail(ErrorCode::sealBroken, "the sealed items are not whole");
    return items;
}

}  // namespace liqu::issuance
