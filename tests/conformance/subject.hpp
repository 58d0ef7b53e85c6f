// What is looked at: one adapter of the kiosk before one server, and what is to be known of its
// kind besides. Each adapter has a row in subject.cpp; a new one gets its own there.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "firmware/ports/province_link.hpp"
#include "firmware/province/adapter.hpp"
#include "tests/conformance/bare_door.hpp"

namespace liqu::conformance {

// What the machine speaks with; as kiosk.toml has it.
struct SubjectFiles {
    std::string server;
    std::filesystem::path authority, certificate, key;
    std::filesystem::path signingKey, verificationKey;  // of a system that signs
    std::filesystem::path table, account;               // of CardService …
    std::map<std::string, std::string> makers{};        // … and 卡商 by bank
    province::Terminal terminal;
    std::filesystem::path folder;  // for books of this run, and certificates of nobody
    ports::LinePatience patience{};
};

struct DoorWords {
    Knock good;             // a question that changes nothing, and is answered
    Knock nowhere;          // the same to a place that is none
    std::string touched{};  // its body, changed behind its signature; empty: nothing is signed
    // Bytes that are no message: cut short, of foreign kind, nested without an end.
    std::vector<std::pair<std::string, std::string>> nonsense;
};

class Subject {
  public:
    virtual ~Subject() = default;
    virtual province::Adapter& adapter() = 0;
    // The system keeps the answer under each key, and says that it is the stored one.
    virtual bool keepsKeys() const { return false; }
    // It counts the facts of a terminal and knows their chain (decision 36).
    virtual bool keepsSequence() const { return false; }
    // Whether such a change was carried out can be told afterwards. Where nothing is sent at all,
    // it is simply asked for again.
    virtual bool proves(province::MessageType) const { return true; }
    // Anew each time: some systems hear the same bytes once only.
    virtual Result<DoorWords> doorWords() = 0;
};

// "kips", "card-service", "example"
const std::vector<std::string>& subjectNames();
Result<std::unique_ptr<Subject>> openSubject(const std::string& name, const SubjectFiles& files,
                                             Clock& clock, Random& random);

}  // namespace liqu::conformance
