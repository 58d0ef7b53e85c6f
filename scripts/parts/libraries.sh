# The same tests with the oldest and the newest of each run-time library that apt offers in several
# versions; sourced by scripts/test. A user's machine has one of them, and not always ours.
libraries=$root/build/libraries

# The packages of all shared libraries that the programs load. Debian's own list may know a library by
# its place before /usr was merged.
packages_loaded() {
    ldd "$root/build/release/program/liqu" "$root/build/release/tests/world/main/liqu-world" |
        awk '$2 == "=>" && $3 ~ /^\// {print $3}' | xargs readlink -f | sort -u |
        sed 's,^/usr,,; s,.*,&\n/usr&,' | { xargs dpkg-query -S 2>/dev/null || true; } |
        sed 's/:.*//' | sort -u
}

# The C library comes with its loader and the compiler's libraries with the compiler: neither can be
# put under a program alone.
can_be_swapped() {
    case "$1" in libc6 | libgcc-s1 | libstdc++6) return 1 ;; esac
}

# versions_offered PACKAGE: oldest first, of what `apt-cache madison` says on the standard input.
versions_offered() {
    local version sorted=() i
    for version in $(awk -v package="$1" '$1 == package {print $3}' | sort -u); do
        i=${#sorted[@]}
        while [ "$i" -gt 0 ] && dpkg --compare-versions "$version" lt "${sorted[i - 1]}"; do
            i=$((i - 1))
        done
        sorted=("${sorted[@]:0:i}" "$version" "${sorted[@]:i}")
    done
    printf '%s\n' "${sorted[@]}"
}

# unpack FOLDER PACKAGE VERSION
unpack() {
    local into=$1 package=$2 version=$3 archives=$libraries/archives archive
    mkdir -p "$into" "$archives"
    archive=$(printf '%s/%s_%s_*.deb' "$archives" "$package" "${version/:/%3a}")
    # shellcheck disable=SC2086
    if ! ls $archive >/dev/null 2>&1; then
        (cd "$archives" && apt-get download -q -o APT::Sandbox::User=root \
            -o Acquire::Retries=2 -o Acquire::http::Timeout=30 "$package=$version" >/dev/null) ||
            { say "scripts/test: apt offers $package $version but does not give it"; return 1; }
    fi
    # shellcheck disable=SC2086
    dpkg-deb -x $archive "$into"
}

# collect: fills the two folders and says what is in them. Fails where a version is not to be had.
collect() {
    local package packages offered versions
    rm -rf "$libraries/oldest" "$libraries/newest"
    mkdir -p "$libraries/oldest" "$libraries/newest"
    as_root apt-get update -q -o Acquire::Retries=2 -o Acquire::http::Timeout=30 >/dev/null
    packages=$(packages_loaded)
    [ -n "$packages" ] || { say "scripts/test: no library of the programs is known to dpkg"; return 1; }
    # shellcheck disable=SC2086
    offered=$(apt-cache madison $packages)
    for package in $packages; do
        can_be_swapped "$package" || continue
        mapfile -t versions < <(versions_offered "$package" <<<"$offered")
        [ "${#versions[@]}" -gt 1 ] || continue
        say "  $package: ${versions[0]} and ${versions[-1]}, of ${#versions[@]} versions"
        unpack "$libraries/oldest" "$package" "${versions[0]}" || return 1
        unpack "$libraries/newest" "$package" "${versions[-1]}" || return 1
    done
}

# The folder of the libraries proper, "…/usr/lib/x86_64-linux-gnu"; they may also lie under /lib.
paths_in() {
    find "$1" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd:
}

# The tests prove nothing about a library that is not loaded.
must_be_loaded() {
    local name=$1 path=$2 program=$root/build/release/tests/world/main/liqu-world library
    find "$libraries/$name" -name '*.so.*' -printf '%f\n' | sort -u | while read -r library; do
        LD_LIBRARY_PATH=$path ldd "$program" "$root/build/release/program/liqu" |
            awk -v name="$library" '$1 == name {print $3}'
    done | awk -v folder="$libraries/$name/" 'index($0, folder) == 1 {used = 1; next}
        {print "scripts/test: another one is loaded: " $0; wrong = 1} END {exit wrong || !used}' >&2
}

compare_libraries() {
    local name path
    say "Run-time libraries of which apt offers more than one version:"
    collect
    if ! find "$libraries/oldest" -name '*.so.*' | grep -q .; then
        say "  none: there is nothing to compare, and nothing was"
        return 0
    fi
    for name in oldest newest; do
        say "Unit and stack tests with the $name of them"
        path=$(paths_in "$libraries/$name")
        must_be_loaded "$name" "$path"
        LD_LIBRARY_PATH=$path run_ctest release -L 'unit|stack'
    done
}
