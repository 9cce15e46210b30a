namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>In what two runs of a case can differ.</summary>
[Flags]
internal enum Aspects
{
    None = 0,
    Output = 1,
    Error = 2,
    Exit = 4,
    Store = 8,
    Pushed = 16,
    Words = Output | Error | Exit,
    All = Words | Store | Pushed,
}
