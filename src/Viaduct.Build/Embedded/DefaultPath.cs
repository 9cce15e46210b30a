namespace Viaduct.Build;

internal static class DefaultPath
{
    /// <summary>What BuildKit gives an image that sets no PATH (util/system/path.go).</summary>
    public const string Variable = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
}
