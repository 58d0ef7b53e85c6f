// The pages and forms a person of the staff is asked with, and what says how an act came out.
//
// Used by the kiosk thread.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "firmware/session/conversation.hpp"
#include "firmware/session/staff_words.hpp"

namespace liqu::session {

class StaffPages {
  public:
    StaffPages(SessionParts& parts, Conversation& conversation)
        : parts_(parts), conversation_(conversation) {}

    // What was touched: the choice, or "back". None: signed out, walked away, the kiosk stops.
    std::optional<std::string> show(StaffPageScreen page,
                                    const Manners& manners = {.canGoBack = true});
    std::optional<std::string> show(StaffMenuScreen menu, const Manners& manners);
    // The same of a page that is read anew while it stands, each second at most. Empty: `page` gave
    // none any more, and it is over by itself.
    using LivePage = std::function<std::optional<StaffPageScreen>()>;
    std::optional<std::string> showLive(const LivePage& page);
    // What was touched on any screen; under `lockWhenSilent` silence is no answer.
    std::optional<Action> ask(const ScreenContent& content, const Manners& manners);
    // What was typed, or another way on (Action::choice). None: back, or the person left.
    std::optional<Action> fill(const StaffFormScreen& form);
    // A number of this form's own: what was typed on the one before is dropped.
    std::uint64_t nextSerial() { return ++serial_; }

    // How an act came out: one line above whatever is shown next.
    void note(Phrase words, Tone tone = Tone::success) {
        outcome_ = Notice{std::move(words), tone};
    }
    // Says what happened and waits until it was read.
    void tell(const Error& error);
    // … and what must be read, or taken, before anything else is done.
    void tellDone(Phrase words, std::vector<StaffFact> facts = {}, StaffTable table = {},
                  std::vector<Notice> more = {});

    // While the hands work: whoever is silent is not signed out, but asked by this for the PIN;
    // then the same page stands again. False: it was not typed. An empty one ends it.
    void lockWhenSilent(std::function<bool()> unlock) { unlock_ = std::move(unlock); }

    bool left() const { return conversation_.left() || parts_.stop.stop_requested(); }

  private:
    using Asking = std::function<std::optional<Action>()>;
    std::optional<Action> unlocking(const Asking& asking);
    std::optional<std::string> showContent(const ScreenContent& content, const Manners& manners);
    void addOutcome(std::vector<Notice>& notices);

    SessionParts& parts_;
    Conversation& conversation_;
    std::uint64_t serial_ = 0;
    std::function<bool()> unlock_{};
    std::optional<Notice> outcome_{};
};

// One of these reasons, as a word for the books: "damaged". None: given up.
std::optional<std::string> askReason(StaffPages& pages, const std::string& what,
                                     std::initializer_list<const char*> reasons);

// Rows to be touched that fit above the buttons, also where the window is wide.
constexpr std::size_t rowsOnPage = 4;

// A long list, a page at a time; after the last page the first one comes again.
class LongList {
  public:
    explicit LongList(std::size_t onPage) : onPage_(onPage) {}
    struct Part {
        std::size_t begin;
        std::size_t end;
    };
    // What of a list of this size is shown now.
    Part part(std::size_t size) {
        if (from_ >= size) from_ = 0;
        return {from_, std::min(size, from_ + onPage_)};
    }
    void offerMore(StaffPageScreen& page, std::size_t size) const {
        if (size > onPage_) page.ways.push_back(way("more", "staff.more"));
    }
    bool turns(const std::string& choice) {
        if (choice != "more") return false;
        from_ += onPage_;
        return true;
    }

  private:
    std::size_t onPage_;
    std::size_t from_ = 0;
};

}  // namespace liqu::session
