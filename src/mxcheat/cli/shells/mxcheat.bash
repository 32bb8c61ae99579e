# Completion of mxcheat in bash: mxcheat itself says what may stand at the cursor.

_mxcheat() {
    local program=mxcheat word meaning
    [[ $1 == */* ]] && program=${1/#\~/$HOME}
    COMPREPLY=()
    while IFS= read -r word; do
        meaning=${word#*$'\t'} word=${word%%$'\t'*}
        if [[ -n $word ]]; then
            COMPREPLY+=("$(printf %q "$word")")
        else
            _mxcheat_files "$meaning" "$2"
        fi
    done < <("$program" completions --answer "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}

# Names of files; where something stands before a name, it is not readline that can quote it.
_mxcheat_files() {
    local name
    [[ -z $1 ]] && compopt -o filenames 2>/dev/null
    while IFS= read -r name; do
        if [[ -n $1 ]]; then
            [[ -d $name ]] && compopt -o nospace 2>/dev/null && name+=/
            name=$1$(printf %q "$name")
        fi
        COMPREPLY+=("$name")
    done < <(compgen -f -- "${2#"$1"}")
}

complete -F _mxcheat mxcheat
