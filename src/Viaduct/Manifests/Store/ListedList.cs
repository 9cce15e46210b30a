using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A line of <c>manifest ls</c>.</summary>
/// <param name="Folder">The folder's name in docker's store.</param>
/// <param name="Name">The list's name; null where docker's folder name alone tells, and may mean several.</param>
/// <param name="List">Its content, with a name that may be guessed; null where <paramref name="Problem"/> says why it cannot be read.</param>
/// <param name="Changed">When a file of it was last written.</param>
public sealed record ListedList(string Folder, Reference? Name, StoredList? List, string? Problem, DateTimeOffset Changed);
