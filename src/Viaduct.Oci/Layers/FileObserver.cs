namespace Viaduct.Oci.Layers;

/// <summary>Looks at a regular file while its layer passes by. What it leaves of the content unread is skipped.</summary>
public delegate ValueTask<Sighting> FileObserver(TarEntry file, Stream content, CancellationToken cancellationToken);
