// The simulated legacy province: a strict peer of the kiosk that knows natural keys only. Bytes in,
// bytes out, time as an argument; no sockets, no clock, no threads, not synchronised (the front
// is). What it is, where its facts come from and what it made up: README.md beside this file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "tests/world/legacy_province/legacy_books.hpp"
#include "tests/world/legacy_province/legacy_desk.hpp"
#include "tests/world/legacy_province/legacy_faults.hpp"
#include "tests/world/legacy_province/legacy_lies.hpp"
#include "tests/world/legacy_province/legacy_profile.hpp"
#include "tests/world/legacy_province/soap_door.hpp"

namespace liqu::world {

struct LegacyRequest {
    HttpHead head;
    std::string body;
};

enum class LegacyLine {
    answered,
    neverArrived,  // nothing listens
    noAnswer,      // cut without a byte
    halfAnswer,    // cut in the middle of the body
};

struct LegacyAnswer {
    LegacyLine line = LegacyLine::answered;
    Duration delay{};
    int status = 200;
    std::string contentType = "text/xml;charset=utf-8";
    std::string date;  // of the head, by the server's clock
    std::string body;
};

struct LegacyTimes {
    Duration answer = std::chrono::milliseconds{150};
    Duration lateQuery = std::chrono::seconds{31};  // clients wait 30 s
    Duration lateAct = std::chrono::seconds{61};    // and 60 s
};

class LegacyEngine {
  public:
    // Faults outlive the engine.
    LegacyEngine(LegacyProfile profile, LegacyFaults& faults, LegacyTimes times = {})
        : profile_(std::move(profile)), faults_(faults), times_(times) {}
    // hn, hb or jl, with the persons of the other simulated province.
    static Result<std::unique_ptr<LegacyEngine>> create(const std::filesystem::path& sourceTree,
                                                        std::string_view province,
                                                        LegacyFaults& faults,
                                                        LegacyTimes times = {});

    LegacyAnswer handle(const LegacyRequest& request, WallTime now);

    LegacyBooks& books() { return books_; }
    LegacyProfile& profile() { return profile_; }

  private:
    struct Understood {
        SoapCall call;
        LegacyArguments arguments;
        InnerText inner;
        LegacyIntent intent;
        std::optional<std::string> wrong;  // of the inner text
    };
    tl::expected<Understood, SoapFault> understand(const LegacyRequest& request) const;
    std::optional<SoapFault> faultOfArguments(const SoapCall& call, LegacyArguments& named) const;
    LegacyAnswer atTheDoor(const SoapFault& fault, WallTime now);
    LegacyAnswer answerTo(const Understood& asked, WallTime now);
    LegacyAnswer shownPage();
    LegacyReply carryOut(const Understood& asked, WallTime now);
    LegacyReply perform(const Understood& asked, WallTime now);
    LegacyAnswer write(const Understood& asked, LegacyReply reply, bool& hides);
    void note(const Understood& asked, const LegacyReply& reply, bool spoiled, WallTime now);
    void count(LegacyAct& act, const LegacyReply& reply, WallTime now);
    void clearDoubts(const Understood& asked);

    LegacyProfile profile_;
    LegacyFaults& faults_;
    LegacyTimes times_;
    LegacyBooks books_;
};

}  // namespace liqu::world
