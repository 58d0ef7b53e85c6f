# Formatting and clang-tidy; sourced by scripts/test.

# Other versions format and warn otherwise; Debian 12's are the judges.
clang_is_the_judge() {
    local one
    for one in clang-format clang-tidy; do
        if ! "$one" --version | grep -q 'version 14\.'; then
            say "Formatting and clang-tidy are judged by $one 14 of Debian 12, and not here"
            return 1
        fi
    done
}

check_format() {
    local sources
    mapfile -t sources < <(cd "$root" && git ls-files '*.cpp' '*.hpp')
    (cd "$root" && clang-format --dry-run --Werror "${sources[@]}")
}

# tidy: the names of sources on the standard input.
tidy() {
    (cd "$root" && cmake --preset tidy >/dev/null </dev/null &&
        xargs -r -P "$(nproc)" -n 2 clang-tidy --quiet -p build/tidy)
}

check_style() {
    clang_is_the_judge || return 0
    check_format
    git -C "$root" ls-files 'firmware/*.cpp' 'drivers/*.cpp' 'ui/*.cpp' 'program/*.cpp' | tidy
}

# One file takes half a minute of a core; what changed longest ago is left to --tidy.
most_tidied=10

# Where the change under test began: what has landed, or else some commits ago.
base_of_change() {
    local base
    base=$(git -C "$root" merge-base HEAD origin/main 2>/dev/null || true)
    if [ -z "$base" ] || [ "$base" = "$(git -C "$root" rev-parse HEAD)" ]; then
        base=$(git -C "$root" rev-list --first-parent --max-count=21 HEAD | tail -n 1)
    fi
    printf '%s\n' "$base"
}

# The newest first; what is not committed yet is the newest.
changed_files() {
    local base=$1 file
    {
        git -C "$root" diff --name-only HEAD
        git -C "$root" log --format= --name-only "$base..HEAD"
    } | awk '!seen[$0]++' |
        while read -r file; do [ ! -f "$root/$file" ] || printf '%s\n' "$file"; done
}
changed_sources() {
    changed_files "$1" | grep -E '^(firmware|drivers|ui|program)/.*\.cpp$'
}

check_what_changed() {
    local base sources
    clang_is_the_judge || return 0
    check_format
    base=$(base_of_change)
    mapfile -t sources < <(changed_sources "$base")
    say "${#sources[@]} sources changed since ${base:0:12}; the newest $most_tidied at most are read"
    [ ${#sources[@]} -eq 0 ] || printf '%s\n' "${sources[@]:0:$most_tidied}" | tidy
}
