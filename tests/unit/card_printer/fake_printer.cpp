#include "tests/unit/card_printer/fake_printer.hpp"

#include <algorithm>

namespace liqu::test {

using drivers::UsbError;
using drivers::UsbFailure;

class FakeDevice final : public drivers::UsbDevice {
  public:
    explicit FakeDevice(FakePrinter& printer) : printer_(printer) {}
    drivers::UsbResult<void> write(std::uint8_t, ByteView data, Duration patience) override {
        if (!printer_.blocksAt.empty() && printer_.said(printer_.blocksAt)) {
            printer_.clock_.sleepFor(patience);
            return tl::unexpected(UsbFailure{UsbError::timedOut, 0, "NAK"});
        }
        return printer_.take(data);
    }
    drivers::UsbResult<Bytes> read(std::uint8_t, std::size_t most, Duration patience) override {
        return printer_.give(most, patience);
    }
    drivers::UsbResult<Bytes> controlIn(std::uint8_t, std::uint8_t request, std::uint16_t,
                                        std::uint16_t, std::uint16_t, Duration) override {
        if (!printer_.plugged) return tl::unexpected(UsbFailure{UsbError::unplugged, 0, "gone"});
        if (request == 1) return Bytes{printer_.port};
        const std::string id = "MFG:Evolis;MDL:KC200;CLS:PRINTER;";
        Bytes bytes{0, static_cast<std::uint8_t>(id.size() + 2)};
        bytes.insert(bytes.end(), id.begin(), id.end());
        return bytes;
    }
    drivers::UsbResult<void> controlOut(std::uint8_t, std::uint8_t, std::uint16_t, std::uint16_t,
                                        ByteView, Duration) override {
        ++printer_.softResets;
        printer_.errorMode = "0";
        printer_.input_.clear();
        printer_.payloadLeft_.reset();
        printer_.replies_.clear();
        printer_.blocksAt.clear();
        printer_.job_ = false;
        return {};
    }
    drivers::UsbResult<void> clearHalt(std::uint8_t) override { return {}; }

  private:
    FakePrinter& printer_;
};

drivers::UsbResult<std::vector<drivers::UsbDeviceInfo>> FakePrinter::list() {
    if (!plugged) return std::vector<drivers::UsbDeviceInfo>{};
    drivers::UsbInterface interface;
    interface.classCode = interfaceClass;
    interface.endpoints.push_back({0x01, drivers::UsbTransferType::bulk, 64});
    interface.endpoints.push_back({0x82, drivers::UsbTransferType::bulk, 64});
    return std::vector{drivers::UsbDeviceInfo{"1-1", vendor, 0x0A00, {interface}}};
}

drivers::UsbResult<std::unique_ptr<drivers::UsbDevice>> FakePrinter::open(
    const drivers::UsbDeviceInfo&, std::uint8_t) {
    if (openError) return tl::unexpected(UsbFailure{*openError, 0, "told to"});
    ++opened;
    errorMode = "0";
    if (!keepsInput) {
        input_.clear();
        payloadLeft_.reset();
    }
    return std::make_unique<FakeDevice>(*this);
}

bool FakePrinter::said(const std::string& command) const {
    return count(command) > 0;
}

int FakePrinter::count(const std::string& command) const {
    return static_cast<int>(std::count_if(log.begin(), log.end(), [&](const std::string& entry) {
        return entry.rfind(command, 0) == 0;
    }));
}

drivers::UsbResult<void> FakePrinter::take(ByteView data) {
    if (!plugged) return tl::unexpected(UsbFailure{UsbError::unplugged, 0, "gone"});
    const std::string text = textOf(data.subspan(0, std::min<std::size_t>(data.size(), 40)));
    if (!stallAt.empty() && text.find(stallAt) != std::string::npos) {
        stallAt.clear();
        return tl::unexpected(UsbFailure{UsbError::stalled, 0, "halted"});
    }
    clock_.sleepFor(std::chrono::microseconds{200});
    input_.insert(input_.end(), data.begin(), data.end());
    consume();
    if (!plugged) return tl::unexpected(UsbFailure{UsbError::unplugged, data.size() / 2, "gone"});
    return {};
}

void FakePrinter::consume() {
    while (!input_.empty() && plugged) {
        if (payloadLeft_) {
            const std::size_t part = std::min(*payloadLeft_, input_.size());
            const auto end = input_.begin() + static_cast<std::ptrdiff_t>(part);
            Bytes& payload = payloads[payloadOf_];
            payload.insert(payload.end(), input_.begin(), end);
            input_.erase(input_.begin(), end);
            *payloadLeft_ -= part;
            if (*payloadLeft_ > 0) return;
            payloadLeft_.reset();
            reply(payloadOf_, panelsAnswered ? answerTo(payloadOf_) : "");
            continue;
        }
        if (input_.front() == '\r' || input_.front() == 0) {
            input_.erase(input_.begin());
            continue;
        }
        const std::string text =
            textOf(ByteView(input_).first(std::min<std::size_t>(input_.size(), 64)));
        const bool panel = text.rfind(
                               "\x1B"
                               "Db",
                               0) == 0;
        // Three separators end a raw panel's header, four a compressed one's.
        std::size_t end = 0;
        const int separators = text.rfind(
                                   "\x1B"
                                   "Dbc",
                                   0) == 0
                                   ? 4
                                   : 3;
        for (int i = 0; panel && i < separators && end != std::string::npos; ++i) {
            end = text.find(';', end == 0 ? 0 : end + 1);
        }
        if (!panel) end = text.find('\r');
        if (end == std::string::npos) return;
        const std::string command = text.substr(1, end - (panel ? 0 : 1));
        input_.erase(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(end) + 1);
        log.push_back(command);
        if (!unplugAt.empty() && command.rfind(unplugAt, 0) == 0) {
            plugged = false;
            return;
        }
        if (!panel) {
            execute(command);
        } else if (separators == 4) {
            payloadOf_ = command;
            payloadLeft_ = std::stoul(command.substr(8));
        } else {
            const std::size_t levels = std::stoul(command.substr(5));
            std::size_t bits = 0;
            while ((std::size_t{1} << bits) < levels) ++bits;
            payloadOf_ = command;
            payloadLeft_ = std::size_t{648} * 1016 * bits / 8;
        }
    }
}

void FakePrinter::reply(const std::string& command, const std::string& text) {
    if (text.empty()) return;
    const bool query = command.front() == 'R';
    Instant ready = clock_.now() + std::chrono::milliseconds{1};
    if (!(query && queriesDuringMotion)) ready = std::max(ready, busyUntil_);
    if (const auto found = late.find(command); found != late.end()) {
        ready += found->second;
        late.erase(found);
    }
    // In order, except for a query answered while a motion's answer is owed.
    const bool overtakes = query && queriesDuringMotion && busyUntil_ > clock_.now();
    if (!overtakes) ready = lastReady_ = std::max(ready, lastReady_);
    Bytes bytes = bytesOf(text + terminator);
    for (std::size_t at = 0; at < bytes.size(); at += packetSize) {
        const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end =
            begin + static_cast<std::ptrdiff_t>(std::min(packetSize, bytes.size() - at));
        replies_.emplace(ready, Bytes(begin, end));
    }
}

drivers::UsbResult<Bytes> FakePrinter::give(std::size_t, Duration patience) {
    const Instant deadline = clock_.now() + patience;
    if (plugged && !replies_.empty() && replies_.begin()->first <= deadline) {
        clock_.sleepUntil(std::max(clock_.now(), replies_.begin()->first));
        Bytes bytes = replies_.begin()->second;
        replies_.erase(replies_.begin());
        return bytes;
    }
    if (!plugged) return tl::unexpected(UsbFailure{UsbError::unplugged, 0, "gone"});
    clock_.sleepUntil(deadline);
    return tl::unexpected(UsbFailure{UsbError::timedOut, 0, "no data"});
}

std::string FakePrinter::answerTo(const std::string& command) {
    auto found = answers.find(command);
    if (found == answers.end() || found->second.empty()) return healthyAnswer(command);
    const std::string text = found->second.front();
    found->second.pop_front();
    if (text.empty() || text.front() != '+') return text;
    healthyAnswer(command);
    return text.substr(1);
}

void FakePrinter::execute(const std::string& command) {
    const std::string text = answerTo(command);
    reply(command, text);
}

void FakePrinter::settle() {
    if (mouthAt_ && clock_.now() >= *mouthAt_) {
        place = Place::mouth;
        mouthAt_.reset();
    }
    if (takenAt_ && clock_.now() >= *takenAt_) {
        place = Place::taken;
        takenAt_.reset();
    }
}

void FakePrinter::endOfJob() {
    const Instant now = clock_.now();
    if (job_) {
        panels += panelsPerFace;
        job_ = false;
        busyUntil_ = now + std::chrono::seconds{6};
    }
    if (keepInside_) return;
    mouthAt_ = now + std::chrono::milliseconds{1800};
    if (takenAfter) takenAt_ = *mouthAt_ + *takenAfter;
    if (seAnswersAtOnce) return;
    busyUntil_ = *mouthAt_ + hold_;
    if (takenAt_) busyUntil_ = std::min(busyUntil_, *takenAt_);
}

std::string FakePrinter::healthyAnswer(const std::string& command) {
    settle();
    const Instant now = clock_.now();
    const auto volts = [](bool high) { return high ? "4,95 Volts" : "0,20 Volts"; };
    if (command == "Rsn") return "SN123456";
    if (command == "Rtp") return "KC200";
    if (command == "Rfv") return "1234";
    if (command == "Rzp" || command == "Rrt;zone") return "7";
    if (command == "Rrt;type") return "2";
    if (command == "Rrt;count") return "88";
    if (command == "Rrt;qty") return "100";
    if (command == "Rco;p") return std::to_string(panels);
    if (command == "Rco;c") return "20";
    if (command == "Rcr") return ribbonEnded ? "ERROR RIBBON" : "OK";
    if (command == "Rlr;h") return binFull ? "CARD" : "NO CARD";
    if (command == "Rse;b") return volts(place == Place::mouth);
    if (command == "Rse;f") return feederEmpty ? "0,00 Volts" : "5,00 Volts";
    if (command == "Rse;n") return "0,17 Volts";
    if (command == "Rse;o") return coverOpen ? "0,00 Volts" : "5,00 Volts";
    if (command == "Rlr;p") {
        const bool inside = place == Place::print || place == Place::chip;
        if (classicPositions) return inside ? "ERR CARD" : "NO CARD";
        return place == Place::print ? "CARD" : place == Place::chip ? "SMART CARD" : "OK";
    }
    if (command == "Srs") errorMode = "0";
    if (command.rfind("Pem;", 0) == 0) errorMode = command.substr(4);
    if (command == "Sis") {
        if (place != Place::print && place != Place::chip)
            busyUntil_ = now + std::chrono::seconds{3};
        place = Place::chip;
    } else if (command == "Sib") {
        takenAt_.reset();
        place = Place::print;
        busyUntil_ = now + std::chrono::seconds{2};
    } else if (command == "Ser") {
        place = Place::bin;
        busyUntil_ = now + std::chrono::seconds{2};
    } else if (command == "Ss") {
        job_ = true;
        place = Place::print;
    } else if (command == "Pneab;E") {
        keepInside_ = true;
    } else if (command == "Pneab;A;1") {
        keepInside_ = false;
    } else if (command.rfind("Pbc;D;", 0) == 0) {
        hold_ = std::chrono::seconds{std::stol(command.substr(6))};
    } else if (command == "Se") {
        endOfJob();
    }
    return "OK";
}

}  // namespace liqu::test
