using System.Text.RegularExpressions;

namespace Viaduct.Simulation.Tests;

/// <summary>The tables of messages and causes.</summary>
public sealed partial class CauseTableTests
{
    [Fact]
    public void Names_are_of_one_message_or_one_cause()
    {
        Assert.Equal(Symptoms.All.Count, Symptoms.All.Select(s => s.Name).Distinct().Count());
        Assert.Equal(Symptoms.Causes.Count, Symptoms.Causes.Select(c => c.Name).Distinct().Count());
        Assert.All(Symptoms.All.Select(s => s.Name).Concat(Symptoms.Causes.Select(c => c.Name)), n => Assert.Matches(Name(), n));
    }

    [Fact]
    public void Every_message_has_a_meaning_a_source_patterns_and_causes() => Assert.All(Symptoms.All, s =>
    {
        Assert.All([s.Meaning, s.Source, .. s.Patterns], t => Assert.False(string.IsNullOrWhiteSpace(t)));
        Assert.All(s.Patterns, p => Assert.True(p.Replace("*", "").Trim('"', ' ').Length >= 5, p));
        Assert.NotEmpty(s.Causes);
        Assert.Equal(s.Causes.Count, s.Causes.Distinct().Count());
    });

    [Fact]
    public void Every_cause_says_why_and_how_to_check_and_mend_it_and_every_one_is_used() => Assert.All(Symptoms.Causes, c =>
    {
        Assert.All([c.Title, c.Why, c.Check, c.Remedy], t => Assert.False(string.IsNullOrWhiteSpace(t)));
        Assert.EndsWith(".", c.Title);
        Assert.All(Placeholder().Matches(c.Check + c.Remedy).Select(m => m.Value), p => Assert.Contains(p, (string[])["{image}", "{host}", "{repository}", "{platform}"]));
    });

    [Fact]
    public void No_pattern_is_hidden_by_a_message_before_it() => Assert.All(Symptoms.All, s =>
        Assert.Contains(s.Patterns, p => Symptoms.All.First(other => other.IsIn(p.Replace("*", " x "))) == s));

    [GeneratedRegex(@"^[a-z][a-z0-9-]+\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholder();
}
