using Docker.DotNet.Models;

namespace Viaduct.Build.Engines;

/// <summary>The first error among an engine's messages: an answer of 200 may hold one.</summary>
internal sealed class FirstError : IProgress<JSONMessage>
{
    public string? Text { get; private set; }

    public void Report(JSONMessage value) => Text ??= value.Error?.Message;
}
