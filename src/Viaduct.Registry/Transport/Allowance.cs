namespace Viaduct.Registry;

/// <summary>How much longer one request may wait because it was told to.</summary>
internal sealed class Allowance
{
    private TimeSpan _left = RetryPolicy.LongestWaits;

    /// <summary>Takes the pause from what is left; false when that is too little, or when nobody asked for a pause.</summary>
    public bool Covers(Pause pause)
    {
        if (!pause.IsAsked || pause.Length > _left) return false;
        _left -= pause.Length;
        return true;
    }
}
