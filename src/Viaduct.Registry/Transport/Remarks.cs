namespace Viaduct.Registry;

/// <summary>What a registry says beside its answers: warnings, each told once, and the quota.</summary>
internal sealed class Remarks(RegistryEndpoint registry, Action<RegistryWarning>? warned)
{
    /// <summary>A registry that has always something else to say is not listened to for ever.</summary>
    private const int MaxWarnings = 32;

    private readonly HashSet<string> _told = [];
    private volatile RegistryQuota? _quota;

    /// <summary>As it was said last; null when it never was.</summary>
    public RegistryQuota? Quota => _quota;

    /// <summary>Whom the registry sends to, a store or a token service, has nothing to say for it.</summary>
    public void Hear(Answer answer)
    {
        if (!registry.Owns(answer.Uri)) return;
        if (answer.Quota is { } quota) _quota = quota;
        if (warned is null) return;
        foreach (var value in answer.Headers("Warning"))
            if (WarningText.TryRead(value, out var text) && IsNew(text))
                warned(new RegistryWarning(registry.Registry, text));
    }

    private bool IsNew(string text)
    {
        lock (_told) return _told.Count < MaxWarnings && _told.Add(text);
    }
}
