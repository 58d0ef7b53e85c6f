// audit-attack: 10,000 tamperings with audit records, and what the witness says of them.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "tests/audit/audit_proof.hpp"

int main(int argc, char** argv) {
    using namespace liqu::proof;
    AuditPlan plan;
    CLI::App app("Tampers with audit records, and looks whether the witness finds it");
    app.add_option("--seed", plan.seed, "another course of events");
    app.add_option("--lines", plan.tamperings, "tamperings of witnessed lines")
        ->check(CLI::Range(1, 10'000'000));
    CLI11_PARSE(app, argc, argv);
    const AuditFigures figures = proveAudit(plan, [](const AuditFigures& so) {
        std::fprintf(stderr, "\r%lld", static_cast<long long>(so.tamperings));
    });
    std::fprintf(stderr, "\n");
    if (!figures.firstMissed.empty()) std::printf("not found: %s\n", figures.firstMissed.c_str());
    std::printf("tamperings=%lld found=%lld later=%lld later-found=%lld honest=%lld accused=%lld\n",
                static_cast<long long>(figures.tamperings), static_cast<long long>(figures.found),
                static_cast<long long>(figures.later), static_cast<long long>(figures.laterFound),
                static_cast<long long>(figures.honest), static_cast<long long>(figures.accused));
    return figures.holds() ? 0 : 1;
}
