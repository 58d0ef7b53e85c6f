// Which of the six short sounds a page makes, and when the edge of the page flashes with it
// (ui/speech/earcons.hpp). Where nothing is configured there are none. Main thread only.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "firmware/base/clock.hpp"
#include "firmware/screen/screen.hpp"
#include "ui/speech/earcons.hpp"

namespace liqu::ui {

class Signals {
  public:
    explicit Signals(std::optional<Earcons> earcons) : earcons_(std::move(earcons)) {}

    // The page that stands there now: another one, or the same one further on.
    void see(const screen::Screen& screen, Instant now);
    void ring(Earcon earcon, Instant now);

    struct Sound {
        Earcon earcon = Earcon::touch;
        int louder = 0;  // steps above what somebody chose: who does not hear is called louder
    };
    // What is to be heard now, once.
    std::optional<Sound> due(Instant now);
    // The colours in which the edge stands out now; none: it does not.
    std::optional<screen::Tone> border(Instant now) const;
    std::optional<Duration> untilNext(Instant now) const;

  private:
    // What a page is to whoever stands there.
    enum class Kind : std::uint8_t { other, working, asking, cardOut, idCardOut, stopped };
    struct Flash {
        Instant began;
        int count = 0;
        screen::Tone tone = screen::Tone::info;
    };
    static Kind kindOf(const screen::ScreenContent& content);
    void seeAnother(Kind kind, Instant now);
    void flash(const EarconRule& rule, Instant now);

    std::optional<Earcons> earcons_;
    std::pair<std::string, std::uint64_t> page_{};
    Kind kind_ = Kind::other;
    std::size_t step_ = 0;  // of a making
    std::optional<Sound> sound_;
    std::optional<Flash> flash_;
    std::optional<Instant> remindAt_;
    int reminders_ = 0;
};

}  // namespace liqu::ui
