namespace Viaduct.Server;

/// <summary>One habit of a registry of the field: it may answer instead of what follows, or change the answer until that has begun.</summary>
internal interface IRule
{
    /// <summary>As it stands in docs/rehearsal.md and among the refusals of a report.</summary>
    string Name { get; }

    Task AnswerAsync(Exchange exchange, Step next);
}
