using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Kubelet;

/// <summary>The registries of the scenarios, for as long as they run: scripted ones here and on another address of this machine, and distribution.</summary>
public sealed class PullBed : IAsyncLifetime
{
    private const string Images = """
        registries:
          - host: "*"
            repositories:
              images:
                tags:
                  multi: [linux/386, linux/amd64, linux/arm64]
                  foreign: [linux/s390x, linux/riscv64]
                  older: [linux/386]
                  single: linux/s390x
        """;

    private readonly List<IAsyncDisposable> _open = [];

    internal LiveRegistries Live { get; } = new(new RegistryOptions(), verifyCredentials: true);

    /// <summary>Words of scenarios that stand for addresses.</summary>
    internal Dictionary<string, string> Places { get; } = [];

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux()) return;
        var scripted = await ScriptedRegistry.StartAsync($"127.0.0.1:{Ports.Free()}", Images);
        _open.Add(scripted);
        Places["{here}"] = scripted.Address;
        Places["{nobody}"] = $"127.0.0.1:{Ports.Free()}";
        var multi = (await scripted.FindAsync("multi")).Manifest!;
        Places["{multi}"] = multi.Digest.ToString();
        Places["{child}"] = multi.AsIndex().Manifests.First(m => m.Platform!.Architecture == "amd64").Digest.ToString();
        Places["{absent}"] = Digest.Sha256("nothing"u8).ToString();
        if (OtherAddress() is { } address)
        {
            var plain = await ScriptedRegistry.StartAsync($"{address}:{Ports.Free()}", Images);
            _open.Add(plain);
            Places["{plain}"] = plain.Address;
        }
        if (!RealParts.HasDistribution) return;
        var distribution = await Distribution.StartAsync(Engines.PrivateRegistry.Line);
        _open.Add(distribution);
        Places["{distribution}"] = distribution.Address;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open) await open.DisposeAsync();
        Live.Dispose();
    }

    private static IPAddress? OtherAddress() => NetworkInterface.GetAllNetworkInterfaces().Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}
