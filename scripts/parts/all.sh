# Everything there is, in parts that are remembered; sourced by scripts/test.

# The sources as they are, so that nothing counts as done that was done with others.
sources_digest() {
    {
        git -C "$root" rev-parse HEAD
        git -C "$root" diff HEAD
        git -C "$root" ls-files --others --exclude-standard -z |
            (cd "$root" && xargs -0 -r sha256sum)
    } | sha256sum | cut -c 1-16
}

# once NAME COMMAND…: not again with the same sources.
once() {
    local name=$1 mark=$root/build/all/$all_digest/$1
    shift
    if [ -e "$mark" ]; then
        say "Done before with these sources: $name"
        return 0
    fi
    part "$name" "$@"
    mkdir -p "$(dirname "$mark")"
    printf '%s s\n' "${part_seconds[-1]}" >"$mark"
}

run_all() {
    all_digest=$(sources_digest)
    once style check_style
    once sanitized under_sanitizers 'unit|scenario|walk' tests_unit tests_scenario
    once each-file-alone each_file_alone
    # Not remembered: what is built may be of other sources that were tried in between.
    part release-build build release all tests_unit tests_scenario
    once libraries compare_libraries
    once threads check_threads
    once power-cut "$root/scripts/power-cut" --all
    once power-cut-process "$root/scripts/power-cut" --process
    once outbox-proof "$root/scripts/outbox-proof"
    for region in hn hb jl; do
        once "outbox-proof-$region" "$root/scripts/outbox-proof" --adapter card-service --region "$region"
    done
    once simulation "$root/scripts/simulate" --seed 1 --visits 200000
    once fuzz "$root/scripts/fuzz" --seconds 60
    once debian-13 in_debian 13
    begin_part "all tests"
    # With the walks of every service in every region (tests/window/visit/walks.cmake).
    run_ctest release -C all 2>&1 | with_minutes
}
