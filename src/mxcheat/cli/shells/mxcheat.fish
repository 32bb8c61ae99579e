# Completion of mxcheat in fish: mxcheat itself says what may stand at the cursor.

function __mxcheat_answers
    set -l program (commandline --current-process --tokenize --cut-at-cursor)[1]
    string match --quiet '*/*' -- $program
    and set program (string replace --regex '^~' $HOME -- $program)
    or set program mxcheat
    set -l line (commandline --current-process --cut-at-cursor | string collect)
    set -l answers ($program completions --answer "$line" 2>/dev/null)
    if string match --quiet \t'*' -- $answers[1]
        set -l before (string sub --start 2 -- $answers[1])
        # A quote that is still open is no part of a name.
        set -l typed (commandline --current-token --cut-at-cursor | string trim --left --chars '"\'')
        set -l length (string length -- "$before")
        for path in (__fish_complete_path (string sub --start (math $length + 1) -- $typed))
            echo $before$path
        end
    else
        printf '%s\n' $answers
    end
end

complete --command mxcheat --no-files --keep-order --arguments '(__mxcheat_answers)'
