// A durable two-row commit beside raw append and fdatasync, rounds interleaved on the same disk.
#include <chrono>
#include <fcntl.h>
#include <unistd.h>

#include "firmware/base/assert.hpp"
#include "tests/bench/figures.hpp"
#include "tests/support/scratch.hpp"

namespace liqu::bench {
namespace {

constexpr int rounds = 20;
constexpr int commitsPerRound = 100;
constexpr std::size_t page = 4096;

double perSecond(auto&& act) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < commitsPerRound; ++i) act(i);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return commitsPerRound / took.count();
}

void commitTwoRows(storage::Database& database, int number) {
    auto transaction = storage::Transaction::begin(database);
    LIQU_ASSERT(transaction);
    for (int row = 0; row < 2; ++row) {
        LIQU_ASSERT(
            transaction->run("INSERT INTO journal(order_id, step, attempt, phase, at, detail) "
                             "VALUES('bench','feed',1,'intent',?,'')",
                             {std::int64_t{number}}));
    }
    LIQU_ASSERT(transaction->commit());
}

}  // namespace

void benchStorage(Figures& figures) {
    const test::Scratch scratch;
    auto database = test::openDatabase(scratch);
    {
        auto transaction = storage::Transaction::begin(*database);
        LIQU_ASSERT(transaction->run(
            "INSERT INTO orders(order_id, opened_at, service, holder_digest, state) "
            "VALUES('bench', 0, 'first-card', '', 'open')"));
        LIQU_ASSERT(transaction->commit());
    }
    const int file = ::open(scratch.file("raw").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    LIQU_ASSERT(file >= 0);
    const std::vector<char> block(page, 'x');
    std::vector<double> raw;
    std::vector<double> commits;
    for (int round = 0; round < rounds; ++round) {
        raw.push_back(perSecond([&](int) {
            LIQU_ASSERT(::write(file, block.data(), block.size()) == static_cast<ssize_t>(page));
            LIQU_ASSERT(::fdatasync(file) == 0);
        }));
        commits.push_back(perSecond([&](int number) { commitTwoRows(*database, number); }));
    }
    ::close(file);
    figures["storage.raw_per_s"] = {quantile(raw, 0.5), "", true};
    figures["storage.commits_per_s"] = {quantile(commits, 0.5), "", true};
    figures["storage.commit_ratio"] = atLeast(quantile(commits, 0.5) / quantile(raw, 0.5), 0.7);
}

}  // namespace liqu::bench
