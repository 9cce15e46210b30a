using Microsoft.Win32.SafeHandles;

namespace Viaduct.Server;

/// <summary>A change of the store: files whose bytes must be on the disk first, then the names that make them visible.</summary>
/// <param name="apply">Changes names and marks the directories that it touched. Runs on the one thread that does.</param>
internal sealed class StoreChange(Action<TouchedDirectories> apply, params IReadOnlyList<SafeFileHandle> files)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Closed once they are flushed, for an open file cannot be moved everywhere.</summary>
    public IReadOnlyList<SafeFileHandle> Files { get; } = files;

    public Exception? Failure { get; private set; }

    public Task Done => _done.Task;

    public void Apply(TouchedDirectories touched) => apply(touched);

    public void Fail(Exception why) => Failure ??= why;

    public void Complete()
    {
        if (Failure is null) _done.SetResult();
        else _done.SetException(Failure);
    }
}
