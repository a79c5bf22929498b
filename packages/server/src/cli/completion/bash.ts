import type { CommandNode } from './command-tree.ts';
import { quote, serverFlags, valueCases } from './shell-words.ts';

/** For bash from 3.2 on, with or without the package bash-completion. */
export function bashScript(tree: readonly CommandNode[]): string {
  const children = tree
    .filter((node) => node.children.length > 0)
    .map((node) => `    ${quote(node.path)}) children=${quote(node.children.map(({ name }) => name).join(' '))} ;;`);
  const options = tree.map(
    (node) => `    ${quote(node.path)}) options=${quote(node.options.flatMap(({ flags }) => flags).join(' '))} ;;`,
  );
  return `# Completion of holdpoint for bash, made by "holdpoint completion bash".

_holdpoint_children() {
  children=''
  case "$1" in
${children.join('\n')}
  esac
}

_holdpoint_options() {
  options=''
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
complete -F _holdpoint holdpoint
`;
}

const functionBody = `_holdpoint() {
  local words=() server=() path='' value='' children='' options='' count=0 i=0 word last cur name joined=''
  local program="\${COMP_WORDS[0]}"
  case "$program" in '~/'*) program="$HOME/\${program#??}" ;; esac
  # Bash splits at = and :, which here are parts of words: --option=value becomes two, an ARN one.
  while [ "$i" -le "$COMP_CWORD" ]; do
    word="\${COMP_WORDS[$i]}"
    last=$((\${#words[@]} - 1))
    if [ "$word" = : ] || [ "$joined" = : ]; then
      [ "$last" -ge 0 ] && words[$last]="\${words[$last]}$word"
    elif [ "$word" = = ]; then
      [ "$i" -eq "$COMP_CWORD" ] && words+=('')
    else
      words+=("$word")
    fi
    joined="$word"
    i=$((i + 1))
  done
  last=$((\${#words[@]} - 1))
  cur="\${words[$last]}"

  i=1
  while [ "$i" -lt "$last" ]; do
    word="\${words[$i]}"
    value=''
    case "$word" in
      -*)
        _holdpoint_value "$path" "$word"
        if [ -n "$value" ]; then
          i=$((i + 1))
          [ "$i" -eq "$last" ] && break
          case "$word" in
            ${serverFlags.join('|')}) server+=("$word" "\${words[$i]}") ;;
          esac
        fi
        ;;
      *)
        _holdpoint_children "$path"
        case " $children " in
          *" $word "*) path="\${path:+$path }$word" ;;
          *) count=$((count + 1)) ;;
        esac
        ;;
    esac
    value=''
    i=$((i + 1))
  done

  if [ -z "$value" ]; then
    _holdpoint_children "$path"
    if [ "\${cur#-}" != "$cur" ]; then
      _holdpoint_options "$path"
      value="words $options"
    elif [ -n "$children" ] && [ "$count" -eq 0 ]; then
      value="words $children"
    else
      _holdpoint_value "$path" "$((count + 1))"
    fi
  fi

  COMPREPLY=()
  local IFS=$'\\n'
  case "$value" in
    file)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$cur"))
      ;;
    folder)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -d -- "$cur"))
      ;;
    words\\ *)
      IFS=' '
      for name in \${value#words }; do
        case "$name" in "$cur"*) COMPREPLY+=("$name") ;; esac
      done
      ;;
    names\\ *)
      for name in $("$program" __complete "\${value#names }" "\${server[@]}" 2>/dev/null); do
        case "$name" in "$cur"*) COMPREPLY+=("$name") ;; esac
      done
      ;;
  esac
}
`;
