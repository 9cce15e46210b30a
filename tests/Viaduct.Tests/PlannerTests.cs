using CsCheck;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Planning;

namespace Viaduct.Tests;

public sealed class PlannerTests
{
    private static readonly Platform[] Platforms = [new("linux", "amd64"), new("linux", "arm64"), new("linux", "s390x")];
    private static readonly ImageNames Names = new("registry.example");

    [Fact]
    public void An_empty_registry_gets_builds_then_lists_then_tags()
    {
        var plan = Planner.Make(Observe(Image("pause", "1", "2"), _ => null, _ => null), force: false, mayMoveTags: false);

        Assert.Equal(
            ["Build", "Build", "Build", "List", "Tag", "Tag", "Tag", "Tag", "Tag", "Tag", "Tag", "Tag"],
            plan.Steps.Select(s => s.GetType().Name));
        Assert.Empty(plan.Refused);
        Assert.All(plan.Builds, b => Assert.Equal("not in the registry", b.Reason));
    }

    [Fact]
    public void What_is_there_already_is_not_in_the_plan()
    {
        Assert.True(Planner.Make(Settled(), force: false, mayMoveTags: false).IsEmpty);
    }

    [Fact]
    public void Force_builds_what_is_there()
    {
        var plan = Planner.Make(Settled(), force: true, mayMoveTags: true);

        Assert.Equal(3, plan.Builds.Count());
        Assert.All(plan.Builds, b => Assert.Equal("asked for", b.Reason));
    }

    [Fact]
    public void Force_moves_no_tag_when_the_inputs_are_the_same() =>
        Assert.Empty(Planner.Make(Settled(), force: true, mayMoveTags: false).Refused);

    [Fact]
    public void A_child_that_was_pushed_by_digest_only_is_copied_to_its_names_and_not_built_again()
    {
        var observed = Observe(Image("pause", "1"), _ => null, _ => null);
        var interrupted = observed with
        {
            Children = [.. observed.Children.Select(c => c with { Current = Child(c.Names[0].Name), Home = Reference.Parse("registry.example/pause:1") })],
        };

        var plan = Planner.Make(interrupted, force: false, mayMoveTags: false);

        Assert.Equal(["Copy", "Copy", "Copy", "List", "Tag", "Tag", "Tag", "Tag"], plan.Steps.Select(s => s.GetType().Name));
    }

    [Fact]
    public void A_changed_child_is_built_alone_and_its_list_follows()
    {
        var settled = Settled();
        var changed = settled with
        {
            Children = [settled.Children[0] with { Current = null, Key = Key("new") }, .. settled.Children.Skip(1)],
        };

        var plan = Planner.Make(changed, force: false, mayMoveTags: true);

        Assert.Equal(["Build", "List", "Tag", "Tag"], plan.Steps.Select(s => s.GetType().Name));
        Assert.Equal("its inputs changed", plan.Builds.Single().Reason);
    }

    [Fact]
    public void A_tag_that_exists_with_other_content_is_refused_unless_it_may_move()
    {
        var observed = Observe(Image("pause", "1"), _ => null, _ => Content("something else"));

        Assert.Single(Planner.Make(observed, force: false, mayMoveTags: false).Refused);
        Assert.Empty(Planner.Make(observed, force: false, mayMoveTags: true).Refused);
        var error = Assert.Throws<ViaductException>(() => Planner.Make(observed, force: false, mayMoveTags: false).MustBeAllowed());
        Assert.Equal("VIA5001", error.Code);
        Assert.Contains("--move-tag", error.Todo);
    }

    [Fact]
    public void A_new_tag_of_an_unchanged_image_needs_tags_only()
    {
        var image = Image("pause", "1", "2");
        var plan = Planner.Make(Observe(image, n => n.Tag == "1" ? Child(n) : null, n => n.Tag == "1" ? ListOf(image) : null), force: false, mayMoveTags: false);

        Assert.Equal(["Tag", "Tag", "Tag", "Tag"], plan.Steps.Select(s => s.GetType().Name));
    }

    [Fact]
    public void A_name_in_a_repository_that_lacks_the_child_gets_a_copy()
    {
        var image = Image("pause", "1") with { Children = [NameTemplate.Parse("$(NAME)-$(ARCH):$(TAG)", ""), NameTemplate.Parse("$(NAME):$(TAG)-$(ARCH)", "")] };
        var plan = Planner.Make(Observe(image, n => n.Repository == "pause" ? null : Child(n), _ => ListOf(image)), force: false, mayMoveTags: false);

        Assert.Equal(["Copy", "Copy", "Copy", "Tag", "Tag", "Tag"], plan.Steps.Select(s => s.GetType().Name));
        Assert.All(plan.Steps.OfType<Step.Copy>(), c => Assert.Equal("pause", c.To.Repository));
    }

    [Fact]
    public void A_list_is_left_out_when_platforms_of_it_are()
    {
        var image = Image("pause", "1") with { Platforms = [Platforms[0]] };
        var plan = Planner.Make(Observe(image, _ => null, _ => null), force: false, mayMoveTags: false);

        Assert.Equal(["Build", "Tag"], plan.Steps.Select(s => s.GetType().Name));
        Assert.Equal("pause", Assert.Single(plan.Skipped).Image);
    }

    [Fact]
    public void After_a_plan_was_executed_the_next_one_is_empty() =>
        Gen.Select(Gen.Int[0, 2].Array[3], Gen.Int[0, 2]).Sample((children, list) =>
        {
            // 0: missing, 1: right, 2: something else.
            var image = Image("pause", "1");
            var byName = image.Platforms.Select((p, i) => (Name: Names.Children(image, p)[0].ToString(), State: children[i])).ToDictionary(x => x.Name, x => x.State);
            var observed = Observe(image, n => State(byName[n.ToString()], Child(n)), _ => State(list, ListOf(image)));

            var first = Planner.Make(observed, force: false, mayMoveTags: true);
            var applied = Observe(image,
                n => first.Steps.OfType<Step.Tag>().Any(t => t.Name == n) ? Child(n) : State(byName[n.ToString()], Child(n)),
                n => first.Steps.OfType<Step.Tag>().Any(t => t.Name == n) ? ListOf(image) : State(list, ListOf(image)));

            Assert.True(Planner.Make(applied, force: false, mayMoveTags: true).IsEmpty);
            return true;
        });

    private static Descriptor? State(int state, Descriptor right) => state switch { 0 => null, 1 => right, _ => Content("something else") };

    private static Observed Settled()
    {
        var image = Image("pause", "1");
        return Observe(image, Child, _ => ListOf(image));
    }

    private static ImageDefinition Image(string name, params string[] tags) => new()
    {
        Name = name,
        Context = "/nowhere",
        Dockerfile = "/nowhere/Dockerfile",
        Platforms = Platforms,
        Declared = Platforms,
        Tags = tags,
        DeclaredTags = tags,
        Children = [NameTemplate.Parse(NameTemplate.Default, "")],
        Where = name,
    };

    private static Observed Observe(ImageDefinition image, Func<Reference, Descriptor?> child, Func<Reference, Descriptor?> list) => new(
        [.. image.Platforms.Select(p =>
        {
            var names = Names.Children(image, p).Select(n => new NamedState(n, child(n))).ToList();
            var right = Child(names[0].Name);
            var home = names.FirstOrDefault(n => n.Present?.Digest == right.Digest)?.Name;
            return new ObservedChild(image, p, Key(p.ToString()), names, home is null ? null : right, home);
        })],
        [new ObservedList(image, [.. Names.Lists(image).Select(n => new NamedState(n, list(n)))])]);

    private static Descriptor ListOf(ImageDefinition image) => ManifestList.Write(image.Platforms.Select(p =>
        (Names.Children(image, p)[0], Child(Names.Children(image, p)[0]) with { Platform = p }))).Descriptor;

    // A child's content depends on its architecture only, as in reality: both templates name the same image.
    private static Descriptor Child(Reference name) => Content(Platforms.First(p => name.ToString().Contains(p.ArchWord)).ArchWord);

    private static Descriptor Content(string text) => new(MediaTypes.OciManifest, Key(text), 100);

    private static Digest Key(string text) => Digest.Sha256(System.Text.Encoding.UTF8.GetBytes(text));
}
