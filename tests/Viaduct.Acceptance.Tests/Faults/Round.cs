using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>A random image, pushed through faults and pulled through faults.</summary>
/// <param name="behind">Host and port of the registry.</param>
internal sealed class Round(int number, FaultProxy proxy, string behind, FaultPlan plan, Door door, TimeProvider clock, Tally tally, Random chance)
{
    private const string Tag = "1";

    private readonly string _name = $"r{number}";
    private readonly RandomImage _image = RandomImage.Next(chance);
    private readonly bool _mounts = chance.Next(3) == 0;

    private readonly string _kind = plan.IsMild($"r{number}") ? "mild" : "wild";

    private string Repository => $"{_name}/app";

    public async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        var source = await SourceAsync(folder.At("source"));
        if (_mounts) await PushBaseAsync();
        using var truth = new CleanRead(behind, Repository);
        if (await tally.RunAsync(_name, $"{_kind} push", () => PushAsync(proxy.Address, source)))
        {
            tally.Check(_name, "pushed", await MustBeAsync(truth));
        }
        else
        {
            tally.Check(_name, "push that failed", await truth.WhatIsHalfAsync(Tag, _image) ?? await truth.WhatLacksAsync(_image, _image.Referrers, mustBe: false));
            await PushAgainAsync(source);
            tally.Check(_name, "pushed again", await MustBeAsync(truth));
        }

        var layout = folder.At("layout");
        await OciLayout.OpenOrCreateAsync(layout, default);
        if (await tally.RunAsync(_name, $"{_kind} pull", () => PullAsync(proxy.Address, layout)))
        {
            tally.Check(_name, "pulled", await CleanLayout.WhatIsWrongAsync(layout) ?? await CleanLayout.WhatIsMissingAsync(layout, Tag, _image));
        }
        else
        {
            tally.Check(_name, "pull that failed", await CleanLayout.WhatIsWrongAsync(layout) ?? (await CleanLayout.HasAsync(layout, Tag) ? await CleanLayout.WhatIsMissingAsync(layout, Tag, _image) : null));
            await PullAsync(behind, layout);
            tally.Check(_name, "pulled again", await CleanLayout.WhatIsWrongAsync(layout) ?? await CleanLayout.WhatIsMissingAsync(layout, Tag, _image));
        }
    }

    private RegistryClient Client(string at) => new(new RegistryOptions
    {
        Clock = clock,
        Credentials = at == behind || door != Door.Tokens ? NoCredentials.Instance : new OneLogin(new Credential(TokenDesk.User, TokenDesk.Secret)),
        Insecure = at != behind && door == Door.Tls,
        CertificateFolder = null,
    });

    /// <summary>Some of the blobs, in a repository that they can be mounted from.</summary>
    private async Task PushBaseAsync()
    {
        using var client = Client(behind);
        var repository = client.Repository(Reference.Parse($"{behind}/{_name}/base:1"), push: true);
        foreach (var blob in _image.Blobs.Where((_, i) => i % 2 == 0)) await repository.PushBlobAsync(blob, default);
    }

    private async Task<string?> MustBeAsync(CleanRead truth) =>
        await truth.WhatIsMissingAsync(Tag, _image) ?? await truth.WhatLacksAsync(_image, _image.Referrers, mustBe: true) ?? await truth.WhatIsUnlistedAsync(_image);

    private async Task<OciLayout> SourceAsync(string folder)
    {
        var layout = await OciLayout.OpenOrCreateAsync(folder, default);
        foreach (var blob in _image.Blobs) await layout.PushBlobAsync(blob, default);
        foreach (var manifest in _image.Manifests) await layout.PushManifestAsync(manifest, default);
        foreach (var referrer in _image.Referrers) await layout.PushReferrerAsync(referrer, default);
        await layout.TagAsync(Tag, _image.Root, default);
        return layout;
    }

    private async Task PushAsync(string at, OciLayout source)
    {
        using var client = Client(at);
        var repository = client.Repository(Reference.Parse($"{at}/{Repository}:{Tag}"), push: true);
        if (!_mounts)
        {
            await CopyAsync(CopySource.Of(source), _image.Root, CopyTarget.Of(repository, mayMoveTags: true));
            return;
        }
        // In the order that IContentSink wants.
        var from = Reference.Parse($"{at}/{_name}/base:1");
        await Task.WhenAll(_image.Blobs.Select(blob => repository.PushBlobAsync(blob with { MountFrom = from }, default)));
        foreach (var manifest in _image.Manifests.Concat(_image.Referrers)) await repository.PushManifestAsync(manifest, default);
        await repository.TagAsync(Tag, _image.Root, default);
    }

    /// <summary>
    /// Without faults. One may have left a list of referrers that nobody can read, of which nobody could tell the client in time: it says so and leaves
    /// it; who reads that takes the list away.
    /// </summary>
    private async Task PushAgainAsync(OciLayout source)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await PushAsync(behind, source);
                return;
            }
            catch (ViaductException e) when (e.Code == "VIA3062" && tries <= _image.Referrers.Count)
            {
                using var client = Client(behind);
                await client.Repository(Reference.Parse($"{behind}/{Repository}:{Tag}"), push: true)
                    .TagAsync(Reference.Parse(e.Where!).Tag!, RawManifest.Parse("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"""u8.ToArray(), MediaTypes.OciIndex), default);
            }
        }
    }

    private async Task PullAsync(string at, string folder)
    {
        using var client = Client(at);
        var repository = client.Repository(Reference.Parse($"{at}/{Repository}:{Tag}"));
        var root = await repository.FindManifestAsync(Tag, default) ?? throw new InvalidOperationException("the client says that there is no such tag");
        await CopyAsync(CopySource.Of(repository), root, CopyTarget.Of(await OciLayout.OpenAsync(folder, default), "layout"));
    }

    private Task CopyAsync(CopySource source, RawManifest root, CopyTarget target) =>
        new CopyJob(new CopyRequest(source, root, [new CopyDestination(target, [Tag])]) { Clock = clock }).RunAsync(default);

    private sealed class OneLogin(Credential credential) : ICredentialSource
    {
        public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => new(credential);
    }
}
