using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Measuring;

/// <summary>Where one run happens.</summary>
/// <param name="Id">A word that no other run has, for names that are to be new.</param>
internal sealed record Scene(IRegistry Registry, string Id)
{
    public string Address => Registry.Address;
}
