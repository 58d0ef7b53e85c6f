// liqu-voice: reads aloud what the kiosk's window tells it, line by line on its standard input
// (ui/speech/speech_line.hpp), plays the short sounds, and ends when that ends. It has little
// memory, no file of the kiosk but clips, short sounds and transcript, and nothing waits for it.
#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <deque>
#include <exception>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "program/voice/loudspeaker.hpp"
#include "program/voice/missing_clips.hpp"
#include "program/voice/talker.hpp"

namespace liqu::voice {
namespace {

// Of its own: sound and one sentence. SDL's threads have stacks of 8 MiB each; a sanitizer's
// shadow alone is more.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr rlim_t mostMemory = RLIM_INFINITY;
#else
constexpr rlim_t mostMemory = 96U << 20;
#endif
constexpr int lookMs = 20;
// So long after the last sound the devices stay open: a tone must come at once.
constexpr int restMs = 30'000;
constexpr std::size_t mostWaiting = 200;

struct Options {
    bool serve = false;
    bool missing = false;
    bool words = false;
    std::filesystem::path clips;
    std::filesystem::path earcons;
    std::filesystem::path espeak = "/usr/bin/espeak-ng";
    std::filesystem::path transcript;
    std::filesystem::path strings;
    std::string language;
    std::string loudspeaker;
    std::string headphones;
};

// One line of JSON for each sentence, as it begins; private words are not in it.
class Transcript {
  public:
    explicit Transcript(const std::filesystem::path& path) {
        if (!path.empty()) file_.open(path, std::ios::binary | std::ios::app);
    }
    void tell(const ui::SayOrder& order, How how) {
        if (!file_.is_open()) return;
        nlohmann::ordered_json line = {{"key", order.key},
                                       {"language", order.language},
                                       {"how", nameOf(how)},
                                       {"mode", nameOf(order.speech)}};
        if (order.ears == ui::Ears::everybody) line["words"] = order.words.reveal();
        file_ << line.dump() << std::endl;
    }
    void tell(const ui::PlayOrder& order, How how) {
        if (!file_.is_open()) return;
        const nlohmann::ordered_json line = {{"key", "earcon." + std::string(nameOf(order.earcon))},
                                             {"how", nameOf(how)},
                                             {"volume", order.volume},
                                             {"mode", nameOf(order.speech)},
                                             {"words", ""}};
        file_ << line.dump() << std::endl;
    }

  private:
    std::ofstream file_;
};

class Voice {
  public:
    explicit Voice(const Options& options)
        : talker_(options.clips, options.espeak),
          loudspeaker_({{screen::Speech::loud, options.loudspeaker},
                        {screen::Speech::headphones, options.headphones}}),
          transcript_(options.transcript) {
        if (options.earcons.empty()) return;
        if (auto read = ui::Earcons::read(options.earcons)) earcons_ = std::move(*read);
    }

    int serve() {
        while (hears()) {
            if (waiting_.empty() || loudspeaker_.isPlaying()) continue;
            const ui::SayOrder order = std::move(waiting_.front());
            waiting_.pop_front();
            if (!loudspeaker_.open(order.speech)) return 1;
            say(order);
        }
        return 0;
    }

  private:
    // False when the line has ended, or speaks another language.
    bool hears() {
        const bool idle = waiting_.empty() && !loudspeaker_.isPlaying();
        pollfd line{STDIN_FILENO, POLLIN, 0};
        const int ready = ::poll(&line, 1, idle ? (loudspeaker_.isOpen() ? restMs : -1) : lookMs);
        if (ready < 0) return errno == EINTR;
        if (ready == 0 && idle) loudspeaker_.rest();
        if (ready == 0) return true;
        std::array<char, 4096> bytes{};
        const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count <= 0) return false;
        if (!lines_.add({bytes.data(), static_cast<std::size_t>(count)})) return false;
        while (const auto text = lines_.take()) {
            auto order = ui::orderFrom(text->reveal());
            if (!order) return false;
            heed(std::move(*order));
        }
        return true;
    }

    void heed(ui::Order order) {
        if (auto* say = std::get_if<ui::SayOrder>(&order)) {
            if (waiting_.size() < mostWaiting) waiting_.push_back(std::move(*say));
            return;
        }
        if (const auto* sound = std::get_if<ui::PlayOrder>(&order)) return play(*sound);
        waiting_.clear();
        loudspeaker_.stop();
    }

    void say(const ui::SayOrder& order) {
        const Spoken spoken = talker_.speak(order);
        const bool plays =
            spoken.sound && loudspeaker_.play(order.speech, *spoken.sound, order.volume);
        transcript_.tell(order, plays ? spoken.how : How::none);
    }

    // Where it cannot be played nobody waits for it: the page shows its twin.
    void play(const ui::PlayOrder& order) {
        const bool plays =
            earcons_ &&
            loudspeaker_.signal(order.speech, earcons_->sound(order.earcon), order.volume);
        transcript_.tell(order, plays ? How::tone : How::none);
    }

    Talker talker_;
    Loudspeaker loudspeaker_;
    Transcript transcript_;
    std::optional<ui::Earcons> earcons_;
    ui::LineBuffer lines_;
    std::deque<ui::SayOrder> waiting_;
};

int serve(const Options& options) {
    const rlimit memory{mostMemory, mostMemory};
    ::setrlimit(RLIMIT_DATA, &memory);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    // With the window, whatever ends it.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (SDL_Init(SDL_INIT_AUDIO) != 0) return 1;
    const int code = Voice(options).serve();
    SDL_Quit();
    return code;
}

int run(int argc, char** argv) {
    Options options;
    CLI::App app("Reads the pages of a Liqu kiosk aloud; the kiosk starts it");
    app.add_flag("--serve", options.serve, "say what comes on the standard input");
    app.add_flag("--missing", options.missing,
                 "list the words of a language that have no recorded clip, or an old one");
    app.add_flag("--words", options.words, "list every word that can be recorded");
    app.add_option("--clips", options.clips, "the folder of the clips' manifests");
    app.add_option("--earcons", options.earcons, "the file of the short sounds");
    app.add_option("--espeak", options.espeak, "the program that speaks where there is no clip");
    app.add_option("--loudspeaker", options.loudspeaker, "SDL's name of it, or default");
    app.add_option("--headphones", options.headphones, "SDL's name of them, or default");
    app.add_option("--transcript", options.transcript, "write what was said to this file");
    app.add_option("--strings", options.strings, "for the lists: the folder of the words");
    app.add_option("--language", options.language,
                   "for the lists: of which language; without it of each that has a voice");
    CLI11_PARSE(app, argc, argv);
    if (options.missing || options.words) {
        return listClips(options.strings, options.clips, options.language,
                         options.words ? Listed::all : Listed::missing);
    }
    if (options.serve) return serve(options);
    std::cerr << app.help();
    return 2;
}

}  // namespace
}  // namespace liqu::voice

int main(int argc, char** argv) {
    try {
        return liqu::voice::run(argc, argv);
    } catch (const std::exception& error) {
        std::fputs(error.what(), stderr);
        return 1;
    }
}
