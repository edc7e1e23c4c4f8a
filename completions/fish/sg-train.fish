function __sg-train_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-train_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-train_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-train_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-train_parse_tokens -S
    set -l unparsed_tokens (__sg-train_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-train'
        __sg-train_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'corpus'
            __sg-train_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'kind=' 'n/count=' 'seed=' 'held-out' 'threads=' 'o/output=' 'version' 'h/help'
        case 'help'
            __sg-train_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-train_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-train_parse_subcommand -S -a positional_count
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

function __sg-train_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-train_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-train_tokens -p)
    if test -z "$(__sg-train_tokens -t)"
        set -l index (count (__sg-train_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-train' -f
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'corpus' -d 'Make songs from a seed.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" kind' -l 'kind' -d 'What is made: words or lines, with a number behind a colon, short or song.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" count n' -s 'n' -l 'count' -d 'How many.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" seed' -l 'seed' -d 'Seed of the first; each has the next number.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" held-out' -l 'held-out' -d 'Use the words that are kept back for evaluation, and no others.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" o output' -l 'output' -s 'o' -d 'Write stems, requests and labels to this folder (default: requests only, to standard output).' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train help" version' -l 'version' -d 'Show the version.'
