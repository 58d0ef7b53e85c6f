#include "tests/world/main/holder_traces.hpp"

#include "tests/world/main/person_picture.hpp"
#include "tests/world/province/portrait.hpp"

namespace liqu::world {
namespace {

// Long enough to be no chance, from the middle, where pictures differ.
constexpr std::size_t pieceOfPicture = 48;

void add(std::vector<Trace>& all, std::vector<Trace> more) {
    for (Trace& trace : more) all.push_back(std::move(trace));
}

void addPicture(std::vector<Trace>& all, const std::string& name, const Bytes& picture) {
    add(all, tracesOfBytes(name, ByteView(picture).subspan(picture.size() / 2, pieceOfPicture)));
}

std::string withDashes(const std::string& day) {
    return day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2);
}

}  // namespace

TraceSearch searchForHolder(const Document& document, const std::vector<BlankCard>& blanks) {
    std::vector<Trace> traces;
    add(traces, tracesOfText("name", document.name));
    add(traces, tracesOfText("Latin name", document.nameLatin));
    add(traces, tracesOfText("document number", document.number));
    add(traces, tracesOfText("address", document.address));
    add(traces, tracesOfText("new address", document.newAddress));
    add(traces, tracesOfText("day of birth", document.birth));
    add(traces, tracesOfText("day of birth with dashes", withDashes(document.birth)));
    addPicture(traces, "picture of the document", encodePhoto(document));
    addPicture(traces, "portrait", portraitJpeg(lookOf(document)));
    for (const BlankCard& blank : blanks) {
        add(traces, tracesOfText("bank card number", blank.bankCardNumber));
    }
    return TraceSearch(std::move(traces));
}

}  // namespace liqu::world
