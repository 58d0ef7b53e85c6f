// In every test program, for whatever draws: Pango starts fontconfig's own set-up of the whole
// machine in a thread of its own, which may still be at it when the program ends; Cairo 1.16 keeps
// a small table of each subset of a CFF font it puts into a PDF.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig\nleak:libcairo";
}
