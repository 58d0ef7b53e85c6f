// Pango starts fontconfig's own set-up of the whole machine in a thread of its own; what that
// leaves behind is fontconfig's.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig";
}
