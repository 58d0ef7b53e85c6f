# Each file compiled alone, as clang-tidy and whoever works on one file see it; the other builds put
# several together, where an include that one of them lacks is lent by its neighbour. Sourced by
# scripts/test.

# The compiler's command for each source, to look at it only; those of fuzz targets are another
# compiler's, and are not among them.
looks() {
    ninja -C "$root/build/tidy" -t commands all |
        sed -nE 's/ -MD -MT [^ ]+ -MF [^ ]+ -o [^ ]+ -c / -fsyntax-only /p'
}

each_file_alone() {
    local commands
    (cd "$root" && cmake --preset tidy >/dev/null)
    mapfile -t commands < <(looks)
    [ ${#commands[@]} -gt 0 ] || { say "scripts/test: no compiler's command was found"; return 1; }
    say "Each of ${#commands[@]} files compiled alone"
    printf '%s\n' "${commands[@]}" | xargs -d '\n' -P "$(nproc)" -n 1 sh -c
}
