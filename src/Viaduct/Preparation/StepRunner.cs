using System.Text;
using Viaduct.Build;
using Viaduct.Execution;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>
/// Makes the outputs of one step be those of its inputs: looks first, then runs, then looks again. What lies there is either what the step
/// has made, and is removed before it runs, or it is refused: it would get into an image whose key knows nothing of it.
/// </summary>
internal sealed class StepRunner(string stateFolder, long epoch, IProgress<JobEvent>? progress, TimeProvider time)
{
    private const int MostOutputs = 100_000;

    /// <summary>For a look at what a failed step has left; whoever cancels does not want to wait.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);

    /// <summary>What <see cref="FileStates"/> calls a folder.</summary>
    private const string FolderState = "folder";

    private readonly FileStates _files = new();

    public StepKeys Keys => field ??= new StepKeys(_files, epoch);

    public async Task RunAsync(
        PlatformStep step, Digest key, SortedDictionary<string, string> inputs, IReadOnlyList<PlatformStep> before, IReadOnlyCollection<string> outputs, CancellationToken cancellationToken)
    {
        var file = RecordOf(step);
        try
        {
            using var mine = await StepLock.TakeAsync($"{file}.lock", step, progress, time, cancellationToken).ConfigureAwait(false);
            var record = StepRecord.Read($"{file}.json");
            var now = await OutputsAsync(step, cancellationToken).ConfigureAwait(false);
            if (record?.Key == key && Missing(step, now) is null && now.SequenceEqual(record.Outputs)) return;

            RefuseForeign(step, record, now);
            Remove(step, now.Keys);
            await StepRecord.Running.WriteAsync($"{file}.json", cancellationToken).ConfigureAwait(false);
            now = await OrRememberAsync(step, $"{file}.json", () => MakeAsync(step, inputs, before, outputs, cancellationToken)).ConfigureAwait(false);
            await new StepRecord(key, now).WriteAsync($"{file}.json", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PrepareErrors.NoAccess(step, e);
        }
        progress?.Report(new("prepared", Subject(step), step.Line));
    }

    private async Task<SortedDictionary<string, string>> MakeAsync(
        PlatformStep step, SortedDictionary<string, string> inputs, IReadOnlyList<PlatformStep> before, IReadOnlyCollection<string> outputs, CancellationToken cancellationToken)
    {
        foreach (var output in step.Outputs) Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output, step.Folder))!);
        progress?.Report(new("preparing", Subject(step), step.Line) { IsPassing = true });
        var said = await StepProcess.RunAsync(step, epoch, time, cancellationToken).ConfigureAwait(false);

        var now = await OutputsAsync(step, cancellationToken).ConfigureAwait(false);
        if (Missing(step, now) is { } missing) throw PrepareErrors.OutputMissing(step, missing, said);
        var after = await Keys.InputsAsync(step, before, outputs, cancellationToken).ConfigureAwait(false);
        if (after.Except(inputs).Concat(inputs.Except(after)).Select(i => i.Key).FirstOrDefault() is { } changed) throw PrepareErrors.InputChanged(step, changed);
        return now;
    }

    /// <summary>What a step that fails has left is known to be its own the next time; what is there after a crash is not.</summary>
    private async Task<SortedDictionary<string, string>> OrRememberAsync(PlatformStep step, string file, Func<Task<SortedDictionary<string, string>>> make)
    {
        try
        {
            return await make().ConfigureAwait(false);
        }
        catch
        {
            await RememberAsync(step, file).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RememberAsync(PlatformStep step, string file)
    {
        using var limit = new CancellationTokenSource(LongestLook, time);
        try
        {
            await new StepRecord(null, await OutputsAsync(step, limit.Token).ConfigureAwait(false)).WriteAsync(file, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ViaductException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // What made the step fail is the error to see; the next run refuses what is there.
        }
    }

    private async Task<SortedDictionary<string, string>> OutputsAsync(PlatformStep step, CancellationToken cancellationToken)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var output in step.Outputs)
            foreach (var (path, state) in await _files.OfAsync(step.Folder, output, MostOutputs, () => PrepareErrors.TooMany(step.Where, "outputs", MostOutputs), cancellationToken).ConfigureAwait(false))
                all[path] = state;
        return all;
    }

    private static string? Missing(PlatformStep step, SortedDictionary<string, string> now) => step.Outputs.FirstOrDefault(o => !now.ContainsKey(o));

    private static void RefuseForeign(PlatformStep step, StepRecord? record, SortedDictionary<string, string> now)
    {
        foreach (var (path, state) in now)
            // A folder alone is nobody's work: nothing is lost with it.
            if (state != FolderState && record?.Outputs.GetValueOrDefault(path) is null or FolderState)
                throw PrepareErrors.ForeignOutput(step, step.Outputs.First(o => path == o || path.StartsWith(o + "/", StringComparison.Ordinal)), path);
    }

    /// <summary>What an earlier run has left and this one may not make again would get into the image.</summary>
    private static void Remove(PlatformStep step, IEnumerable<string> paths)
    {
        foreach (var path in paths.OrderDescending(StringComparer.Ordinal))
        {
            var full = Path.GetFullPath(path, step.Folder);
            if (!Directory.Exists(full) || new FileInfo(full).LinkTarget is not null) File.Delete(full);
            else Directory.Delete(full);
        }
    }

    private static string Subject(PlatformStep step) => $"{step.Image} {step.Platform}";

    /// <summary>An output belongs to one step, so they name the record of a step, whatever becomes of the command.</summary>
    private string RecordOf(PlatformStep step)
    {
        var outputs = Digest.Sha256(Encoding.UTF8.GetBytes(string.Join('\n', step.Outputs)));
        return Path.Combine(stateFolder, "prepare", $"{step.Image.Replace('/', '_')}-{outputs.Short}");
    }
}
