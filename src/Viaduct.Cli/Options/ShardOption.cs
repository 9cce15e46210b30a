using System.CommandLine;
using System.Globalization;
using Viaduct.Cli.Errors;
using Viaduct.Planning;
using Viaduct.Spreading;

namespace Viaduct.Cli.Options;

/// <summary><c>--shard K/N</c>: the part of the set that the K-th of N machines builds, for services that only count their jobs.</summary>
internal sealed class ShardOption
{
    private const int Most = 1_000;

    public Option<string?> Option { get; } = new("--shard") { Description = "Build the K-th of N parts of the set, which are the same on every machine.", HelpName = "K/N" };

    /// <returns>Null when the set has fewer parts, so that nothing is left for this machine; the whole set when nothing is said.</returns>
    /// <exception cref="Viaduct.Oci.ViaductException">VIA9001.</exception>
    public (ImageSet Set, IReadOnlyList<string> Images)? Choose(ImageSet set, IReadOnlyList<string> images, ParseResult parse)
    {
        if (parse.GetValue(Option) is not { } text) return (set, images);
        if (images.Count > 0) throw CliErrors.Usage("--shard chooses the images itself", "Leave out the names, or --shard.");
        var parts = text.Split('/');
        if (parts.Length != 2 || !Number(parts[0], out var k) || !Number(parts[1], out var n) || k > n || n > Most) throw CliErrors.Usage($"--shard: '{text}' is not K/N", $"Write 1/3 for the first of three; {Most} at the most.");
        var legs = Spread.Over(set, set.Images.SelectMany(i => i.Platforms.Select(p => new ChildId(i.Name, p))), n, _ => "");
        return k > legs.Count ? null : (legs[k - 1].Of(set), legs[k - 1].Images);
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
