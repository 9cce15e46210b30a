using Viaduct.Oci;
using Viaduct.Promoting;
using Viaduct.Registry;

namespace Viaduct.Cli.Sessions;

/// <summary>What is to be promoted, as far as it is known before a registry was asked: one of the two.</summary>
/// <param name="Names">Of a record.</param>
/// <param name="List">Where its children have to be looked for.</param>
internal sealed record PromotionPlace(IReadOnlyList<Promoted>? Names, (Reference From, Reference To)? List)
{
    public IEnumerable<Reference> All => Names?.SelectMany(n => n.To.Prepend(n.From)) ?? [List!.Value.From, List.Value.To];

    public IEnumerable<Reference> Targets => Names?.SelectMany(n => n.To) ?? [List!.Value.To];

    public async Task<(IReadOnlyList<Promoted> Names, IReadOnlyList<Reference> LeftBehind)> FindAsync(RegistryClient client, CancellationToken cancellationToken) =>
        Names is not null ? (Names, []) : await PromotionNames.OfAsync(client, List!.Value.From, List.Value.To, cancellationToken).ConfigureAwait(false);
}
