# How long each part of a test run took; sourced by scripts/test.
part_names=()
part_seconds=()
part_name=
part_began=0

begin_part() {
    part_name=$1
    part_began=$SECONDS
}

end_part() {
    part_names+=("$part_name")
    part_seconds+=($((SECONDS - part_began)))
}

# part NAME COMMAND…
part() {
    begin_part "$1"
    shift
    "$@"
    end_part
}

tell_minutes() {
    local i total=0
    printf '\nMinutes per part:\n'
    for i in "${!part_names[@]}"; do
        printf '  %6s  %s\n' "$(minutes_of "${part_seconds[i]}")" "${part_names[i]}"
        total=$((total + part_seconds[i]))
    done
    printf '  %6s  together\n\n' "$(minutes_of "$total")"
}

# As text: where numbers are written with a comma, printf takes no point for one.
minutes_of() { printf '%d.%d' $(($1 / 60)) $(($1 % 60 / 6)); }

# Ctest's own words, with the table before its summary, so that a run ends on the summary.
with_minutes() {
    local line
    while IFS= read -r line; do
        if [[ $line =~ ^[0-9]+%\ tests\ passed ]]; then
            end_part
            tell_minutes
        fi
        printf '%s\n' "$line"
    done
}
