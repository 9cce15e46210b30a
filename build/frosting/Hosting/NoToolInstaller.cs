using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Tooling;

namespace Cake.Frosting.Hosting;

internal sealed class NoToolInstaller : IToolInstaller
{
    public IEnumerable<FilePath> Install(PackageReference tool) =>
        throw new CakeException($"This host installs no tools: put {tool.Package} on the PATH.");
}
