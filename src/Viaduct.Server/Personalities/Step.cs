namespace Viaduct.Server;

/// <summary>What answers a request: the endpoint, or a rule in front of it.</summary>
internal delegate Task Step(Exchange exchange);
