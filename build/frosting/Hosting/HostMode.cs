namespace Cake.Frosting.Hosting;

/// <summary>What the command line asks for. Of several, the greatest wins: who asks for help wants nothing run.</summary>
internal enum HostMode
{
    Run,
    Descriptions,
    Tree,
    DryRun,
    Version,
    Help,
}
