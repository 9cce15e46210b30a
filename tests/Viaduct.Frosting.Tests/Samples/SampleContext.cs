using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

public sealed class SampleContext(ICakeContext context) : FrostingContext(context)
{
    public void Say(string word) => this.Information("> {0}", word);
}
