function __sg-encode_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-encode_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-encode_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-encode_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-encode_parse_tokens -S
    set -l unparsed_tokens (__sg-encode_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-encode'
        __sg-encode_parse_subcommand -r 1 'q/quiet' 'v/verbose' 'progress=' 'model=' 'start=' 'seconds=' 'vocal=' 'accompaniment=' 'shift=' 'seed=' 'latents' 'no-latents' 'reference-quirks' 'threads=' 'reproducible' 'dry-run' 'max-mem=' 'force' 'max-seconds=' 'song' 'separate-only' 'attach' 'audio-root=' 'library=' 'type=' 'language=' 'o/output=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __sg-encode_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-encode_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-encode_parse_subcommand -S -a positional_count
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

function __sg-encode_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-encode_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-encode_tokens -p)
    if test -z "$(__sg-encode_tokens -t)"
        set -l index (count (__sg-encode_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-encode' -f
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" model' -l 'model' -d 'The model: a name or a directory (default: the embedded toy model).' -rfa '(__sg-encode_complete_directories)'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" start' -l 'start' -d 'Where the excerpt begins (default: 0).' -rfka ''
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" seconds' -l 'seconds' -d 'Its length, or all (default: 10).' -rfka ''
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" vocal' -l 'vocal' -d 'The vocal, as a recording of its own.' -rF
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" accompaniment' -l 'accompaniment' -d 'The accompaniment, as a recording of its own.' -rF
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" shift' -l 'shift' -d 'Shift of the separation in samples, 0 to 22050 (default: from the seed).' -rfka ''
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" seed' -l 'seed' -d 'Seed of the shift, the latents, and the choice from a library (default: 0; of the choice: the song\'s).' -rfka ''
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" latents' -l 'latents' -d 'Make latents that seed the decoder (default: up to 10 seconds).'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" no-latents' -l 'no-latents' -d 'Make latents that seed the decoder (default: up to 10 seconds).'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" reference-quirks' -l 'reference-quirks' -d 'Repeat oversights of the reference, to compare with it.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" reproducible' -l 'reproducible' -d 'The same bytes on all processors with AVX2 (default: on this one).'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" dry-run' -l 'dry-run' -d 'Print the estimated seconds and bytes of each song; make none.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" max-mem' -l 'max-mem' -d 'Refuse songs that would take more memory than this, such as 4G.' -rfka ''
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" song' -l 'song' -d 'Write songs of tokens, to be decoded or edited, not prompts.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" separate-only' -l 'separate-only' -d 'Write vocal and accompaniment as stems for sg-mix, not tokens.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" attach' -l 'attach' -d 'Read requests, and give each song the prompt that it asks for.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" audio-root' -l 'audio-root' -d 'Directory beneath which --attach opens the recordings that requests name.' -rfa '(__sg-encode_complete_directories)'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" library' -l 'library' -d 'Prompts by style: a directory, or for --attach also the reference\'s table.' -rF
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" type' -l 'type' -d 'Keep what is encoded in --library as this style.' -rfka ''
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" language' -l 'language' -d 'Of the lyrics that it is kept for, en or zh (default: any).' -rfka 'en zh'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_positional "sg-encode" -ge 1' -F
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" version' -l 'version' -d 'Show the version.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_positional "sg-encode" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-encode' -n '__sg-encode_should_offer_completions_for_flags_or_options "sg-encode help" version' -l 'version' -d 'Show the version.'
