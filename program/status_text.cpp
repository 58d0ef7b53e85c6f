// The two forms in which a kiosk's state is written, and the way back of one.
#include <nlohmann/json.hpp>
#include <sstream>

#include "program/status_file.hpp"

namespace liqu::program {
namespace {

using Json = nlohmann::ordered_json;
constexpr int format = 1;

// A code and its name may be known to this version of the program only.
template <typename Value>
Value valueIn(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) throw std::invalid_argument(name);
    if constexpr (std::is_same_v<Value, std::int64_t>) {
        if (!found->is_number_integer()) throw std::invalid_argument(name);
    }
    return found->template get<Value>();
}

KioskStatus statusOf(const Json& json) {
    if (valueIn<std::int64_t>(json, "format") != format) throw std::invalid_argument("format");
    KioskStatus status;
    status.writtenAt = valueIn<std::int64_t>(json, "writtenAt");
    status.startedAt = valueIn<std::int64_t>(json, "startedAt");
    status.process = valueIn<std::int64_t>(json, "process");
    status.running = valueIn<bool>(json, "running");
    status.terminal = valueIn<std::string>(json, "terminal");
    status.outlet = valueIn<std::string>(json, "outlet");
    status.version = valueIn<std::string>(json, "version");
    status.schema = valueIn<std::int64_t>(json, "schema");
    status.policy = valueIn<std::string>(json, "policy");
    status.config = valueIn<std::string>(json, "config");
    status.serving = valueIn<std::string>(json, "serving");
    status.reason = valueIn<std::int64_t>(json, "reason");
    status.heardBefore = valueIn<std::int64_t>(json, "heardBefore");
    for (const Json& part : valueIn<Json>(json, "parts")) {
        status.parts.push_back({valueIn<std::string>(part, "part"),
                                valueIn<std::int64_t>(part, "code"),
                                valueIn<std::string>(part, "trouble")});
    }
    const Json books = valueIn<Json>(json, "books");
    status.booksTrouble = valueIn<std::int64_t>(books, "trouble");
    status.booksNewest = valueIn<bool>(books, "newest");
    status.day = valueIn<std::string>(books, "day");
    status.dayState = valueIn<std::string>(books, "dayState");
    const Json queue = valueIn<Json>(json, "queue");
    status.waiting = valueIn<std::int64_t>(queue, "waiting");
    status.parked = valueIn<std::int64_t>(queue, "setAside");
    status.oldestAge = valueIn<std::int64_t>(queue, "oldestAge");
    for (const Json& lane : valueIn<Json>(json, "lanes")) {
        status.lanes.push_back(
            {valueIn<std::int64_t>(lane, "lane"), valueIn<std::string>(lane, "bank"),
             valueIn<std::int64_t>(lane, "blanks"), valueIn<std::int64_t>(lane, "capacity"),
             valueIn<bool>(lane, "stopped")});
    }
    const Json bins = valueIn<Json>(json, "bins");
    for (const auto& [name, cards] : bins.items()) {
        status.bins[name] = valueIn<std::int64_t>(bins, name.c_str());
    }
    status.freeDisk = valueIn<std::int64_t>(json, "freeDisk");
    return status;
}

std::string labelled(std::string_view text) {
    std::string all;
    for (const char letter : text) {
        if (letter == '\n') {
            all += "\\n";
            continue;
        }
        if (letter == '"' || letter == '\\') all += '\\';
        all += letter;
    }
    return '"' + all + '"';
}

class Metrics {
  public:
    // The head of a metric: each has one.
    Metrics& gauge(const char* name, const char* says) {
        name_ = name;
        text_ << "# HELP " << name << ' ' << says << "\n# TYPE " << name << " gauge\n";
        return *this;
    }
    Metrics& value(std::int64_t number,
                   std::initializer_list<std::pair<const char*, std::string_view>> labels = {}) {
        text_ << name_;
        char before = '{';
        for (const auto& [label, text] : labels) {
            text_ << before << label << '=' << labelled(text);
            before = ',';
        }
        text_ << (labels.size() > 0 ? "} " : " ") << number << '\n';
        return *this;
    }
    std::string text() const { return text_.str(); }

  private:
    const char* name_ = "";
    std::ostringstream text_;
};

void addBooks(const KioskStatus& status, Metrics& metrics) {
    metrics.gauge("liqu_books_error", "Code where the books could not be asked, 0 where they could")
        .value(status.booksTrouble);
    if (status.booksTrouble != 0) return;
    metrics.gauge("liqu_books_newest", "0: these books are a copy, no card is made")
        .value(status.booksNewest ? 1 : 0);
    if (!status.day.empty()) {
        metrics.gauge("liqu_day", "The day that is not closed yet")
            .value(1, {{"day", status.day}, {"state", status.dayState}});
    }
    metrics.gauge("liqu_queue_waiting", "Messages the province does not have yet")
        .value(status.waiting);
    metrics.gauge("liqu_queue_set_aside", "Messages that wait for people").value(status.parked);
    metrics.gauge("liqu_queue_oldest_seconds", "Age of the oldest of them").value(status.oldestAge);
    const auto lanes = [&](const char* name, const char* says, auto number) {
        metrics.gauge(name, says);
        for (const KioskStatus::Lane& lane : status.lanes) {
            metrics.value(number(lane),
                          {{"lane", std::to_string(lane.number)}, {"bank", lane.bank}});
        }
    };
    lanes("liqu_blanks", "Blanks the books have in a lane",
          [](const KioskStatus::Lane& lane) { return lane.blanks; });
    lanes("liqu_blanks_capacity", "Blanks a lane has room for",
          [](const KioskStatus::Lane& lane) { return lane.capacity; });
    lanes("liqu_lane_stopped", "1: nothing is fed from it",
          [](const KioskStatus::Lane& lane) { return std::int64_t{lane.stopped ? 1 : 0}; });
    metrics.gauge("liqu_bin_cards", "Cards the books have in a bin");
    for (const auto& [name, cards] : status.bins) metrics.value(cards, {{"bin", name}});
}

}  // namespace

std::string jsonOf(const KioskStatus& status) {
    Json parts = Json::array();
    for (const KioskStatus::Part& part : status.parts) {
        parts.push_back({{"part", part.name}, {"code", part.code}, {"trouble", part.trouble}});
    }
    Json lanes = Json::array();
    for (const KioskStatus::Lane& lane : status.lanes) {
        lanes.push_back({{"lane", lane.number},
                         {"bank", lane.bank},
                         {"blanks", lane.blanks},
                         {"capacity", lane.capacity},
                         {"stopped", lane.stopped}});
    }
    Json bins = Json::object();
    for (const auto& [name, cards] : status.bins) bins[name] = cards;
    const Json all = {{"format", format},
                      {"writtenAt", status.writtenAt},
                      {"startedAt", status.startedAt},
                      {"process", status.process},
                      {"running", status.running},
                      {"terminal", status.terminal},
                      {"outlet", status.outlet},
                      {"version", status.version},
                      {"schema", status.schema},
                      {"policy", status.policy},
                      {"config", status.config},
                      {"serving", status.serving},
                      {"reason", status.reason},
                      {"heardBefore", status.heardBefore},
                      {"parts", parts},
                      {"books",
                       {{"trouble", status.booksTrouble},
                        {"newest", status.booksNewest},
                        {"day", status.day},
                        {"dayState", status.dayState}}},
                      {"queue",
                       {{"waiting", status.waiting},
                        {"setAside", status.parked},
                        {"oldestAge", status.oldestAge}}},
                      {"lanes", lanes},
                      {"bins", bins},
                      {"freeDisk", status.freeDisk}};
    // What is no UTF-8 must not end the kiosk.
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string metricsOf(const KioskStatus& status) {
    Metrics metrics;
    metrics.gauge("liqu_running", "0: the kiosk ended in order").value(status.running ? 1 : 0);
    metrics.gauge("liqu_status_seconds", "When this was written").value(status.writtenAt);
    metrics.gauge("liqu_start_seconds", "When the kiosk started").value(status.startedAt);
    metrics.gauge("liqu_info", "What runs here")
        .value(1, {{"terminal", status.terminal},
                   {"outlet", status.outlet},
                   {"version", status.version},
                   {"schema", std::to_string(status.schema)},
                   {"policy", status.policy},
                   {"config", status.config}});
    metrics.gauge("liqu_serving", "What the kiosk is doing").value(1, {{"state", status.serving}});
    metrics.gauge("liqu_serving_error", "Code of why it is not ready, 0 where it is")
        .value(status.reason);
    metrics.gauge("liqu_heard_seconds", "Since the kiosk's own thread said something")
        .value(status.heardBefore);
    metrics.gauge("liqu_part_error", "Code of what is wrong with a part, 0 where it is good");
    for (const KioskStatus::Part& part : status.parts) {
        metrics.value(part.code, {{"part", part.name}});
    }
    addBooks(status, metrics);
    metrics.gauge("liqu_disk_free_bytes", "Where the books lie").value(status.freeDisk);
    return metrics.text();
}

Result<KioskStatus> parseStatus(std::string_view json) {
    try {
        return statusOf(Json::parse(json));
    } catch (const std::exception&) {
        return fail(ErrorCode::fileNotReadable,
                    "status.json: not what a kiosk of this version writes");
    }
}

}  // namespace liqu::program
