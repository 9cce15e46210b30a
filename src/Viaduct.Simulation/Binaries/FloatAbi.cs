namespace Viaduct.Simulation;

/// <summary>How a 32-bit ARM or a RISC-V binary passes floating point numbers to functions.</summary>
public enum FloatAbi
{
    /// <summary>Not told, or of no meaning on the architecture.</summary>
    Unknown,

    /// <summary>In general registers (armel).</summary>
    Soft,

    /// <summary>In floating point registers (armhf).</summary>
    Hard,

    /// <summary>It passes none, and so goes with either.</summary>
    Either,
}
