namespace Viaduct.Registry;

/// <summary>How long nothing may happen. A transfer that moves is never cut off, however long it takes.</summary>
internal static class Patience
{
    public static readonly TimeSpan Connect = TimeSpan.FromSeconds(10);

    /// <summary>Between two reads or writes of a body.</summary>
    public static readonly TimeSpan Body = TimeSpan.FromSeconds(60);

    /// <summary>Until the answer begins. Committing takes longer for more bytes: 700 MB took ghcr.io 5 to 11 s, slow stores a multiple.</summary>
    public static TimeSpan Headers(long sent) => TimeSpan.FromSeconds(60 + (sent >> 24));
}
