using System.Text;

namespace Build.Release.Tests;

/// <summary>Every request that a release makes fits GitHub's own description of its API.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task All_requests_fit()
    {
        using var prism = await Prism.StartAsync();
        await using var gitHub = new StandIn { PageSize = 2 };
        await Sample.RunAsync(gitHub, Sample.Of(), bases: Sample.Moved());
        await Sample.RunAsync(gitHub, Sample.Of(verdict: "warning", action: "tagged"), bases: Sample.Moved("newer"));
        await Sample.RunAsync(gitHub, Sample.Of(verdict: "failure"), tag: null, bases: []);
        var wrong = new List<string>();
        // What went to the host of the files is none of the API's.
        var requests = gitHub.Requests.Where(r => !r.PathAndQuery.EndsWith("?right=once", StringComparison.Ordinal)).ToList();
        foreach (var request in requests)
            if (await prism.ViolationsAsync(request) is { } violations) wrong.Add($"{request.Method} {request.PathAndQuery} {Encoding.UTF8.GetString(request.Body)}: {violations}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(["DELETE", "GET", "PATCH", "POST"], requests.Select(r => r.Method).Distinct().Order(StringComparer.Ordinal));

        // A request that does not fit is seen.
        Assert.NotNull(await prism.ViolationsAsync(requests.First(r => r.Method == "POST") with { Body = "{}"u8.ToArray() }));
        Assert.NotNull(await prism.ViolationsAsync(requests[0] with { PathAndQuery = "/repos/owner/name/no-such-thing" }));
    }
}
