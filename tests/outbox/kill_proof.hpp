// The sender as a process of its own that is killed at any moment: between what the province did
// and its answer, between the answer and the disk, while it starts. What it left on the disk is
// where the next one goes on.
#pragma once

#include <filesystem>

#include "tests/outbox/outbox_proof.hpp"

namespace liqu::proof {

// beforeSending is a lie, to see whether the proof finds it.
enum class Mark : std::uint8_t { afterTheAnswer, beforeSending };

struct KillPlan {
    std::uint64_t seed = 1;
    int kills = 1'000;
    std::string program;  // outbox-proof itself, which is the child as well
    Mark mark = Mark::afterTheAnswer;
};

struct KillFigures {
    OutboxFigures outbox{};
    std::int64_t kills = 0;
    std::int64_t beforeFirst = 0;  // kills before the first answer of a process
    std::int64_t replayed = 0;     // messages the province had carried out before
};

KillFigures proveKills(const KillPlan& plan, const std::function<void(int)>& told);

// The child: sends what waits in the folder's books, and ends when nothing does.
void sendFrom(const std::filesystem::path& folder, const std::string& url, Mark mark);

}  // namespace liqu::proof
