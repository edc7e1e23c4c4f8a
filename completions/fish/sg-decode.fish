function __sg-decode_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-decode_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-decode_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-decode_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-decode_parse_tokens -S
    set -l unparsed_tokens (__sg-decode_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-decode'
        __sg-decode_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'model=' 'seed=' 'stems=' 'split=' 'steps=' 'cfg=' 'precision=' 'window=' 'join=' 'stop-at=' 'noise=' 'threads=' 'reproducible' 'dry-run' 'max-mem=' 'force' 'max-seconds=' 'o/output=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __sg-decode_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-decode_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-decode_parse_subcommand -S -a positional_count
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

function __sg-decode_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-decode_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-decode_tokens -p)
    if test -z "$(__sg-decode_tokens -t)"
        set -l index (count (__sg-decode_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-decode' -f
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" model' -l 'model' -d 'The model: a name or a directory (default: the embedded toy model).' -rfa '(__sg-decode_complete_directories)'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" seed' -l 'seed' -d 'Seed of all random numbers (default: drawn).' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" stems' -l 'stems' -d 'Stems to write, parted by commas: vocal, accompaniment, mixed (default: what the request is for, else vocal,accompaniment).' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" split' -l 'split' -d 'Where stems come from.' -rfka 'residual independent'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" steps' -l 'steps' -d 'Euler steps of the flow (default: the model\'s).' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" cfg' -l 'cfg' -d 'Guidance of the flow, 1 is none (default: the model\'s).' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" precision' -l 'precision' -d 'What the networks compute in: f32, int16 or int8, or by parts: flow=int8,vae=int16 (default: int16).' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" window' -l 'window' -d 'Frames of a window, 25 a second, or fit: as 1000, but no longer than the song (default: 1000).' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" join' -l 'join' -d 'How windows become one waveform (default: crossfade with an f32 VAE, else stream).' -rfka 'stream crossfade'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" stop-at' -l 'stop-at' -d 'Stop early and write latents.' -rfka 'latents'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" noise' -l 'noise' -d 'Start from the tensors \'noise.0\', \'noise.1\', … instead of the seed.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'safetensors\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" reproducible' -l 'reproducible' -d 'The same bytes on all processors with AVX2 (default: on this one).'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" dry-run' -l 'dry-run' -d 'Print the estimated seconds and bytes of each song; make none.'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" max-mem' -l 'max-mem' -d 'Refuse songs that would take more memory than this, such as 4G.' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rF
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_positional "sg-decode" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" version' -l 'version' -d 'Show the version.'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_positional "sg-decode" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-decode' -n '__sg-decode_should_offer_completions_for_flags_or_options "sg-decode help" version' -l 'version' -d 'Show the version.'
