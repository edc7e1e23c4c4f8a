function __sg-lyrics_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-lyrics_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-lyrics_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-lyrics_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-lyrics_parse_tokens -S
    set -l unparsed_tokens (__sg-lyrics_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-lyrics'
        __sg-lyrics_parse_subcommand -r 1 'q/quiet' 'v/verbose' 'progress=' 'force' 'check' 'fix' 'json' 'jsonl' 'describe=' 'id=' 'instrumental' 'type=' 'model=' 'skip-done=' 'o/output=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __sg-lyrics_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-lyrics_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-lyrics_parse_subcommand -S -a positional_count
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

function __sg-lyrics_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-lyrics_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-lyrics_tokens -p)
    if test -z "$(__sg-lyrics_tokens -t)"
        set -l index (count (__sg-lyrics_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-lyrics' -f
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" check' -l 'check' -d 'Only check: no stream; findings go to standard output.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" fix' -l 'fix' -d 'Repair what is safe: characters, spaces, separators, full stops.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" json' -l 'json' -d 'Findings as JSON, one object a line.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" jsonl' -l 'jsonl' -d 'Write requests as JSON lines, the form of the reference, not as a stream.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" describe' -l 'describe' -d 'The description of every song: tags parted by commas.' -rfka ''
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" id' -l 'id' -d 'The name of the song (default: \'idx\', or the name of the file).' -rfka ''
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" instrumental' -l 'instrumental' -d 'Songs without a voice; the same as --type bgm.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" type' -l 'type' -d 'What of the songs is asked for: mixed, vocal, separate or bgm (no voice).' -rfka 'mixed vocal separate bgm'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" model' -l 'model' -d 'Check lengths against what this model reads (default: lengths are not checked).' -rfa '(__sg-lyrics_complete_directories)'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" skip-done' -l 'skip-done' -d 'Leave out the songs that this journal of sg-mix says are done; none need be there yet.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'jsonl\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rF
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_positional "sg-lyrics" -ge 1' -fa '(set -l exts \'jsonl\' \'txt\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" version' -l 'version' -d 'Show the version.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_positional "sg-lyrics" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-lyrics' -n '__sg-lyrics_should_offer_completions_for_flags_or_options "sg-lyrics help" version' -l 'version' -d 'Show the version.'
