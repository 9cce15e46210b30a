namespace Viaduct.Copying;

/// <param name="Mounted">Taken over from another repository of the same registry, which says the same of what was there already.</param>
public readonly record struct CopyCount(int Copied, int Present, int Mounted = 0);
