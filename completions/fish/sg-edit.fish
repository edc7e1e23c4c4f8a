function __sg-edit_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-edit_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-edit_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-edit_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-edit_parse_tokens -S
    set -l unparsed_tokens (__sg-edit_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-edit'
        __sg-edit_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'cut'
            __sg-edit_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'force' 'max-seconds=' 'o/output=' 'start=' 'end=' 'length=' 'no-prompt' 'version' 'h/help'
        case 'join'
            __sg-edit_parse_subcommand -r 1 'q/quiet' 'v/verbose' 'progress=' 'force' 'max-seconds=' 'o/output=' 'version' 'h/help'
        case 'loop'
            __sg-edit_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'force' 'max-seconds=' 'o/output=' 'start=' 'end=' 'length=' 'times=' 'version' 'h/help'
        case 'cross'
            __sg-edit_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'force' 'max-seconds=' 'o/output=' 'vocal=' 'accompaniment=' 'mixed=' 'version' 'h/help'
        case 'prompt'
            __sg-edit_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'force' 'max-seconds=' 'o/output=' 'start=' 'end=' 'length=' 'version' 'h/help'
        case 'song'
            __sg-edit_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'force' 'max-seconds=' 'o/output=' 'version' 'h/help'
        case 'help'
            __sg-edit_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-edit_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-edit_parse_subcommand -S -a positional_count
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

function __sg-edit_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-edit_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-edit_tokens -p)
    if test -z "$(__sg-edit_tokens -t)"
        set -l index (count (__sg-edit_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-edit' -f
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit" version' -l 'version' -d 'Show the version.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit" -eq 1' -fa 'cut' -d 'Keep a part of each song.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit" -eq 1' -fa 'join' -d 'Make one song of all songs, one after another.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit" -eq 1' -fa 'loop' -d 'Play a part of each song several times.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit" -eq 1' -fa 'cross' -d 'Put the vocal of one song over the accompaniment of another.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit" -eq 1' -fa 'prompt' -d 'Make a prompt of a part of each song, for sg-lm --prompt.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit" -eq 1' -fa 'song' -d 'Make a song of the tokens of a prompt, to hear or edit it.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" start' -l 'start' -d 'Where the part begins (default: 0).' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" end' -l 'end' -d 'Where it ends (default: with the song).' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" length' -l 'length' -d 'How long it is, in place of --end.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" no-prompt' -l 'no-prompt' -d 'Leave the prompt tracks out.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit cut" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" version' -l 'version' -d 'Show the version.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cut" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit join" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit join" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit join" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit join" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit join" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit join" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit join" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit join" version' -l 'version' -d 'Show the version.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit join" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" start' -l 'start' -d 'Where the part begins (default: 0).' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" end' -l 'end' -d 'Where it ends (default: with the song).' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" length' -l 'length' -d 'How long it is, in place of --end.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" times' -l 'times' -d 'How many times the part is played.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit loop" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" version' -l 'version' -d 'Show the version.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit loop" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" vocal' -l 'vocal' -d 'The songs whose vocals are taken; - is standard input.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" accompaniment' -l 'accompaniment' -d 'The songs whose accompaniments are taken.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" mixed' -l 'mixed' -d 'Whose mixed row is kept.' -rfka 'vocal accompaniment none'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" version' -l 'version' -d 'Show the version.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit cross" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" start' -l 'start' -d 'Where the part begins (default: 0).' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" end' -l 'end' -d 'Where it ends (default: with the song).' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" length' -l 'length' -d 'How long it is, in place of --end.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit prompt" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" version' -l 'version' -d 'Show the version.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit prompt" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit song" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit song" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit song" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit song" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit song" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit song" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_positional "sg-edit song" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit song" version' -l 'version' -d 'Show the version.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit song" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-edit' -n '__sg-edit_should_offer_completions_for_flags_or_options "sg-edit help" version' -l 'version' -d 'Show the version.'
