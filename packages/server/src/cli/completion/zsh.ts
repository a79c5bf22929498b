import type { CommandNode } from './command-tree.ts';
import { quote, serverFlags, valueCases } from './shell-words.ts';

/** For zsh with its completion system (`compinit`); as a file of `fpath`, or sourced. */
export function zshScript(tree: readonly CommandNode[]): string {
  const children = tree
    .filter((node) => node.children.length > 0)
    .map((node) => `    ${quote(node.path)}) children=(${node.children.map(described).join(' ')}) ;;`);
  const options = tree.map((node) => {
    const all = node.options.flatMap(({ flags, description }) => flags.map((name) => ({ name, description })));
    return `    ${quote(node.path)}) options=(${all.map(described).join(' ')}) ;;`;
  });
  return `#compdef holdpoint
# Completion of holdpoint for zsh, made by "holdpoint completion zsh".

_holdpoint_children() {
  children=()
  case "$1" in
${children.join('\n')}
  esac
}

_holdpoint_options() {
  options=()
  case "$1" in
${options.join('\n')}
  esac
}

# What follows an option, or stands in a place, of a command.
_holdpoint_value() {
  value=''
  case "$1 $2" in
${valueCases(tree)}
  esac
}

${functionBody}
if [[ "\${funcstack[1]}" == _holdpoint ]]; then
  _holdpoint "$@"
else
  compdef _holdpoint holdpoint
fi
`;
}

/** A word and what it means, in the form of \`_describe\`. */
const described = ({ name, description }: { name: string; description: string }): string =>
  quote(`${name.replaceAll(':', '\\:')}:${description.replaceAll('\n', ' ')}`);

const functionBody = `_holdpoint() {
  local -a children options server names
  local cpath='' value='' word count=0 i=2
  local program="\${\${(Q)words[1]}/#\\~\\//$HOME/}"
  while (( i < CURRENT )); do
    word="\${words[i]}"
    value=''
    case "$word" in
      --*=*) ;;
      -*)
        _holdpoint_value "$cpath" "$word"
        if [[ -n "$value" ]]; then
          (( i += 1 ))
          (( i == CURRENT )) && break
          case "$word" in
            ${serverFlags.join('|')}) server+=("$word" "\${(Q)words[i]}") ;;
          esac
        fi
        ;;
      *)
        _holdpoint_children "$cpath"
        if (( \${children[(I)$word:*]} )); then
          cpath="\${cpath:+$cpath }$word"
        else
          (( count += 1 ))
        fi
        ;;
    esac
    value=''
    (( i += 1 ))
  done

  if [[ -z "$value" ]]; then
    _holdpoint_children "$cpath"
    if [[ "$PREFIX" == --*=* ]]; then
      _holdpoint_value "$cpath" "\${PREFIX%%=*}"
      compset -P '*='
    elif [[ "$PREFIX" == -* ]]; then
      _holdpoint_options "$cpath"
      _describe -o 'option' options
      return
    elif (( \${#children} && count == 0 )); then
      _describe 'command' children
      return
    else
      _holdpoint_value "$cpath" "$((count + 1))"
    fi
  fi

  case "$value" in
    file) _files ;;
    folder) _files -/ ;;
    words\\ *) compadd -- \${(s: :)value#words } ;;
    names\\ *)
      names=(\${(f)"$(_call_program names "\${(q)program}" __complete "\${value#names }" "\${(q)server[@]}" 2>/dev/null)"})
      compadd -- $names
      ;;
  esac
}
`;
