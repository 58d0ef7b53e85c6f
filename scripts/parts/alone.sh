# Each file compiled alone, as clang-tidy and whoever works on one file see it; the other builds put
# several together, where an include that one of them lacks is lent by its neighbour. Sourced by
# scripts/test.

# The compiler's command for each source, to look at it only; those of fuzz targets are another
# compiler's, and are not among them.
looks() {
    ninja -C "$root/build/tidy" -t commands all |
        sed -nE 's/ -MD -MT [^ ]+ -MF [^ ]+ -o [^ ]+ -c / -fsyntax-only /p'
}

# The commands on the standard input; none would be no look at all.
look_at() {
    local commands
    mapfile -t commands
    [ ${#commands[@]} -gt 0 ] || { say "scripts/test: no compiler's command was found"; return 1; }
    say "Each of ${#commands[@]} files compiled alone"
    printf '%s\n' "${commands[@]}" | xargs -d '\n' -P "$(nproc)" -n 1 sh -c
}

each_file_alone() {
    (cd "$root" && cmake --preset tidy >/dev/null)
    looks | look_at
}

# Two seconds of a core each; what changed longest ago, and what only includes it, is left to --all.
most_alone=24
what_changed_alone() {
    local sources
    (cd "$root" && cmake --preset tidy >/dev/null)
    mapfile -t sources < <(changed_files "$(base_of_change)" | grep '\.cpp$' | grep -v '^tests/fuzz/')
    [ ${#sources[@]} -gt 0 ] || { say "No source changed"; return 0; }
    say "${#sources[@]} sources changed; the newest $most_alone at most are looked at"
    looks | grep -F -f <(printf " -fsyntax-only $root/%s\n" "${sources[@]:0:$most_alone}") | look_at
}
