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
            __sg-train_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'kind=' 'n/count=' 'seed=' 'held-out' 'threads=' 'force' 'model=' 'o/output=' 'version' 'h/help'
        case 'codec'
            __sg-train_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'o/output=' 'n/count=' 'seed=' 'codes=' 'vocal-gain=' 'check=' 'threads=' 'version' 'h/help'
        case 'pretrain'
            __sg-train_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'config=' 'model=' 'data=+' 'steps=' 'seed=' 'o/output=' 'resume' 'threads=' 'version' 'h/help'
        case 'extend'
            __sg-train_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'config=' 'model=' 'data=+' 'steps=' 'seed=' 'o/output=' 'resume' 'threads=' 'from=' 'version' 'h/help'
        case 'prefer'
            __sg-train_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'model=' 'force' 'max-seconds=' 'set=' 'margin=' 'pairs=' 'statistics=' 'o/output=' 'version' 'h/help'
        case 'align'
            __sg-train_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'config=' 'model=' 'data=+' 'steps=' 'seed=' 'o/output=' 'resume' 'threads=' 'from=' 'version' 'h/help'
        case 'merge'
            __sg-train_parse_subcommand -r 1 'q/quiet' 'v/verbose' 'progress=' 'base=' 'o/output=' 'form=' 'version' 'h/help'
        case 'export'
            __sg-train_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'o/output=' 'form=' 'version' 'h/help'
        case 'eval'
            __sg-train_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'model=' 'force' 'max-seconds=' 'statistics=' 'json' 'version' 'h/help'
        case 'statistics'
            __sg-train_parse_subcommand 1 'q/quiet' 'v/verbose' 'progress=' 'model=' 'force' 'max-seconds=' 'o/output=' 'version' 'h/help'
        case 'plot'
            __sg-train_parse_subcommand -r 1 'q/quiet' 'v/verbose' 'progress=' 'o/output=' 'loss=+' 'version' 'h/help'
        case 'toy'
            __sg-train_parse_subcommand 0 'q/quiet' 'v/verbose' 'progress=' 'o/output=' 'version' 'h/help'
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
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'codec' -d 'Fit a codec to songs made from a seed.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'pretrain' -d 'Stage 1: train T1 on mixed tokens.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'extend' -d 'Stage 2: train T2 on the dual-track tokens.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'prefer' -d 'Choose pairs of a better and a worse song.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'align' -d 'Stage 3: direct preference optimisation.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'merge' -d 'Interpolate what several runs have learnt.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'export' -d 'Write what a run has learnt as a model\'s language model.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'eval' -d 'Measure how songs of tokens follow their requests.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'statistics' -d 'Count which token stands for what.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'plot' -d 'Draw the losses of runs against their steps.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'toy' -d 'Begin the model directory of the toy.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" kind' -l 'kind' -d 'What is made: words or lines, with a number behind a colon, short or song.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" count n' -s 'n' -l 'count' -d 'How many.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" seed' -l 'seed' -d 'Seed of the first; each has the next number.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" held-out' -l 'held-out' -d 'Use the words that are kept back for evaluation, and no others.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" model' -l 'model' -d 'Write the tokens that the codec of this model makes of the songs (default: no tokens).' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" o output' -l 'output' -s 'o' -d 'With --model the file to write (default: standard output), else a folder for stems, requests and labels (default: requests only, to standard output).' -rF
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train corpus" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" o output' -l 'output' -s 'o' -d 'The model directory.' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" count n' -s 'n' -l 'count' -d 'Songs to fit to.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" seed' -l 'seed' -d 'Seed of the first; each has the next number.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" codes' -l 'codes' -d 'Codes of each row.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" vocal-gain' -l 'vocal-gain' -d 'What the vocal is multiplied with for the mixed row.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" check' -l 'check' -d 'Measure on so many songs of words that are kept back; prints a line of JSON.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train codec" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" config' -l 'config' -d 'A file of settings (sg-train(1) has the keys).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" model' -l 'model' -d 'The model directory to begin from (default: the embedded toy model).' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain"' -l 'data' -d 'Songs of tokens to learn from; a kind may stand before the file. Can be repeated.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" steps' -l 'steps' -d 'How many steps.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" seed' -l 'seed' -d 'Seed of all draws.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" o output' -l 'output' -s 'o' -d 'The run\'s folder.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" resume' -l 'resume' -d 'Go on with the run in that folder.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train pretrain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" config' -l 'config' -d 'A file of settings (sg-train(1) has the keys).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" model' -l 'model' -d 'The model directory to begin from (default: the embedded toy model).' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend"' -l 'data' -d 'Songs of tokens to learn from; a kind may stand before the file. Can be repeated.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" steps' -l 'steps' -d 'How many steps.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" seed' -l 'seed' -d 'Seed of all draws.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" o output' -l 'output' -s 'o' -d 'The run\'s folder.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" resume' -l 'resume' -d 'Go on with the run in that folder.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" from' -l 'from' -d 'A run of stage 1 to begin from.' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train extend" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" model' -l 'model' -d 'The model: a name or a directory (default: the embedded toy model).' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" set' -l 'set' -d 'What the better song is better at: lyrics (S1), prompt (S2) or musicality (S3).' -rfka 'lyrics prompt musicality'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" margin' -l 'margin' -d 'By how much, from 0 to 1 (default: 0.2, 0.25, 0.05).' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" pairs' -l 'pairs' -d 'Most pairs of a request.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" statistics' -l 'statistics' -d 'Token statistics in the place of the model\'s.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'safetensors\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" o output' -l 'output' -s 'o' -d 'Write to a file (default: standard output).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train prefer" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train prefer" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" config' -l 'config' -d 'A file of settings (sg-train(1) has the keys).' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" model' -l 'model' -d 'The model directory to begin from (default: the embedded toy model).' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align"' -l 'data' -d 'Songs of tokens to learn from; a kind may stand before the file. Can be repeated.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" steps' -l 'steps' -d 'How many steps.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" seed' -l 'seed' -d 'Seed of all draws.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" o output' -l 'output' -s 'o' -d 'The run\'s folder.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" resume' -l 'resume' -d 'Go on with the run in that folder.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" threads' -l 'threads' -d 'Threads to compute with (default: all).' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" from' -l 'from' -d 'A run to begin from.' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train align" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train merge" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train merge" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train merge" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train merge" base' -l 'base' -d 'The run that the others began from.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train merge" o output' -l 'output' -s 'o' -d 'The file.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train merge" form' -l 'form' -d 'How numbers are written: f32, f16 or q8.' -rfka 'f32 f16 q8'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train merge" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train merge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train export" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train export" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train export" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train export" o output' -l 'output' -s 'o' -d 'The file.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train export" form' -l 'form' -d 'How numbers are written: f32, f16 or q8.' -rfka 'f32 f16 q8'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train export" -eq 1' -fa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train export" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" model' -l 'model' -d 'The model: a name or a directory (default: the embedded toy model).' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" statistics' -l 'statistics' -d 'Token statistics in the place of the model\'s.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'safetensors\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" json' -l 'json' -d 'Print everything that is measured of each song, as JSON.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train eval" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train eval" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" model' -l 'model' -d 'The model: a name or a directory (default: the embedded toy model).' -rfa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" force' -l 'force' -d 'Read binary data from a terminal, or write it to one.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" max-seconds' -l 'max-seconds' -d 'Refuse songs longer than this.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" o output' -l 'output' -s 'o' -d 'The file.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'safetensors\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train statistics" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'sgs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train statistics" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train plot" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train plot" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train plot" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train plot" o output' -l 'output' -s 'o' -d 'The picture.' -rfa '(set -l exts \'png\' \'svg\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train plot"' -l 'loss' -d 'Draw this loss only. Can be repeated. (default: all)' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_positional "sg-train plot" -ge 1' -fa '(__sg-train_complete_directories)'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train plot" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train plot" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train toy" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train toy" v verbose' -l 'verbose' -s 'v' -d 'Print what is done on the way.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train toy" progress' -l 'progress' -d 'How progress is shown on standard error.' -rfka 'auto plain json none'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train toy" o output' -l 'output' -s 'o' -d 'The directory to make.' -rfka ''
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train toy" version' -l 'version' -d 'Show the version.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train toy" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sg-train' -n '__sg-train_should_offer_completions_for_flags_or_options "sg-train help" version' -l 'version' -d 'Show the version.'
