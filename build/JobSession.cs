using System.Globalization;
using Cake.Core.Diagnostics;
using Viaduct;
using Viaduct.Configuration;
using Viaduct.Execution;
using Viaduct.Registry;
using Viaduct.Server;

namespace Build;

/// <summary>The job of this run and the registry it speaks to: the configured one, or the embedded one while the build runs.</summary>
public sealed class JobSession(BuildContext context) : IAsyncDisposable
{
    private RegistryClient? _client;
    private EmbeddedRegistry? _embedded;
    private Job? _job;
    private StreamWriter? _log;

    /// <summary>Open once there is a job.</summary>
    public RegistryClient Registry => _client ?? throw new InvalidOperationException("There is no job yet.");

    private string Store => Path.Combine(context.Root, ".viaduct", "registry");

    public async Task<Job> JobAsync()
    {
        if (_job is not null) return _job;
        var settings = context.Settings;
        var set = ImageSetReader.Read(context.Root, settings.Overrides);
        // A store that is not there yet holds nothing, and a plan makes none to find that out.
        var isNew = set.Registry is null && settings.OnlyPlans && !Directory.Exists(Store);
        var prefix = set.Registry ?? (isNew ? $"127.0.0.1:{settings.Port}" : await StartEmbeddedAsync());
        _client = new RegistryClient(new RegistryOptions());
        return _job = new Job(new JobOptions
        {
            Set = set,
            Prefix = prefix,
            MayMoveTags = set.Registry is null || settings.MoveTag,
            Images = settings.Images,
            Force = settings.Force,
            Deep = settings.Deep,
            IgnoreRegistry = isNew,
            Epoch = settings.Epoch,
            StateFolder = Path.Combine(context.Root, ".viaduct"),
            Progress = new Progress(context),
        }, _client);
    }

    public async ValueTask DisposeAsync()
    {
        if (_job is not null) await _job.DisposeAsync();
        _client?.Dispose();
        if (_embedded is not null) await _embedded.DisposeAsync();
        if (_log is not null) await _log.DisposeAsync();
    }

    private async Task<string> StartEmbeddedAsync()
    {
        if (!context.Settings.OnlyPlans)
        {
            Directory.CreateDirectory(context.Artifacts);
            _log = new StreamWriter(Path.Combine(context.Artifacts, "registry.log"), append: false);
        }
        _embedded = await EmbeddedRegistry.OpenAsync(new EmbeddedRegistryOptions { Store = Store, Port = context.Settings.Port, Log = _log is null ? null : Log }, context.Cancellation);
        return _embedded.Address;
    }

    private void Log(RegistryRequest request)
    {
        lock (_log!)
            _log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Status} {request.Method} {request.Path} {request.ResponseBytes} B {request.Duration.TotalMilliseconds:0.0} ms"));
    }

    /// <summary>Not Progress&lt;T&gt;: its callbacks come late and out of order.</summary>
    private sealed class Progress(BuildContext context) : IProgress<JobEvent>
    {
        public void Report(JobEvent value)
        {
            if (value.IsPassing) context.Log.Verbose("{0,-9} {1}  {2}", value.Verb, value.Subject, value.Detail);
            else context.Log.Information("{0,-9} {1}  {2}", value.Verb, value.Subject, value.Detail);
        }
    }
}
