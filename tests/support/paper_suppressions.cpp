// For tests that make PDFs: besides fontconfig's set-up of the machine (leak_suppressions.cpp),
// Cairo 1.16 keeps a small table of each subset of a CFF font it puts into a PDF.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig\nleak:libcairo";
}
