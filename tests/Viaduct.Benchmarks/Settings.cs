namespace Viaduct.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings(string Case, int Rounds, string? Viaduct, int Mebibytes, int LayerMebibytes, IReadOnlyList<string> Rest)
{
    private const int DefaultRounds = 11;
    private const int DefaultMebibytes = 1024;
    private const int DefaultLayerMebibytes = 64;

    public static Settings Parse(IReadOnlyList<string> args)
    {
        var settings = new Settings("", DefaultRounds, Environment.GetEnvironmentVariable("VIADUCT_TEST_NATIVE") is { Length: > 0 } file ? file : null, DefaultMebibytes, DefaultLayerMebibytes, []);
        for (var i = 0; i < args.Count; i++)
            settings = args[i] switch
            {
                "--rounds" when i + 1 < args.Count && int.TryParse(args[++i], out var rounds) && rounds > 0 => settings with { Rounds = rounds },
                "--size" when i + 1 < args.Count && int.TryParse(args[++i], out var size) && size > 0 => settings with { Mebibytes = size },
                "--mib" when i + 1 < args.Count && int.TryParse(args[++i], out var size) && size > 0 => settings with { LayerMebibytes = size },
                "--viaduct" when i + 1 < args.Count => settings with { Viaduct = args[++i] },
                var word when settings.Case.Length == 0 && !word.StartsWith('-') => settings with { Case = word },
                var word when settings.Case.Length > 0 && !word.StartsWith('-') => settings with { Rest = [.. settings.Rest, word] },
                var word => throw new BenchmarkException($"'{word}' is not understood here."),
            };
        return settings;
    }
}
