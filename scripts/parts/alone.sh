# Each file compiled alone, as clang-tidy and whoever works on one file see it; the other builds put
# several together, where an include that one of them lacks is lent by its neighbour. Sourced by
# scripts/test.

# Those given, and all that include one of them, however far off.
with_includers() {
    local wanted=("$@") found=("$@") lines
    while true; do
        lines=$(printf '#include "%s"\n' "${found[@]}" | grep '\.\(hpp\|def\)"$') || break
        mapfile -t found < <(git -C "$root" grep -lF "$lines" -- '*.cpp' '*.hpp' |
            grep -vxFf <(printf '%s\n' "${wanted[@]}"))
        [ ${#found[@]} -gt 0 ] || break
        wanted+=("${found[@]}")
    done
    printf '%s\n' "${wanted[@]}"
}

# The compiler's command for each source on the standard input, to look at it only; those of fuzz
# targets are another compiler's, and have none here.
looks_at() {
    local source
    while read -r source; do
        grep -qF "\"file\": \"$root/$source\"" "$root/build/tidy/compile_commands.json" || continue
        ninja -C "$root/build/tidy" -t commands -s "$root/$source^"
    done | sed -E 's/ -MD -MT [^ ]+ -MF [^ ]+ -o [^ ]+/ -fsyntax-only/'
}

# Three seconds of a core each, and a header that everybody includes is everybody's change. The rest
# is left to --all.
most_changed_alone=160
most_includers_alone=80

each_changed_file_alone() {
    local base changed sources includers commands
    base=$(base_of_change)
    mapfile -t changed < <(changed_files "$base")
    mapfile -t sources < <(printf '%s\n' "${changed[@]}" | grep '\.cpp$')
    mapfile -t includers < <(with_includers "${changed[@]}" | grep '\.cpp$' |
        grep -vxFf <(printf '%s\n' "${sources[@]}"))
    say "${#sources[@]} sources changed since ${base:0:12}, ${#includers[@]} more include what did:" \
        "the newest $most_changed_alone and $most_includers_alone of these at most, each alone"
    sources=("${sources[@]:0:$most_changed_alone}" "${includers[@]:0:$most_includers_alone}")
    (cd "$root" && cmake --preset tidy >/dev/null)
    mapfile -t commands < <(printf '%s\n' "${sources[@]}" | looks_at)
    # Changed sources without one command would be no look at all.
    [ ${#sources[@]} -eq 0 ] || [ ${#commands[@]} -gt 0 ] ||
        { say "scripts/test: no compiler's command was found"; return 1; }
    [ ${#commands[@]} -eq 0 ] ||
        printf '%s\n' "${commands[@]}" | xargs -d '\n' -P "$(nproc)" -n 1 sh -c
}

each_file_alone() {
    say "Every file compiled alone"
    build plain
}
