using System.CommandLine;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Verification;

namespace Viaduct.Cli.Options;

/// <summary><c>--no-sign</c>, and the signing that it leaves out.</summary>
internal sealed class SignOption
{
    public Option<bool> Option { get; } = new("--no-sign") { Description = "Leave out the signing that viaduct.yaml asks for; a later run does it." };

    /// <summary>Lists that no node could use are not signed.</summary>
    /// <returns>Why something is not signed that should be; null when all is in order.</returns>
    public async Task<ViaductException?> SignAsync(Job job, IReadOnlyList<ListReport> reports, ImageSet set, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        if (set.Sign is null || parse.GetValue(Option)) return null;
        if (ListReport.ExitOf(reports) == ExitCode.Done) return await job.SignAsync(cancellationToken).ConfigureAwait(false);
        caller.Error.WriteLine("note: nothing is signed, because the lists did not stand the simulation");
        return null;
    }
}
