function __sg-inspect_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-inspect_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-inspect_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-inspect_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-inspect_parse_tokens -S
    set -l unparsed_tokens (__sg-inspect_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-inspect'
        __sg-inspect_parse_subcommand -r 1 'q/quiet' 'v/verbose' 'progress=' 'force' 'max-seconds=' 'json' 'tsv' 'check' 'recover' 'npy=' 'from-npy=' 'png=' 'song=' 'id=' 'vocab=' 'o/output=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __sg-inspect_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-inspect_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-inspect_parse_subcommand -S -a positional_count
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

function __sg-inspect_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-inspect_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-inspect_tokens -p)
    if test -z "$(__sg-inspect_tokens -t)"
        set -l index (count (__sg-inspect_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-inspect' -f
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" json' -l 'json' -d 'Print a JSON object per song.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" tsv' -l 'tsv' -d 'Print the tokens of a song as a table.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" check' -l 'check' -d 'Print nothing; the exit code says whether all is well.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" recover' -l 'recover' -d 'Write the whole songs of damaged streams.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" npy' -l 'npy' -d 'Write a song\'s tokens as a NumPy array, int32 [3, T].' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'npy\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" from-npy' -l 'from-npy' -d 'Make a tokens stream of a NumPy array, [3, T] or [1, 3, T].' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'npy\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" png' -l 'png' -d 'Draw a song: its token rows, or level and spectrogram of its stems or of an audio file.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'png\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" song' -l 'song' -d 'Only the song with this number, counted from 1.' -rfka ''
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" id' -l 'id' -d 'The id of the song that --from-npy makes (default: the file\'s name).' -rfka ''
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" vocab' -l 'vocab' -d 'Tokens that --from-npy reads are below this (default: 16384).' -rfka ''
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" o output' -l 'output' -s 'o' -d 'Where --recover and --from-npy write (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_positional "sg-inspect" -ge 1' -F
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" version' -l 'version' -d 'Show the version.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_positional "sg-inspect" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-inspect' -n '__sg-inspect_should_offer_completions_for_flags_or_options "sg-inspect help" version' -l 'version' -d 'Show the version.'
