namespace Viaduct.Execution;

/// <summary>The folder of large blobs on their way. A killed run leaves its files there.</summary>
internal static class SpoolFolder
{
    /// <summary>Longer than any upload takes: what is older belongs to nobody.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    public static string Swept(string folder)
    {
        if (!Directory.Exists(folder)) return folder;
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - Age;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
            try
            {
                if (file.LastWriteTimeUtc < limit) file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run may sweep as well; what stays is in nobody's way.
            }
        return folder;
    }
}
