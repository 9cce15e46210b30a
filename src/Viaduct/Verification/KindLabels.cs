using System.Globalization;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>What kinds of nodes are called in reports.</summary>
internal static class KindLabels
{
    /// <summary>The name of a node that is alone of its kind, else "linux/arm64 x12", with the runtime where the platform does not tell them apart.</summary>
    /// <param name="many">The first nodes of all kinds that have several; the others are called by their names.</param>
    public static string Of(Node first, int count, IEnumerable<Node> many)
    {
        if (count == 1) return first.Name;
        var like = many.Where(n => n.Platform.Equals(first.Platform)).ToList();
        var words = like.Count == 1 ? $"{first.Platform}"
            : like.Count(n => n.Runtime.ToString() == first.Runtime.ToString()) == 1 ? $"{first.Platform} {first.Runtime}"
            : $"{first.Name} and alike";
        return string.Create(CultureInfo.InvariantCulture, $"{words} x{count}");
    }
}
