using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Viaduct.Server;

/// <summary>Uploads that are not finished: a file each, named by an id that only its repository can use.</summary>
internal sealed class UploadStore(StoreFolder folder, TimeProvider clock)
{
    private const int RepositoryPart = 8;
    private const int ManySessions = 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    /// <summary>A client that lost its connection comes back before the server has noticed: it waits for the old request to end.</summary>
    private static readonly TimeSpan GatePatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, UploadSession> _sessions = new(StringComparer.Ordinal);
    private long _swept = clock.GetTimestamp();

    public string Begin(RepositoryName repository)
    {
        if (_sessions.Count > ManySessions) DropIdleSessions();
        if (IsTimeToSweep()) RemoveStaleUploads();
        var id = StoreFolder.NewId() + Mark(repository);
        File.OpenHandle(PathOf(id), FileMode.CreateNew, FileAccess.Write).Dispose();
        return id;
    }

    /// <summary>How many bytes have come; null for an id that this repository has not.</summary>
    public long? Length(RepositoryName repository, string id)
    {
        if (!IsId(repository, id)) return null;
        var file = new FileInfo(PathOf(id));
        return file.Exists ? file.Length : null;
    }

    /// <summary>Takes an upload for one request; null for an id that this repository has not.</summary>
    /// <exception cref="TimeoutException">Another request keeps it.</exception>
    public async ValueTask<UploadLease?> TakeAsync(RepositoryName repository, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Length(repository, id) is null) return null;
            var session = _sessions.GetOrAdd(id, _ => new UploadSession(clock.GetTimestamp()));
            if (!await session.Gate.WaitAsync(GatePatience, cancellationToken).ConfigureAwait(false)) throw new TimeoutException();
            session.LastUsed = clock.GetTimestamp();
            // While this one waited, the upload may have been committed, cancelled or put away.
            if (_sessions.TryGetValue(id, out var current) && current == session && Length(repository, id) is not null)
                return new UploadLease(this, session, id, PathOf(id), clock);
            session.Gate.Release();
            _sessions.TryRemove(new KeyValuePair<string, UploadSession>(id, session));
        }
    }

    /// <summary>Called by whoever holds the session: its file is gone.</summary>
    internal void Forget(string id, UploadSession session)
    {
        _sessions.TryRemove(new KeyValuePair<string, UploadSession>(id, session));
        session.Dispose();
    }

    private string PathOf(string id) => Path.Join(folder.Paths.Uploads, id);

    private static bool IsId(RepositoryName repository, string id) =>
        id.Length == StoreFolder.IdLength + RepositoryPart && id.All(char.IsAsciiHexDigitLower) && id.EndsWith(Mark(repository), StringComparison.Ordinal);

    private static string Mark(RepositoryName repository) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(repository.Text)).AsSpan(0, RepositoryPart / 2));

    private bool IsTimeToSweep()
    {
        var last = Interlocked.Read(ref _swept);
        return clock.GetElapsedTime(last) >= SweepInterval && Interlocked.CompareExchange(ref _swept, clock.GetTimestamp(), last) == last;
    }

    /// <summary>What opening the store does, for a server that runs on for weeks.</summary>
    private void RemoveStaleUploads()
    {
        foreach (var file in new DirectoryInfo(folder.Paths.Uploads).EnumerateFiles())
        {
            if (!StoreFolder.IsStale(file, clock)) continue;
            var session = _sessions.GetOrAdd(file.Name, _ => new UploadSession(clock.GetTimestamp()));
            if (!session.Gate.Wait(0)) continue;
            try
            {
                // Whoever had it until now may have written.
                file.Refresh();
                if (StoreFolder.IsStale(file, clock)) file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // No reason to refuse the upload that is to begin; there is a next time.
            }
            Forget(file.Name, session);
            session.Gate.Release();
        }
    }

    private void DropIdleSessions()
    {
        foreach (var (id, session) in _sessions)
        {
            if (clock.GetElapsedTime(session.LastUsed) < Idle || !session.Gate.Wait(0)) continue;
            Forget(id, session);
            session.Gate.Release();
        }
    }
}
