# Building, judging and trying the Debian packages; sourced by scripts/package.

# copy_tree FOLDER: what git knows or would take, as it lies here; nothing that was built.
copy_tree() {
    mkdir -p "$1"
    (cd "$root" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
        [ -e "$file" ] && printf '%s\0' "$file"
    done | tar --null --files-from=- -cf -) | tar -xf - -C "$1"
}

# build_package OUT [NAME]: the packages into OUT, by way of the folder OUT/NAME.
build_package() {
    local out=$1 tree=$1/${2:-tree}
    rm -rf "$out"
    copy_tree "$tree"
    [ -z "$(git -C "$root" status --porcelain)" ] || say "Of a tree with changes that are not committed"
    say "Building the packages (about ten minutes); the whole story is in $out.log"
    (
        cd "$tree"
        SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
        export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
        export DEB_BUILD_OPTIONS="parallel=${LIQU_PARALLEL:-2} ${DEB_BUILD_OPTIONS:-}"
        dpkg-buildpackage -b -us -uc
    ) >"$out.log" 2>&1 || { tail -n 30 "$out.log" >&2; return 1; }
    rm -rf "$tree"
    (cd "$out" && sha256sum -- *.deb)
}

# Says every tag; an error of lintian's is ours.
judge_package() {
    say "lintian:"
    lintian --no-cfg --tag-display-limit 0 --fail-on error "$1"/*.changes && say "lintian: no error"
}

build_twice() {
    local first second out=$root/build/package
    say "The first build"
    first=$(build_package "$out-first" here)
    say "The second build"
    second=$(build_package "$out" somewhere-else/with-a-longer-name)
    printf '%s\n\n%s\n' "$first" "$second"
    judge_package "$out"
    if [ "$first" != "$second" ]; then
        say "NOT REPRODUCIBLE: $out-first and $out differ"
        return 1
    fi
    rm -rf "$out-first"
    say "REPRODUCIBLE: two builds, the same bytes"
}

# unpacked OUT: the packages, side by side.
unpacked() {
    local deb
    rm -rf "$1/unpacked"
    for deb in "$1"/liqu_*.deb "$1"/liqu-display_*.deb; do dpkg-deb -x "$deb" "$1/unpacked"; done
    printf '%s\n' "$1/unpacked"
}

# Control flow protection is looked at by itself: the programs are compiled for it, but the linker marks only what
# has nothing else in it, and the start files of Debian 12 were compiled without.
check_hardening() {
    local folder program failed=0 pads marked
    folder=$(unpacked "$1")
    for program in liqu liqu-pictures liqu-voice liqu-witness liqu-words; do
        program=$folder/usr/bin/$program
        hardening-check --nocfprotection "$program" || failed=1
        readelf -lW "$program" | grep -q 'GNU_STACK.* RW ' || { say "$program: its stack can be executed"; failed=1; }
        pads=$(objdump -d "$program" | grep -c endbr64 || true)
        marked=$(readelf -nW "$program" | sed -n 's/.*x86 feature: *//p')
        printf ' Landing pads (CET): %s, marked for the loader: %s\n' "$pads" "${marked:-no}"
        [ "$(dpkg --print-architecture)" != amd64 ] || [ "$pads" -gt 1 ] || failed=1
    done
    return $failed
}

# check_exposure OUT: systemd's own figure, 0 (nothing to reach) to 10.
check_exposure() {
    local folder unit figure failed=0 most
    folder=$(unpacked "$1")
    for unit in liqu.service:1.5 liqu-display.service:4.5; do
        most=${unit#*:} unit=${unit%:*}
        unit=$(find "$folder" -name "$unit" | head -n 1)
        figure=$(systemd-analyze security --offline=true --no-pager "$unit" | tee "$1/${unit##*/}.exposure" |
            sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\).*/\1/p')
        printf '%s: exposure %s (at most %s)\n' "${unit##*/}" "${figure:-unknown}" "$most"
        awk -v figure="${figure:-11}" -v most="$most" 'BEGIN { exit !(figure <= most) }' || failed=1
    done
    return $failed
}

suite_of() {
    case "$1" in
        12) echo bookworm ;;
        13) echo trixie ;;
        *) say "scripts/package: Debian 12 or Debian 13"; return 2 ;;
    esac
}

# package_in_debian 12|13 [ARGUMENTS of scripts/package]
package_in_debian() {
    local version=${1:-} suite
    suite=$(suite_of "$version")
    shift
    make_debian "$suite" "$root/build/debian-$version-package" run package
    enter_debian "$root/build/debian-$version-package" scripts/package "$@"
}

# try_package 12|13: in a fresh root with nothing but Debian's base.
try_package() {
    local version=$1 suite debs=$root/build/package fresh=$root/build/try-$1
    suite=$(suite_of "$version")
    [ -d "$root/build/debian-$version-package/build/package" ] && debs=$root/build/debian-$version-package/build/package
    ls "$debs"/liqu_*.deb >/dev/null || { say "First: scripts/package"; return 1; }
    say "Making a fresh Debian $version in $fresh"
    as_root rm -rf "$fresh"
    mkdir -p "$fresh"
    as_root mmdebstrap --variant=minbase --include=ca-certificates,openssl,systemd,systemd-sysv,udev "$suite" \
        "$fresh/root" >"$fresh/mmdebstrap.log" 2>&1 || { tail -n 20 "$fresh/mmdebstrap.log" >&2; return 1; }
    as_root install -D -t "$fresh/root/srv/debs" "$debs"/liqu_*.deb "$debs"/liqu-display_*.deb
    as_root install -D -t "$fresh/root/srv" "$root/scripts/parts/installed"
    as_root unshare --mount --pid --fork --kill-child -- bash -euc '
        mount --bind "$1" "$1"
        mount -t proc proc "$1/proc"
        mount -t sysfs sysfs "$1/sys"
        mount --rbind /dev "$1/dev"
        cp /etc/resolv.conf "$1/etc/resolv.conf"
        exec chroot "$1" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin bash /srv/installed
    ' try "$fresh/root"
}
