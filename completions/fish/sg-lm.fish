function __sg-lm_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-lm_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-lm_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-lm_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-lm_parse_tokens -S
    set -l unparsed_tokens (__sg-lm_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-lm'
        __sg-lm_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'model=' 'seed=' 'temp=' 'top-k=' 'top-p=' 'cfg=' 'penalty' 'no-penalty' 'penalty-window=' 'greedy' 'threads=' 'reproducible' 'dry-run' 'max-mem=' 'force' 'max-seconds=' 'duration=' 'n/candidates=' 'prompt=' 'continue=' 'uniforms=' 'request-version=' 'precision=' 'o/output=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __sg-lm_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-lm_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-lm_parse_subcommand -S -a positional_count
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

function __sg-lm_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-lm_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-lm_tokens -p)
    if test -z "$(__sg-lm_tokens -t)"
        set -l index (count (__sg-lm_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-lm' -f
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" model' -l 'model' -d 'The model: a name or a directory (default: the embedded toy model).' -rfa '(__sg-lm_complete_directories)'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" seed' -l 'seed' -d 'Seed of all random numbers (default: drawn).' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" temp' -l 'temp' -d 'Sampling temperature; 0 is greedy.' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" top-k' -l 'top-k' -d 'Draw mixed tokens from the k likeliest; 0 is off.' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" top-p' -l 'top-p' -d 'Draw from the likeliest tokens that sum to p, all rows; 0 is off.' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" cfg' -l 'cfg' -d 'Classifier-free guidance coefficient.' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" penalty' -l 'penalty' -d 'Penalise tokens of the last columns.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" no-penalty' -l 'no-penalty' -d 'Penalise tokens of the last columns.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" penalty-window' -l 'penalty-window' -d 'How many columns back the penalty looks.' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" greedy' -l 'greedy' -d 'Always take the likeliest token.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" reproducible' -l 'reproducible' -d 'The same bytes on all processors with AVX2 (default: on this one).'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" dry-run' -l 'dry-run' -d 'Print the estimated seconds and bytes of each song; make none.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" max-mem' -l 'max-mem' -d 'Refuse songs that would take more memory than this, such as 4G.' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" duration' -l 'duration' -d 'Longest song in seconds (default: the model\'s).' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" candidates n' -s 'n' -l 'candidates' -d 'Songs of each request, ID.1, ID.2, …, of this seed and those after it (default: 1).' -rfka ''
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" prompt' -l 'prompt' -d 'An encoded reference whose prompt tokens every song gets.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" continue' -l 'continue' -d 'Go on with the songs of a token stream, which may be cut; - is standard input.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" uniforms' -l 'uniforms' -d 'Draw with the numbers of tensor \'uniforms\' instead of the seed.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'safetensors\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" request-version' -l 'request-version' -d 'How requests are worded, v1 or v2 (default: the model\'s).' -rfka 'v1 v2'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" precision' -l 'precision' -d 'Compute in f32 or int8 (default: int8 where weights are packed).' -rfka 'f32 int8'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rF
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_positional "sg-lm" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" version' -l 'version' -d 'Show the version.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_positional "sg-lm" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-lm' -n '__sg-lm_should_offer_completions_for_flags_or_options "sg-lm help" version' -l 'version' -d 'Show the version.'
