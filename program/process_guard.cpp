#include "program/process_guard.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace liqu::program {

void guardProcess() {
    ::umask(077);
    // A core would hold the citizen who stood there, and the keys. A program behind core_pattern is
    // told this limit too.
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    struct sigaction ignored {};
    ignored.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignored, nullptr);
}

}  // namespace liqu::program
