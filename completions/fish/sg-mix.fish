function __sg-mix_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-mix_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-mix_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-mix_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-mix_parse_tokens -S
    set -l unparsed_tokens (__sg-mix_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-mix'
        __sg-mix_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'gain=+' 'pan=+' 'width=+' 'use=' 'loudness=' 'true-peak=' 'fade-in=' 'fade-out=' 'rate=' 'o/output=' 'format=' 'bits=' 'keep-stems' 'stem-suffix=+' 'skip-existing' 'journal=' 'title=' 'artist=' 'comment=' 'json' 'force' 'max-seconds=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __sg-mix_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-mix_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-mix_parse_subcommand -S -a positional_count
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

function __sg-mix_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-mix_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-mix_tokens -p)
    if test -z "$(__sg-mix_tokens -t)"
        set -l index (count (__sg-mix_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-mix' -f
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix"' -l 'gain' -d 'Gain of a stem in dB, -inf mutes it; repeatable.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix"' -l 'pan' -d 'Place of a stem from -1 (left) to 1 (right); repeatable.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix"' -l 'width' -d 'Stereo width of a stem, 0 (mono) to 2; repeatable.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" use' -l 'use' -d 'Mix \'stems\', or take the decoder\'s own mix, \'mixed\' (default: stems if both are there).' -rfka 'stems mixed'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" loudness' -l 'loudness' -d 'Integrated loudness in LUFS (EBU R128), or off.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" true-peak' -l 'true-peak' -d 'Highest true peak in dBTP, or off.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" fade-in' -l 'fade-in' -d 'Fade in over this time.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" fade-out' -l 'fade-out' -d 'Fade out over this time.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" rate' -l 'rate' -d 'Sample rate in Hz (default: that of the stems).' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" o output' -l 'output' -s 'o' -d 'One song to FILE, each song to a file in DIR/, or - for AU (default: -).' -rF
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" format' -l 'format' -d 'File format (default: that of the extension; flac in a directory).' -rfka 'wav flac ogg opus mp3'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" bits' -l 'bits' -d 'Bits of a sample: 16 or 24, for wav also 32, floating point (default: 24).' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" keep-stems' -l 'keep-stems' -d 'Write each stem beside the song too, as decoded: NAME.vocal.wav and so on.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix"' -l 'stem-suffix' -d 'Write a stem beside the song too, under its name and this suffix, in the format of its extension; repeatable.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" skip-existing' -l 'skip-existing' -d 'Leave songs alone whose file is there already.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" journal' -l 'journal' -d 'Note in FILE what became of each song, so that sg-lyrics --skip-done leaves out what is done.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'jsonl\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" title' -l 'title' -d 'Title in the file (default: the song\'s id).' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" artist' -l 'artist' -d 'Artist in the file.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" comment' -l 'comment' -d 'Comment in the file, before seed and model, which are always told.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" json' -l 'json' -d 'Print the JSON lines on a terminal too.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_positional "sg-mix" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" version' -l 'version' -d 'Show the version.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_positional "sg-mix" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-mix' -n '__sg-mix_should_offer_completions_for_flags_or_options "sg-mix help" version' -l 'version' -d 'Show the version.'
