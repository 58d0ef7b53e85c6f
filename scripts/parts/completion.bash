# Completion of liqu: the program itself is asked what it knows, so nothing here can be out of date.
_liqu() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} word commands=()
    case "$before" in
        --config | --data | --out | --back-out | --layout | --forms | --fonts | --region | --screen-map | --transcript)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
    esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ $word == -* ]] && break
        commands+=("$word")
    done
    mapfile -t COMPREPLY < <(compgen -W "$("$1" "${commands[@]}" --help 2>/dev/null | awk '
        /^[A-Za-z].*:$/ { of_commands = /^Subcommands:/ }
        /^ +-/ { split($1, names, ","); for (i in names) if (names[i] ~ /^--/) print names[i] }
        of_commands && /^  [a-z]/ { print $1 }')" -- "$current")
}
complete -o filenames -F _liqu liqu
