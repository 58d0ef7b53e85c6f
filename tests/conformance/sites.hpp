// A system of each kind on real HTTPS over loopback, with its test persons, and one run against it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "tests/conformance/exam.hpp"
#include "tests/conformance/example/counter_server.hpp"
#include "tests/support/scratch.hpp"
#include "tests/world/legacy_province/legacy_server.hpp"
#include "tests/world/province/https_server.hpp"

namespace liqu::conformance {

// Whoever waits has waited: the time of both sides goes on by it. Of any thread.
class HurriedClock final : public Clock {
  public:
    Instant now() const override { return system_.now() + ahead_.load(); }
    WallTime wallTime() const override {
        return system_.wallTime() +
               std::chrono::duration_cast<std::chrono::milliseconds>(ahead_.load());
    }
    void sleepUntil(Instant instant) override {
        Duration ahead = ahead_.load();
        const Duration wanted = instant - system_.now();
        while (wanted > ahead && !ahead_.compare_exchange_weak(ahead, wanted)) {
        }
    }

  private:
    SystemClock system_;
    std::atomic<Duration> ahead_{Duration{}};
};

class Site {
  public:
    Site();
    virtual ~Site() = default;
    virtual std::string adapter() const = 0;
    virtual std::string url() const = 0;
    virtual SubjectFiles files() const;
    TestPersons persons() const;

    // What becomes of an answer's body on its way to who asked.
    using Twist = std::function<void(MessageType type, Json& body)>;
    // Empty: every part.
    std::unique_ptr<Report> examine(std::set<Part> parts = {}, Twist twist = nullptr);
    // The lines of the last run.
    const std::string& said() const { return said_; }
    const world::Pki& pki() const { return pki_; }
    const test::Scratch& scratch() const { return scratch_; }

  protected:
    test::Scratch scratch_;
    HurriedClock clock_;
    SystemRandom random_;
    world::Pki pki_;

  private:
    std::string said_;
};

// The simulated province that speaks KIPS.
class KipsSite final : public Site {
  public:
    // A lie in the plan, or one that happens to the books after each message.
    using Lie = std::function<void(world::Books&)>;
    explicit KipsSite(const std::vector<std::string>& faults = {}, Lie lie = nullptr);
    std::string adapter() const override { return "kips"; }
    std::string url() const override { return server_->url(); }
    int port() const { return server_->port(); }
    world::ProvinceFront& front() { return *front_; }

  private:
    world::FaultPlan faults_;
    std::unique_ptr<world::ProvinceEngine> engine_;
    std::unique_ptr<world::ProvinceFront> front_;
    std::unique_ptr<world::HttpsServer> server_;
};

// The simulated older province.
class LegacySite final : public Site {
  public:
    explicit LegacySite(const std::vector<std::string>& faults = {});
    std::string adapter() const override { return "card-service"; }
    std::string url() const override;
    SubjectFiles files() const override;
    world::LegacyBooks& books() { return engine_->books(); }

  private:
    world::LegacyFaults faults_;
    std::unique_ptr<world::LegacyEngine> engine_;
    std::unique_ptr<world::LegacyFront> front_;
    std::unique_ptr<world::LegacyServer> server_;
};

// The made-up system of the example.
class ExampleSite final : public Site {
  public:
    explicit ExampleSite(example::CounterLie lie = example::CounterLie::none);
    std::string adapter() const override { return "example"; }
    std::string url() const override { return server_->url(); }

  private:
    std::unique_ptr<example::CounterServer> server_;
};

// As an integrator writes it.
void writePersons(const std::filesystem::path& file, const TestPersons& persons);

}  // namespace liqu::conformance
