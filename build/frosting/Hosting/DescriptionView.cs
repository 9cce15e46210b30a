using Cake.Core;

namespace Cake.Frosting.Hosting;

internal static class DescriptionView
{
    public static string Of(IReadOnlyList<ICakeTaskInfo> tasks)
    {
        var width = tasks.Select(task => task.Name.Length).DefaultIfEmpty().Max();
        return string.Join(
            Environment.NewLine,
            tasks.OrderBy(task => task.Name, StringComparer.OrdinalIgnoreCase)
                .Select(task => $"  {task.Name.PadRight(width)}  {task.Description}".TrimEnd()));
    }
}
