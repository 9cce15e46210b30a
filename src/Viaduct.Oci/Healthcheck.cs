using System.Text.Json;

namespace Viaduct.Oci;

/// <summary>How docker asks a container whether it is well (moby, HealthcheckConfig). Zero is the engine's default.</summary>
public sealed record Healthcheck
{
    /// <summary><c>NONE</c>, <c>CMD</c> and its words, or <c>CMD-SHELL</c> and a line.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>In nanoseconds, as all durations here.</summary>
    public long Interval { get; init; }

    public long Timeout { get; init; }

    public long StartPeriod { get; init; }

    public long StartInterval { get; init; }

    public int Retries { get; init; }

    internal static Healthcheck Read(JsonElement element, Func<string, Exception> error) => new()
    {
        Test = element.Texts("Test", error),
        Interval = element.Integer("Interval", error) ?? 0,
        Timeout = element.Integer("Timeout", error) ?? 0,
        StartPeriod = element.Integer("StartPeriod", error) ?? 0,
        StartInterval = element.Integer("StartInterval", error) ?? 0,
        Retries = element.Integer("Retries", error) switch
        {
            null => 0,
            >= int.MinValue and <= int.MaxValue and var retries => (int)retries,
            _ => throw error("'Retries' is not a number of retries"),
        },
    };

    internal void Write(GoJsonWriter json)
    {
        json.Name("Healthcheck").BeginObject().Optional("Test", Test);
        Number("Interval", Interval);
        Number("Timeout", Timeout);
        Number("StartPeriod", StartPeriod);
        Number("StartInterval", StartInterval);
        Number("Retries", Retries);
        json.EndObject();

        void Number(string name, long value)
        {
            if (value != 0) json.Name(name).Number(value);
        }
    }
}
