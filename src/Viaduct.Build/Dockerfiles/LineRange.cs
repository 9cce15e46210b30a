namespace Viaduct.Build.Dockerfiles;

/// <summary>Lines of a file, both ends included; they count from one.</summary>
public readonly record struct LineRange(int First, int Last);
