using System.Diagnostics;

namespace Viaduct.Cli.Tests;

/// <summary>The function that bash calls at every tab, called as bash calls it.</summary>
public sealed class CompletionTests
{
    private const string Bash = "/bin/bash";

    [Theory]
    [InlineData("viaduct pu", "push")]
    [InlineData("viaduct push --reg", "--registry")]
    // Bash parts words at colons and replaces the last part.
    [InlineData("viaduct simulate --nodes eks:1.33", "1.33")]
    [InlineData("viaduct simulate --nodes k3s-raspberry-pi:1.3", "1.30|1.31|1.32|1.33|1.34|1.35|1.36")]
    [InlineData("viaduct simulate --nodes=eks:1.33", "1.33")]
    [InlineData("viaduct simulate --nodes \"eks:1.33", "eks:1.33")]
    // Between quotes nothing is quoted again.
    [InlineData("viaduct select x --as \"containerd 1.7", "containerd 1.7")]
    [InlineData("viaduct select x --as 'containerd 1.7", "containerd 1.7")]
    [InlineData("viaduct select x --as containerd\\ 1.7", "containerd\\ 1.7")]
    [InlineData("viaduct select x --as=podm", "podman\\ 5")]
    [InlineData("viaduct select x --as=\"podm", "podman 5")]
    [InlineData("viaduct select \"x y\" --hos", "--host|--hosts-dir")]
    [InlineData("viaduct select x images/", "")]
    public async Task Bash_is_given_what_takes_the_place_of_the_word(string line, string words)
    {
        Assert.SkipUnless(File.Exists(Bash), "there is no bash");
        using var place = new Place();
        var start = new ProcessStartInfo(Bash, ["--norc", "-c", $$"""
            viaduct() { '{{Path.Combine(AppContext.BaseDirectory, "viaduct")}}' "$@"; }
            {{(await place.RunAsync("completion", "bash")).Output}}
            COMP_WORDBREAKS=$' \t\n"\'><=;|&(:' COMP_LINE=$1 COMP_POINT=${#1}
            COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _viaduct
            IFS='|'; echo "${COMPREPLY[*]}"
            """, "bash", line]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        var error = bash.StandardError.ReadToEndAsync();
        Assert.Equal(words + "\n", await bash.StandardOutput.ReadToEndAsync());
        Assert.Equal("", await error);
    }
}
