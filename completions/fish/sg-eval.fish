function __sg-eval_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-eval_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-eval_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-eval_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-eval_parse_tokens -S
    set -l unparsed_tokens (__sg-eval_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-eval'
        __sg-eval_parse_subcommand -r 1 'q/quiet' 'v/verbose' 'progress=' 'json' 'rank' 'best' 'o/output=' 'html=' 'weight=+' 'requests=' 'tokens=' 'labels=' 'reference=' 'asr=' 'force' 'max-seconds=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __sg-eval_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-eval_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-eval_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __sg-eval_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-eval_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-eval_tokens -p)
    if test -z "$(__sg-eval_tokens -t)"
        set -l index (count (__sg-eval_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-eval' -f
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" json' -l 'json' -d 'Print a JSON object per song, one line each.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" rank' -l 'rank' -d 'Print a line per song when all are read, the best first.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" best' -l 'best' -d 'Write the best song of each request on as a stream, and no figures.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" o output' -l 'output' -s 'o' -d 'Where --best writes (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" html' -l 'html' -d 'Write a report that a browser shows, all in one file.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'html\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval"' -l 'weight' -d 'How much a part of the score counts, repeatable: clipping, silence, loop, tempo, voice, tune, balance, leakage, sections, length, ending, words.' -rfka ''
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" requests' -l 'requests' -d 'Requests of the songs, where the stream does not hold them: JSON lines as sg-lyrics reads or sg-mix prints them.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'jsonl\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" tokens' -l 'tokens' -d 'The songs as tokens, for their rows in the report and for labels.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" labels' -l 'labels' -d 'Where the sections of one song begin: lines of seconds and a label.' -rF
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" reference' -l 'reference' -d 'The recording that the song was made from, to be compared sample by sample.' -rF
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" asr' -l 'asr' -d 'A recogniser of speech: a command that gets the path of a WAV file and prints words.' -rfka ''
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_positional "sg-eval" -ge 1' -F
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" version' -l 'version' -d 'Show the version.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_positional "sg-eval" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-eval' -n '__sg-eval_should_offer_completions_for_flags_or_options "sg-eval help" version' -l 'version' -d 'Show the version.'
