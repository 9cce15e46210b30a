using System.Text.Json;

namespace Viaduct.Cli.Tests;

/// <summary>Thirty images in ten groups that FROM joins, some of them for fewer platforms: the matrix that a workflow gets, to the letter.</summary>
public sealed class ThirtyImagesTests
{
    [Theory]
    [InlineData("matrix-30.json")]
    [InlineData("matrix-30-jobs-12.json", "--jobs", "12")]
    public async Task Become_the_jobs_that_were_looked_at(string file, params string[] words)
    {
        using var place = Thirty();
        var text = (await place.RunAsync(["matrix", "--all", "--format", "github", .. words])).Output;
        var golden = Path.Combine(AppContext.BaseDirectory, "golden", file);
        Assert.Equal(File.ReadAllText(golden), text);

        using var json = JsonDocument.Parse(text);
        var jobs = json.RootElement.GetProperty("include").EnumerateArray().ToList();
        // GitHub takes 256 jobs, and a megabyte of output.
        Assert.InRange(jobs.Count, 3, 256);
        // What is built from another image is in its job, for each platform.
        foreach (var platform in (string[])["linux/amd64", "linux/arm64", "linux/s390x"])
            for (var group = 0; group < 10; group++)
                Assert.Single(jobs, j => j.GetProperty("platforms").GetString()!.Split(',').Contains(platform) && j.GetProperty("images").GetString()!.Split(' ').Contains($"base-{group}"));
    }

    private static Place Thirty()
    {
        var place = new Place();
        for (var group = 0; group < 10; group++)
        {
            place.Image($"base-{group}", "platforms: [linux/amd64, linux/arm64, linux/s390x]\n");
            place.Image($"middle-{group}", "platforms: [linux/amd64, linux/arm64, linux/s390x]\n", $"FROM base-{group}\nCOPY hello.txt /middle\n");
            place.Image($"top-{group}", group % 3 == 0 ? "platforms: [linux/amd64]\n" : "", $"FROM middle-{group}\nCOPY hello.txt /top\n");
        }
        return place;
    }
}
