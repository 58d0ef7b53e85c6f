// A scripted card under a social card: what the conversations' tests share.
#pragma once

#include <doctest/doctest.h>

#include "firmware/chip/social_card.hpp"
#include "tests/unit/chip/card_script.hpp"

namespace liqu::tests {

using namespace liqu::chip;

struct Station {
    ScriptedReader reader;
    CardScript script{reader};
    MirrorAuthority authority;
    ScriptedRandom random;
    ScriptedCard card;
    std::string profile = "number-prewritten";
    std::vector<int> progress;
    std::stop_source stop;

    SocialCard make() {
        return SocialCard(reader, authority, random, shippedProfile(profile), Duration(0));
    }

    static BlankExpectation expectation() {
        return {.numberIsRight = [](std::string_view number) { return number == "A00000003"; },
                .bankPrefixes = {"622100", "622848"},
                .cardIdCode = {}};
    }
    Result<WriteReport> personalise(SocialCard& social, const BlankIdentity& blank,
                                    const card::ChipItems& order = orderOfZhangSan()) {
        return social.personalise(
            order, blank, [this](int done, int) { progress.push_back(done); }, stop.get_token());
    }

    // What comes between the inspected blank and the first record.
    void startsWriting() {
        script.selectsIssuer();
        script.isStillTheSame(card);
        script.unlocks("04");
        script.selectsHolder();
    }
    // The updates from `first` on; EF05 is selected before its dates.
    void writes(std::size_t first, std::size_t last) {
        const auto updates = CardScript::updates();
        for (std::size_t i = first; i < last; ++i) {
            if (i == 6) script.selectsIssuer();
            reader.answers(updates[i], "9000");
        }
    }
    // After a reset: the same card, opened for reading.
    void startsAgain() {
        reader.resetsCold();
        script.opens(card);
        script.isStillTheSame(card);
        script.unlocks("0A");
        script.readsHolder(card);
    }
};

inline ErrorCode codeOf(const auto& result) {
    REQUIRE_FALSE(result);
    return result.error().code;
}

}  // namespace liqu::tests
