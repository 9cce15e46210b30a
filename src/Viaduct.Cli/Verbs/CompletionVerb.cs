using System.CommandLine;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct completion</c>: a script for the shell, which asks viaduct itself at every tab.</summary>
internal static class CompletionVerb
{
    // Bash parts words at = and : (COMP_WORDBREAKS) and replaces the last part only, and what is between quotes is quoted already
    // (bash-completion, __ltrim_colon_completions). So the word is found here, and viaduct is asked for all that may stand in its place.
    private const string Bash = """
        _viaduct() {
            local line=${COMP_LINE:0:COMP_POINT} word= quote= begin=0 i c
            for ((i = 0; i < ${#line}; i++)); do
                c=${line:i:1}
                if [[ -n $quote ]]; then
                    if [[ $c == "$quote" ]]; then quote=; else word+=$c; fi
                elif [[ $c == '"' || $c == "'" ]]; then quote=$c
                elif [[ $c == '\' ]]; then word+=${line:$((++i)):1}
                elif [[ $c == [[:space:]] ]]; then word= begin=$((i + 1))
                else word+=$c
                fi
            done
            line=${line:0:begin}
            if [[ $word == --*=* ]]; then line+="${word%%=*} " word=${word#*=}; fi
            COMPREPLY=()
            while IFS= read -r c; do
                [[ -n $c && $c == "$word"* ]] || continue
                if [[ -z $quote ]]; then
                    if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then c=${c#"${word%"${word##*:}"}"}; fi
                    c=$(printf %q "$c")
                fi
                COMPREPLY+=("$c")
            done < <(viaduct "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _viaduct viaduct

        """;

    private const string Zsh = """
        #compdef viaduct
        _viaduct() {
            local -a found
            found=(${(f)"$(viaduct "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
            if (( ${#found} )); then compadd -a found; else _files; fi
        }
        compdef _viaduct viaduct

        """;

    private const string Fish = """
        complete -c viaduct -a '(viaduct "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2>/dev/null)'

        """;

    public static Command Make(Caller caller)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        return new Verb("completion", "Print a script that completes words in a shell.",
            "source <(viaduct completion bash)", "viaduct completion zsh > \"${fpath[1]}/_viaduct\"", "viaduct completion fish > ~/.config/fish/completions/viaduct.fish")
            { shell }.Does(caller, parse =>
        {
            caller.Text.Write(parse.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return ExitCode.Done;
        });
    }
}
