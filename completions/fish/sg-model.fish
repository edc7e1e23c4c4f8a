function __sg-model_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-model_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sg-model_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sg-model_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sg-model_parse_tokens -S
    set -l unparsed_tokens (__sg-model_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sg-model'
        __sg-model_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'import'
            __sg-model_parse_subcommand -r 1 'q/quiet' 'v/verbose' 'progress=' 'quantize=' 'threads=' 'o/output=' 'only=' 'request-version=' 'name=' 'keep-unused' 'json' 'dry-run' 'version' 'h/help'
        case 'convert'
            __sg-model_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'quantize=' 'threads=' 'o/output=' 'to=' 'json' 'version' 'h/help'
        case 'fake'
            __sg-model_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'like=' 'o/output=' 'format=' 'only=' 'seed=' 'version' 'h/help'
        case 'info'
            __sg-model_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'json' 'version' 'h/help'
        case 'verify'
            __sg-model_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'version' 'h/help'
        case 'list'
            __sg-model_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'json' 'version' 'h/help'
        case 'path'
            __sg-model_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'version' 'h/help'
        case 'help'
            __sg-model_parse_subcommand -r 1 'version'
        end
    end
end

function __sg-model_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sg-model_parse_subcommand -S -a positional_count
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

function __sg-model_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sg-model_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sg-model_tokens -p)
    if test -z "$(__sg-model_tokens -t)"
        set -l index (count (__sg-model_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sg-model' -f
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model" version' -l 'version' -d 'Show the version.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model" -eq 1' -fa 'import' -d 'Make a model directory of the official download, or of GGUF files.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model" -eq 1' -fa 'convert' -d 'Write a model again, in another form.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model" -eq 1' -fa 'fake' -d 'Make a model of random weights.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model" -eq 1' -fa 'info' -d 'Tell what a model holds and where it comes from.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model" -eq 1' -fa 'verify' -d 'Check the files of a model: digests, headers, shapes, finite numbers.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model" -eq 1' -fa 'list' -d 'List the models that are found by name, and downloads.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model" -eq 1' -fa 'path' -d 'Print the directory of a model.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" quantize' -l 'quantize' -d 'Forms of parts, such as lm=q8,flow=bf16,vae=f32.' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" o output' -l 'output' -s 'o' -d 'The model directory to make.' -rfa '(__sg-model_complete_directories)'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" only' -l 'only' -d 'Parts to import, of lm, codec, codec-mixed, vae, separator, auto-prompts (default: all).' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" request-version' -l 'request-version' -d 'How requests are worded, v1 or v2 (default: told by the files).' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" name' -l 'name' -d 'What to call the model (default: the directory\'s name).' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" keep-unused' -l 'keep-unused' -d 'Keep the tensors that no tool here uses.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" json' -l 'json' -d 'Print what --quantize took from each tensor as JSON, on standard output.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" dry-run' -l 'dry-run' -d 'Check everything and write nothing.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model import" -ge 1' -fa '(__sg-model_complete_directories)'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" version' -l 'version' -d 'Show the version.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" quantize' -l 'quantize' -d 'Forms of parts, such as lm=q8,flow=bf16,vae=f32.' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" o output' -l 'output' -s 'o' -d 'The directory to make.' -rfa '(__sg-model_complete_directories)'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" to' -l 'to' -d 'What the files are.' -rfka 'safetensors gguf'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" json' -l 'json' -d 'Print what each tensor lost as JSON, on standard output.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_positional "sg-model convert" -eq 1' -fa '(__sg-model_complete_directories)'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" version' -l 'version' -d 'Show the version.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model convert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" like' -l 'like' -d 'The model whose sizes it has.' -rfka 'base base-new base-full large v2-medium v2-large tiny'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" o output' -l 'output' -s 'o' -d 'The directory to make.' -rfa '(__sg-model_complete_directories)'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" format' -l 'format' -d 'How tensors are put down: as the official download has them, or all in one way.' -rfka 'torch safetensors gguf'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" only' -l 'only' -d 'Parts to make, of lm, codec, vae, separator, tokenizer (default: all).' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" seed' -l 'seed' -d 'Seed of the numbers.' -rfka ''
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" version' -l 'version' -d 'Show the version.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model fake" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model info" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model info" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model info" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model info" json' -l 'json' -d 'Print a JSON object.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model info" version' -l 'version' -d 'Show the version.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model info" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model verify" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model verify" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model verify" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model verify" version' -l 'version' -d 'Show the version.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model list" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model list" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model list" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model list" json' -l 'json' -d 'Print a JSON object per model.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model list" version' -l 'version' -d 'Show the version.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model path" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model path" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model path" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model path" version' -l 'version' -d 'Show the version.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model path" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-model' -n '__sg-model_should_offer_completions_for_flags_or_options "sg-model help" version' -l 'version' -d 'Show the version.'
