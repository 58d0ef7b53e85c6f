// How much of the machine's memory a process that runs for months holds on to.
#pragma once

namespace liqu {

// Large blocks are given back when they are freed, and all threads share one arena. glibc else
// learns from every large block that is freed to keep the next one (mallopt(3), M_MMAP_THRESHOLD):
// after one card face a kiosk would keep tens of MiB until it ends. Before the first thread starts.
void keepHeapSmall();

// What is free in the heap is the system's again, and so are the pages of mapped fonts, which come
// back from the page cache glyph by glyph. Some milliseconds: while nobody waits.
void giveBackIdleMemory();

}  // namespace liqu
