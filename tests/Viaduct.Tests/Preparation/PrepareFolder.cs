using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Execution;
using Viaduct.Oci;
using Viaduct.Preparation;

namespace Viaduct.Tests.Preparation;

/// <summary>A set of one image <c>app</c> whose <c>prepare:</c> is given, and what its commands write down in <c>log</c>.</summary>
internal sealed class PrepareFolder : IDisposable, IProgress<JobEvent>
{
    private readonly TemporaryFolder _folder = new();

    public PrepareFolder(string prepare, string? more = null)
    {
        With("Dockerfile", "FROM scratch\nARG ARCH\nCOPY out/${ARCH} /out\n").With("in", "one");
        Yaml(prepare, more);
    }

    public List<JobEvent> Events { get; } = [];

    public string At(string name) => Path.Combine(_folder.Path, "images", "app", name);

    public string Log => File.Exists(At("log")) ? File.ReadAllText(At("log")) : "";

    /// <summary>Of the only step that has run.</summary>
    public string Record => Directory.GetFiles(At("../../.viaduct/prepare"), "*.json").Single();

    public bool Said(string verb)
    {
        lock (Events) return Events.Exists(e => e.Verb == verb);
    }

    public bool Has(string name) => Path.Exists(At(name));

    public string Text(string name) => File.ReadAllText(At(name));

    public PrepareFolder With(string name, string content)
    {
        _folder.With($"images/app/{name}", content);
        return this;
    }

    public PrepareFolder AsProgram(string name)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(At(name), (UnixFileMode)0b111_101_101);
        return this;
    }

    public PrepareFolder Yaml(string prepare, string? more = null) => With("image.yaml", $"prepare: {prepare}\n{more}\n");

    public ImageDefinition Image() => ImageSetReader.Read(_folder.Path, new SetOverrides()).Images.Single();

    /// <summary>A run of its own, as a new process would have it.</summary>
    public Preparer Preparer(long epoch = 0) => new(Path.Combine(_folder.Path, ".viaduct"), epoch, this);

    public Task<PreparedOutputs?> RunAsync(string platform = "linux/amd64", CancellationToken cancellationToken = default) =>
        Preparer().PrepareAsync(Image(), Platform.Parse(platform), cancellationToken);

    public async Task<Digest> KeyAsync(string platform = "linux/amd64", long epoch = 0) =>
        (await Preparer(epoch).KeyAsync(Image(), Platform.Parse(platform), default))!.Key;

    public async Task<ViaductException> FailAsync(string platform = "linux/amd64") =>
        await Assert.ThrowsAsync<ViaductException>(() => RunAsync(platform));

    /// <summary>The input key of the image itself.</summary>
    public async Task<Digest> ImageKeyAsync(string platform = "linux/amd64")
    {
        var (image, of) = (Image(), Platform.Parse(platform));
        var request = Requests.For(image, of, null!) with { Prepared = await Preparer().KeyAsync(image, of, default) };
        return await new EmbeddedBuilder().KeyAsync(request, default);
    }

    public void Report(JobEvent value)
    {
        lock (Events) Events.Add(value);
    }

    public void Dispose() => _folder.Dispose();
}
