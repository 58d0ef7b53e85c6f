// The proof as a program: which paths are walked how thoroughly, two at a time, and what came of
// it.
#pragma once

namespace liqu::proof {

// 0: every card of every case is accounted for; 1: not; 2: wrong options.
int runCampaign(int argc, char** argv);

}  // namespace liqu::proof
