// The contract between kiosk and province, firmware/province/openapi.json, as a judge of messages.
// valijson knows draft 7 only and skips keywords it does not know, so the document may use no
// keyword beyond the listed ones (foreignKeywords). Used by one thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/result.hpp"

namespace liqu::world {

enum class MessageKind { query, change, fact };

class Contract {
  public:
    static Result<std::shared_ptr<Contract>> load(const std::filesystem::path& document);
    ~Contract();

    // "ISSUE.REPORT" for "/v1/ISSUE.REPORT"; none for a path the contract does not have.
    std::optional<std::string> messageTypeOf(std::string_view path) const;
    bool knows(std::string_view messageType) const;
    MessageKind kindOf(std::string_view messageType) const;
    std::vector<std::string> messageTypes() const;

    // The first place where the message breaks its schema, such as "body.lane: …"; never a value.
    std::optional<std::string> requestFault(std::string_view messageType,
                                            const nlohmann::json& envelope) const;
    std::optional<std::string> replyFault(std::string_view messageType,
                                          const nlohmann::json& envelope) const;

    // For long simulations: from now on one message in so many is judged, the others pass.
    void judgeOneIn(int messages);

    // Schema keywords outside the listed set, with the place where each stands.
    static std::vector<std::string> foreignKeywords(const nlohmann::json& document);

  private:
    struct Parts;
    explicit Contract(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace liqu::world
