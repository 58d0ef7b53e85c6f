# The tests in a fresh Debian, made by mmdebstrap and kept in build/; sourced by scripts/test.

# in_debian 12|13 [ARGUMENTS of scripts/test]
in_debian() {
    local version=${1:-} suite folder
    case "$version" in
        12) suite=bookworm ;;
        13) suite=trixie ;;
        *) say "scripts/test: --debian 12 or --debian 13"; return 2 ;;
    esac
    shift
    folder=$root/build/debian-$version
    make_debian "$suite" "$folder"
    say "Debian $version: scripts/test $*"
    enter_debian "$folder" scripts/test "$@"
}

# make_debian SUITE FOLDER [LIST…]: the packages of all lists are part of it, so that a run needs no network.
make_debian() {
    local suite=$1 folder=$2 packages list lists=()
    shift 2
    [ $# -gt 0 ] || set -- run test tidy
    for list; do lists+=("$root/scripts/packages-$list.txt"); done
    packages=$(cat "${lists[@]}" | sed 's/#.*//' | tr -d ' \t' | grep . | sort -u |
        paste -sd,)
    [ "$(cat "$folder/packages" 2>/dev/null)" != "$packages" ] || return 0
    command -v mmdebstrap >/dev/null || install_packages <(printf 'mmdebstrap\n')
    say "Making a Debian $suite in $folder"
    as_root rm -rf "$folder/root"
    mkdir -p "$folder/build"
    as_root mmdebstrap --variant=apt --include="git,ca-certificates,$packages" "$suite" \
        "$folder/root" >"$folder/mmdebstrap.log" 2>&1 ||
        { tail -n 20 "$folder/mmdebstrap.log" >&2; return 1; }
    printf '%s\n' "$packages" >"$folder/packages"
}

# enter_debian FOLDER COMMAND…: in mount and process namespaces that end with the command. The tree
# is the same one; what is built in there lies apart, because the compiler is another.
enter_debian() {
    local folder=$1
    shift
    as_root unshare --mount --pid --fork --kill-child -- bash -euc '
        tree=$1 root=$2/root build=$2/build
        shift 2
        # A mount of its own: tests that mount something make the mounts of "/" private first.
        mount --bind "$root" "$root"
        mkdir -p "$root/srv/liqu"
        mount --bind "$tree" "$root/srv/liqu"
        mount --bind "$build" "$root/srv/liqu/build"
        mount -t proc proc "$root/proc"
        mount -t sysfs sysfs "$root/sys"
        mount -t tmpfs tmpfs "$root/run"
        mount --rbind /dev "$root/dev"
        cp /etc/resolv.conf "$root/etc/resolv.conf"
        exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=/srv/liqu \
            bash -euc "cd /srv/liqu && exec \"\$@\"" in-debian "$@"
    ' in-debian "$root" "$folder" "$@"
}
