// Cards that are not where the books say: missing, found again, or moved without their number being
// read. The books are put right between two daily counts, by a supervisor with a second person.
#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

using custody::Place;
using staff::Act;

// Empty: its number is not known. None: given up.
std::optional<std::string> askNumber(StaffCounter& counter, const std::string& what) {
    StaffFormScreen form;
    form.name = "staff-corrections-number";
    form.title = {"staff.corrections." + what};
    form.notices = {{{"staff.corrections.how-" + what}}};
    form.fields = {{"number", {"staff.field.card-number"}, FieldKind::cardNumber, 9}};
    form.submit = {"staff.corrections.submit"};
    if (what != "name") form.ways = {way("no-number", "staff.corrections.no-number")};
    form.serial = counter.pages().nextSerial();
    while (const auto typed = counter.pages().fill(form)) {
        if (typed->kind == ActionKind::choose) return std::string();
        const std::string number = typed->entry("number").reveal();
        const auto card = custody::findCard(counter.parts().issuance.database, number);
        if (!card) {
            counter.pages().tell(card.error());
        } else if (*card) {
            return number;
        } else if (const auto parsed = card::SocialCardNumber::parse(number); !parsed) {
            counter.pages().tell(parsed.error());
        } else if (!parsed->checkCharacterHolds()) {
            counter.pages().tell({ErrorCode::checkCharacterWrong, number});
        } else {
            counter.pages().tell({ErrorCode::cardNotInStock, number});
        }
    }
    return std::nullopt;
}

std::optional<Place> askPlace(StaffCounter& counter, const std::string& what,
                              const std::vector<Place>& places) {
    StaffPageScreen page;
    page.name = "staff-corrections-place";
    page.title = {"staff.corrections.place-" + what};
    for (const Place& place : places) {
        page.tiles.push_back({place.name(), placeWords(place.name())});
    }
    const auto chosen = counter.pages().show(std::move(page));
    if (!chosen || *chosen == "back") return std::nullopt;
    return Place::named(*chosen);
}

std::vector<Place> lanesAnd(StaffCounter& counter, std::initializer_list<Place> others) {
    std::vector<Place> places;
    for (const policy::LaneConfig& lane : counter.parts().config.lanes) {
        places.push_back(Place::hopper(lane.number));
    }
    places.insert(places.end(), others);
    return places;
}

// What is put right: which card, in which way, at which place.
struct Correction {
    std::string what;
    std::string number;
    Place place;
};

template <typename Book>
void put(StaffCounter& counter, const Correction& correction, Book book) {
    const std::string& number = correction.number;
    const auto people = counter.peopleFor(
        Act::correctBooks, {{{"staff.column.what"}, {"staff.corrections." + correction.what}},
                            {{"staff.column.number"}, Phrase::plain(number.empty() ? "—" : number)},
                            {{"staff.column.place"}, placeWords(correction.place.name())}});
    if (!people) return;
    const StaffDeed what{.act = Act::correctBooks,
                         .people = *people,
                         .object = correction.what + " " +
                                   (number.empty() ? "without number" : number) + " " +
                                   correction.place.name()};
    if (!counter.conclude(what, book(counter.desk(what), *people))) return;
    const Phrase done{"staff.corrections.done-" + correction.what,
                      {{"number", number.empty() ? "—" : number}}};
    // Where a found card is to be put is read first.
    if (correction.what != "found") return counter.pages().note(done);
    counter.pages().tellDone(
        done, {{{"staff.column.number"}, Phrase::plain(number.empty() ? "—" : number)},
               {{"staff.column.place"}, placeWords(correction.place.name())}});
}

void bookMissing(StaffCounter& counter) {
    const auto number = askNumber(counter, "missing");
    if (!number) return;
    std::optional<Place> from;
    if (number->empty()) {
        from = askPlace(counter, "missing",
                        lanesAnd(counter, {Place::transport(), Place::chipStation(), Place::mouth(),
                                           Place::holdBin(), Place::rejectBin(),
                                           Place::oldCardBin(), Place::cabinet(), Place::vault()}));
    } else if (const auto card = custody::findCard(counter.parts().issuance.database, *number);
               card && *card) {
        // A numbered card is missed from where the books have it.
        from = (*card)->place;
    }
    if (!from) return;
    const auto reason =
        askReason(counter.pages(), "missing", {"not-there", "pulled-out", "stolen-reported"});
    if (!reason) return;
    put(counter, {"missing", *number, *from}, [&](desk::StockDesk desk, const TwoPeople& people) {
        return desk.bookMissing(*number, *from, *reason, people);
    });
}

void bookFound(StaffCounter& counter) {
    const auto number = askNumber(counter, "found");
    if (!number) return;
    const auto at =
        askPlace(counter, "found",
                 lanesAnd(counter, {Place::holdBin(), Place::rejectBin(), Place::oldCardBin(),
                                    Place::cabinet(), Place::vault()}));
    if (!at) return;
    const auto reason =
        askReason(counter.pages(), "found", {"found-elsewhere", "pulled-out", "counted-wrong"});
    if (!reason) return;
    put(counter, {"found", *number, *at}, [&](desk::StockDesk desk, const TwoPeople& people) {
        return desk.bookFound(*number, *at, *reason, people);
    });
}

void nameCard(StaffCounter& counter) {
    const auto number = askNumber(counter, "name");
    if (!number) return;
    const auto at = askPlace(counter, "name",
                             {Place::rejectBin(), Place::holdBin(), Place::cabinet(),
                              Place::chipStation(), Place::missing(), Place::bank()});
    if (!at) return;
    put(counter, {"name", *number, *at}, [&](desk::StockDesk desk, const TwoPeople& people) {
        return desk.nameCard(*number, *at, "read from the card", people);
    });
}

}  // namespace

void correctBooks(StaffCounter& counter) {
    while (!counter.pages().left()) {
        StaffPageScreen page;
        page.name = "staff-corrections";
        page.title = {"staff.corrections.title"};
        page.tiles = {way("missing", "staff.corrections.missing"),
                      way("found", "staff.corrections.found"),
                      way("name", "staff.corrections.name")};
        const auto chosen = counter.pages().show(std::move(page));
        if (!chosen || *chosen == "back") return;
        if (*chosen == "missing") bookMissing(counter);
        if (*chosen == "found") bookFound(counter);
        if (*chosen == "name") nameCard(counter);
    }
}

}  // namespace liqu::session
