using System.Runtime.InteropServices;
using Markdig;

var app = WebApplication.CreateSlimBuilder(args).Build();
var page = Markdown.ToHtml(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "welcome.md")));

app.MapGet("/", () => Results.Content(page, "text/html; charset=utf-8"));
app.MapGet("/about", () => $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}\n");
app.MapGet("/healthz", () => "ok\n");
app.Run();
