namespace Viaduct.Acceptance.Tests.DockerManifest.Cases;

internal static class AllCases
{
    public static IReadOnlyList<Case> All { get; } =
    [
        .. new[] { CreateCases.All, AmendCases.All, AnnotateCases.All, InspectCases.All, PushCases.All, FaultCases.All, RemoveCases.All, UsageCases.All }
            .SelectMany(cases => cases).Select((c, i) => c with { Repository = $"t{i:000}" }),
    ];

    public static Case Find(string name) => All.Single(c => c.Name == name);
}
