namespace Viaduct.Registry;

/// <summary>A bearer token and for how long it may be used; never printed.</summary>
internal sealed class Token(string value, long asked, TimeSpan lifetime)
{
    public string Value => value;

    /// <summary>A little early, so that it does not end on its way; measured from the asking, on the monotonic clock.</summary>
    public bool IsUsable(TimeProvider clock) => clock.GetElapsedTime(asked) < lifetime - Margin;

    private TimeSpan Margin => lifetime / 4 < TimeSpan.FromSeconds(10) ? lifetime / 4 : TimeSpan.FromSeconds(10);
}
