// The reader delivered the person who came, and the card was made for that person.
#include "tests/world/judge/bench.hpp"
#include "tests/world/judge/document_log.hpp"

namespace liqu::judge {
namespace {

const ReadDocument* documentOf(const std::vector<ReadDocument>& documents,
                               const std::string& number) {
    for (const ReadDocument& document : documents) {
        if (document.number == number) return &document;
    }
    return nullptr;
}

void checkHolder(Bench& bench, const Json& order, const ReadDocument& document) {
    const Json* application =
        bench.provinces("applications", "applicationNo", textAt(order, "applicationNo"));
    if (application == nullptr) return;
    const std::string social = textAt(*application, "socialNumber");
    const Json* person = bench.provinces("persons", "socialNumber", social);
    bench.expect(person != nullptr, "the application is of a person the province knows");
    if (person == nullptr) return;
    bench.expectEqual(textAt(*person, "documentNo"), document.number,
                      "the document read is the one of the application's person");
    bench.expectEqual(textAt(*person, "name"), document.name, "and the name on it is the person's");
}

}  // namespace

void checkDocument(Bench& bench) {
    const auto documents = documentsIn(bench.evidence.readerLog);
    const Json& order = bench.lastOrder() == nullptr ? Json() : *bench.lastOrder();
    if (order.is_null()) return;
    const Json& came = bench.evidence.world.value("document", Json::object());
    const ReadDocument* document = documentOf(documents, came.value("number", ""));
    // Who changes a PIN with the card and the PIN alone lays none down.
    if (documents.empty() && textAt(order, "service") == "pin-change") return;
    bench.expect(document != nullptr, "the reader delivered the document that was laid down");
    if (document == nullptr) return;
    bench.expectEqual(document->kind, came.value("type", ""), "it is a document of that kind");
    bench.expectEqual(document->name, came.value("name", ""), "its name is the one laid down");
    checkHolder(bench, order, *document);
}

}  // namespace liqu::judge
