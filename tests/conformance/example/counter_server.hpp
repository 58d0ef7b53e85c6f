// The made-up system of the example (counter_adapter.hpp), on HTTPS with a required client
// certificate on 127.0.0.1, and the lies it can be told to tell. Its threads live from start to the
// destructor.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "firmware/base/clock.hpp"
#include "firmware/base/result.hpp"
#include "tests/world/province/pki.hpp"

namespace liqu::example {

struct CounterPerson {
    std::string name;
    std::string card;  // empty: none
};

enum class CounterLie {
    none,
    aboutAnother,   // a person's answer is somebody else's
    forgets,        // says done, and does nothing
    forgetsWishes,  // a wish that was carried out is carried out again as if it were new
    knowsAnybody,   // a person nobody knows is known
    clockAhead,     // by an hour
    doorOpen,       // takes nonsense for a greeting
    nameless,       // lets anybody in, with a certificate or without
};

class CounterServer {
  public:
    static Result<std::unique_ptr<CounterServer>> start(
        Clock& clock, const world::Pki& pki, std::map<std::string, CounterPerson> persons,
        CounterLie lie = CounterLie::none);
    ~CounterServer();
    std::string url() const;  // "https://127.0.0.1:40127"

  private:
    struct Machine;
    explicit CounterServer(std::unique_ptr<Machine> machine);
    std::unique_ptr<Machine> machine_;
};

}  // namespace liqu::example
