// Counting a bin card by card: each number the books have for it is touched where its card lies
// there, what is there besides is typed. Only where how many there are was agreed on before.
#include <set>

#include "firmware/session/staff_counters.hpp"

namespace liqu::session {
namespace {

class BinLook {
  public:
    BinLook(StaffCounter& counter, std::string place)
        : counter_(counter), place_(std::move(place)) {}

    std::optional<custody::CountEntry> run() {
        const auto booked =
            custody::cardsAt(counter_.parts().issuance.database, custody::Place::named(place_));
        if (!booked) {
            counter_.pages().tell(booked.error());
            return std::nullopt;
        }
        for (const custody::CardRecord& card : *booked) numbers_.push_back(card.cardNumber);
        while (true) {
            const auto chosen = counter_.pages().show(page());
            if (!chosen || *chosen == "back") return std::nullopt;
            if (*chosen == "done") return entry();
            if (list_.turns(*chosen)) continue;
            if (*chosen == "other") {
                askOther();
            } else if (*chosen == "nameless") {
                askNameless();
            } else {
                touch(chosen->substr(5));
            }
        }
    }

  private:
    StaffPageScreen page() {
        StaffPageScreen page;
        page.name = "staff-count-numbers";
        page.title = {"staff.numbers.title"};
        page.notices = {{{"staff.numbers.how"}}};
        page.facts = {{{"staff.column.place"}, placeWords(place_)},
                      {{"staff.numbers.there"}, Phrase::number(seen())}};
        const auto [begin, end] = list_.part(numbers_.size());
        for (std::size_t i = begin; i < end; ++i) {
            const bool there = there_.contains(numbers_[i]);
            page.tiles.push_back({"card-" + numbers_[i],
                                  Phrase::plain(numbers_[i]),
                                  false,
                                  {there ? "staff.numbers.seen" : "staff.numbers.not"},
                                  there ? Tone::success : Tone::plain});
        }
        page.tiles.push_back(way("other", "staff.numbers.other"));
        page.tiles.push_back({"nameless",
                              {"staff.numbers.nameless-way"},
                              false,
                              Phrase::number(nameless_),
                              nameless_ > 0 ? Tone::success : Tone::plain});
        page.ways = {mainWay("done", "staff.numbers.done")};
        list_.offerMore(page, numbers_.size());
        return page;
    }

    std::int64_t seen() const { return static_cast<std::int64_t>(there_.size()) + nameless_; }

    void touch(const std::string& number) {
        if (there_.erase(number) == 0) there_.insert(number);
    }

    // A card that the books have elsewhere, or not at all.
    void askOther() {
        StaffFormScreen form;
        form.name = "staff-count-other";
        form.title = {"staff.numbers.other"};
        form.fields = {{"number", {"staff.field.card-number"}, FieldKind::cardNumber, 9}};
        form.submit = {"staff.numbers.add"};
        form.serial = counter_.pages().nextSerial();
        while (const auto typed = counter_.pages().fill(form)) {
            const std::string number = typed->entry("number").reveal();
            const auto parsed = card::SocialCardNumber::parse(number);
            if (!parsed) {
                counter_.pages().tell(parsed.error());
            } else if (!parsed->checkCharacterHolds()) {
                counter_.pages().tell({ErrorCode::checkCharacterWrong, number});
            } else {
                const bool listed =
                    std::find(numbers_.begin(), numbers_.end(), number) != numbers_.end();
                if (!listed) numbers_.push_back(number);
                there_.insert(number);
                return;
            }
        }
    }

    void askNameless() {
        StaffFormScreen form;
        form.name = "staff-count-nameless";
        form.title = {"staff.numbers.nameless-way"};
        form.fields = {{"count", {"staff.field.count"}, FieldKind::digits, 3}};
        form.submit = {"staff.numbers.add"};
        form.serial = counter_.pages().nextSerial();
        if (const auto typed = counter_.pages().fill(form)) {
            nameless_ = std::max<std::int64_t>(0, numberFrom(*typed, "count"));
        }
    }

    custody::CountEntry entry() const {
        custody::CountEntry entry;
        entry.place = place_;
        entry.operatorId = counter_.person().number;
        entry.counted = seen();
        entry.numbers.assign(there_.begin(), there_.end());
        entry.byNumber = true;
        return entry;
    }

    StaffCounter& counter_;
    std::string place_;
    std::vector<std::string> numbers_;
    std::set<std::string> there_;
    std::int64_t nameless_ = 0;
    LongList list_{6};
};

}  // namespace

std::optional<custody::CountEntry> countByNumber(StaffCounter& counter, const std::string& place) {
    return BinLook(counter, place).run();
}

}  // namespace liqu::session
