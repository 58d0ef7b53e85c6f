// liqu-judge DIR: reads what a run left behind, and nothing else, and says whether every record
// agrees. Exit code 0: a card was made and all agrees; 3: none was made, one legal end, all agrees;
// 1: something disagrees; 2: the call was wrong.
#include <cstdio>

#include "tests/world/judge/verdict.hpp"

int main(int argc, char** argv) {
    if (argc != 2 || argv[1][0] == '-') {
        std::fprintf(stderr, "liqu-judge DIR: judges the evidence of a run of liqu-world\n");
        return 2;
    }
    const liqu::judge::Verdict verdict = liqu::judge::judgeFolder(argv[1]);
    std::fputs(liqu::judge::describe(verdict).c_str(), stdout);
    return liqu::judge::exitCodeOf(verdict);
}
