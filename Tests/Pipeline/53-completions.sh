# The completions are those that the tools generate, and bash can load its own.

tools=(sg-lyrics sg-encode sg-lm sg-decode sg-mix sg-edit sg-inspect sg-eval sg-model sg-train)
here=$REPO/completions
for tool in "${tools[@]}"; do
  "$tool" --generate-completion-script bash | cmp - "$here/bash/$tool" || fail "make completions"
  "$tool" --generate-completion-script zsh | cmp - "$here/zsh/_$tool" || fail "make completions"
  "$tool" --generate-completion-script fish | cmp - "$here/fish/$tool.fish" || fail "make completions"

  ok "bash --norc --noprofile -euc 'source $here/bash/$tool; complete -p $tool'"
  is_quiet
  contains "$OUT" "complete"
done
same "$(find "$here" -type f | wc -l)" $((3 * ${#tools[@]}))

# What bash offers: the long options, and the choices of a value.
offers() {
  bash --norc --noprofile -c '
    source "$1"
    COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2)) COMP_LINE="${*:2}"
    COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMP_KEY=9
    eval "$(complete -p "$2" | sed "s/.*-F \([^ ]*\).*/\1/") \"$2\" \"${@: -1}\" \"${*: -2:1}\""
    printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
offers "$here/bash/sg-lm" sg-lm --se > offered
contains offered --seed
offers "$here/bash/sg-lm" sg-lm --progress '' > offered
contains offered json
