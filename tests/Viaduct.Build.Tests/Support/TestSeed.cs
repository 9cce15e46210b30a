using System.Globalization;

namespace Viaduct.Build.Tests;

/// <summary>The seed of random tests: <c>VIADUCT_TEST_SEED</c>, else the time. A failure says it.</summary>
public static class TestSeed
{
    public static int Value { get; } = int.TryParse(Environment.GetEnvironmentVariable("VIADUCT_TEST_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed : unchecked((int)DateTime.UtcNow.Ticks);

    /// <summary>One case of a test: the same seed and number are the same case, however the cases are shared among threads.</summary>
    public static Random Case(int number) => new(HashCode(number));

    public static string Name(int number) => $"VIADUCT_TEST_SEED={Value}, case {number}";

    private static int HashCode(int number) => unchecked(Value * 31 + number * 2_654_435);
}
