// What holds for the whole process, whatever it does: its files are its owner's alone, its memory
// is never written to a disk, and a reader that goes away does not kill it. Before anything else.
#pragma once

namespace liqu::program {

void guardProcess();

}  // namespace liqu::program
