using System.CommandLine;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct completion</c>: a script for the shell, which asks viaduct itself at every tab.</summary>
internal static class CompletionVerb
{
    private const string Bash = """
        _viaduct() {
            local IFS=$'\n' i
            COMPREPLY=($(viaduct "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null))
            for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]=$(printf %q "${COMPREPLY[i]}"); done
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
