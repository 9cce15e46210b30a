namespace Viaduct.Simulation;

/// <summary>How a described registry asks who is there.</summary>
internal enum DescribedAuth
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>By name and password, as distribution does with htpasswd.</summary>
    Basic,

    /// <summary>By tokens of a token service, as Docker Hub and the clouds do.</summary>
    Bearer,
}
