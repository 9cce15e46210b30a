using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>HEALTHCHECK. Variables in it are the container's business.</summary>
internal sealed record HealthcheckInstruction(Position Position, Healthcheck Check) : Instruction("HEALTHCHECK", Position);
