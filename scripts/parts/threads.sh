# The shipped program with all its threads, watched; sourced by scripts/test. Only the kiosk is built
# with a sanitizer; the world around it is the release build's.

sanitizer_speaks='(WARNING|ERROR|SUMMARY): [A-Za-z]*Sanitizer|runtime error:'

# watched NAME PROGRAM: one robot's visit of that program, and no word of a sanitizer.
watched() {
    local name=$1 program=$2 out=$root/build/threads/$1 said code=0
    said=$out/kiosk/kiosk-output.txt
    rm -rf "$out"
    mkdir -p "$root/build/threads"
    # The sanitizers' memory does not fit where newer kernels may put a program's.
    setarch --addr-no-randomize umockdev-wrapper \
        "$root/build/release/tests/world/main/liqu-world" --robot --speed 5 --visit prc \
        --kiosk "$program" --out "$out" || code=$?
    # What was not written down was not watched.
    [ -f "$said" ] || code=1
    if [ -f "$said" ] && grep -qE "$sanitizer_speaks" "$said"; then
        grep -m 1 -A 40 -E "$sanitizer_speaks" "$said" >&2
        code=1
    fi
    [ "$code" -eq 0 ] || say "scripts/test: the visit under $name ended with $code; see $out"
    return "$code"
}

check_threads() {
    local options="suppressions=$root/tests/support/tsan-suppressions.txt"
    options+=" ignore_noninstrumented_modules=1 exitcode=66"
    say "Stack tests and a robot's visit under ThreadSanitizer, a visit under AddressSanitizer"
    build release liqu-world liqu-judge liqu
    build tsan tests_stack liqu
    build asan liqu
    TSAN_OPTIONS=$options setarch --addr-no-randomize \
        ctest --test-dir "$root/build/tsan" --output-on-failure --no-tests=error -L stack \
        --parallel "$(nproc)"
    TSAN_OPTIONS=$options watched ThreadSanitizer "$root/build/tsan/program/liqu"
    # Leaks are the unit tests' business: a window's libraries keep what they have until the end.
    ASAN_OPTIONS=detect_leaks=0 watched AddressSanitizer "$root/build/asan/program/liqu"
}
