// The identity documents in the log of a reader's wire (hardware-notes/id-reader.md, "Frames", "The
// text block"): every whole answer to a reading, decoded by the judge's own code.
#pragma once

#include <string>
#include <vector>

namespace liqu::judge {

struct ReadDocument {
    std::string kind;  // resident, permit, foreigner-2017, foreigner-2023
    std::string number;
    std::string name;
    std::string sex, birth;
};

std::vector<ReadDocument> documentsIn(const std::string& log);

}  // namespace liqu::judge
