#include "tests/world/main/last_word.hpp"

#include <doctest/doctest.h>

using namespace liqu::world;

TEST_CASE("a run ends on what happened and why, in capitals") {
    RunEnd end;
    end.code = 0;
    end.cameIntoService = true;
    CHECK(lastWord(end) == "THE CARD WAS MADE AND ITS HOLDER HAS IT; ALL RECORDS AGREE.");
    end.code = 3;
    end.reason = "20203";
    end.reasonInWords = "A card is jammed";
    end.happened = {"printer.jam@print"};
    CHECK(lastWord(end) ==
          "NO CARD WAS MADE, AND ALL RECORDS AGREE ON THAT (20203 A CARD IS "
          "JAMMED; THE NAMED FAULT: PRINTER.JAM@PRINT).");
    end.reason.clear();
    end.reasonInWords = "You already have a valid card";
    end.happened.clear();
    CHECK(lastWord(end) ==
          "NO CARD WAS MADE, AND ALL RECORDS AGREE ON THAT (YOU ALREADY HAVE A VALID CARD).");
    end.reasonInWords.clear();
    end.happened.clear();
    CHECK(lastWord(end) ==
          "NO CARD WAS MADE, AND ALL RECORDS AGREE ON THAT (NO SCREEN GAVE A REASON).");
}

TEST_CASE("a card that was brought back as wrong is not told as none") {
    RunEnd end;
    end.code = 3;
    end.cameIntoService = end.takenBack = true;
    CHECK(lastWord(end) == "THE CARD WAS MADE AND TAKEN BACK AS WRONG; ALL RECORDS AGREE.");
    end.code = 1;
    CHECK(lastWord(end) == "THE RECORDS DO NOT AGREE: SEE THE LINES MARKED WRONG.");
}

TEST_CASE("a kiosk that never opened is not told as a visit") {
    RunEnd end;
    end.reason = "50140";
    end.reasonInWords = "The encryption library gives wrong answers";
    CHECK(lastWord(end) ==
          "NO CARD WAS MADE: THE KIOSK NEVER CAME INTO SERVICE (50140 THE "
          "ENCRYPTION LIBRARY GIVES WRONG ANSWERS).");
    end.code = 3;
    end.happened = {"printer.absent"};
    CHECK(lastWord(end).starts_with("NO CARD WAS MADE: THE KIOSK STAYED OUT OF SERVICE, AS"));
}

TEST_CASE("what went wrong with the run is said") {
    RunEnd end;
    end.cameIntoService = true;
    CHECK(lastWord(end) == "THE RECORDS DO NOT AGREE: SEE THE LINES MARKED WRONG.");
    end.missing = {"chip.mute"};
    CHECK(lastWord(end) == "A NAMED FAULT DID NOT HAPPEN: CHIP.MUTE.");
    end.trouble = "the visit did not end";
    CHECK(lastWord(end) == "THE RUN WENT WRONG: THE VISIT DID NOT END.");
    end.code = 4;
    CHECK(lastWord(end) == "THE CITIZEN'S DATA WAS FOUND WHERE NONE MAY BE LEFT.");
}

TEST_CASE("a code has its words from the file of the screens") {
    const std::filesystem::path words = LIQU_SOURCE_DIR "/kiosk-config/strings/en.toml";
    CHECK(wordsOfCode(words, "50112") == "The encryption failed");
    CHECK(wordsOfCode(words, "99999").empty());
    CHECK(wordsOfCode(words, "").empty());
    CHECK(wordsOfCode("/nowhere", "50112").empty());
    CHECK(wordsOfKey(words, "already.valid-card") == "You already have a valid card");
    CHECK(wordsOfKey(words, "already.nothing").empty());
    CHECK(wordsOfKey(words, "consent.valid-card").empty());
    CHECK(wordsOfKey(words, "already").empty());
}
