#include "firmware/province/bodies.hpp"

#include "firmware/province/canonical_json.hpp"
#include "firmware/province/fact_fields.hpp"

namespace liqu::province {
namespace {

using nlohmann::json;

// Wipes the tree when it dies: bodies carry persons and portraits.
class Tree {
  public:
    explicit Tree(json root) : root_(std::move(root)) {}
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;
    ~Tree() { wipeJson(root_); }
    const json& root() const { return root_; }

  private:
    json root_;
};

}  // namespace

template <typename Message>
Result<PersonalText> bodyOf(const Message& message) {
    FieldWriter writer;
    fields(writer, message);
    return canonicalText(std::move(writer).take());
}

template <typename Message>
Result<Message> read(std::string_view body) {
    const Tree tree(TRY(parseStrictly(body)));
    FieldReader reader(tree.root());
    Message message;
    fields(reader, message);
    TRY(reader.finish());
    return message;
}

#define LIQU_MESSAGE(Message)                                     \
    template Result<PersonalText> bodyOf(const Message& message); \
    template Result<Message> read(std::string_view body);
LIQU_MESSAGES
#undef LIQU_MESSAGE

}  // namespace liqu::province
