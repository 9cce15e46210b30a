namespace Viaduct.Acceptance.Tests;

/// <summary>A dockerd of its own in a network namespace of its own: as far away as another machine, reached by its address alone.</summary>
internal sealed class DistantEngine : IAsyncDisposable
{
    private readonly string _name;
    private readonly int _number;
    private readonly string _folder;
    private Command? _daemon;

    private DistantEngine(int number)
    {
        _number = number;
        _name = $"viaduct-far{number}";
        _folder = $"/tmp/{_name}-{Environment.ProcessId}";
    }

    public string Address => $"tcp://10.213.{100 + _number}.2:2375";

    public static async Task<DistantEngine> StartAsync(int number)
    {
        var engine = new DistantEngine(number);
        await engine.RemoveNetworkAsync();
        await Ip("netns", "add", engine._name);
        await Ip("link", "add", $"vfar{number}", "type", "veth", "peer", "name", "eth0", "netns", engine._name);
        await Ip("address", "add", $"10.213.{100 + number}.1/24", "dev", $"vfar{number}");
        await Ip("link", "set", $"vfar{number}", "up");
        await Ip("-n", engine._name, "address", "add", $"10.213.{100 + number}.2/24", "dev", "eth0");
        await Ip("-n", engine._name, "link", "set", "eth0", "up");
        await Ip("-n", engine._name, "link", "set", "lo", "up");
        await engine.StartAsync();
        return engine;
    }

    public async Task StartAsync()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync($"{_folder}/daemon.json", "{}");
        File.Delete($"{_folder}/pid");
        // vfs: nothing is mounted that would outlive a killed dockerd.
        _daemon = Command.Start(["nsenter", $"--net=/run/netns/{_name}", "chroot", RealParts.Root!, "dockerd", "--config-file", $"{_folder}/daemon.json", "--data-root", $"{_folder}/data",
            "--exec-root", $"{_folder}/exec", "--pidfile", $"{_folder}/pid", "--storage-driver", "vfs", "--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false",
            "-H", "tcp://0.0.0.0:2375", "--tls=false"]);
        for (var tries = 0; (await RealParts.InRootAsync(["docker", "-H", Address, "version"])).Exit != 0; tries++)
        {
            Assert.False(_daemon.HasEnded || tries > 300, $"dockerd in {_name} does not answer:\n{_daemon.Error}");
            await Task.Delay(100);
        }
    }

    /// <summary>As a machine that loses its power: dockerd, its containerd and all that they run.</summary>
    public async Task KillAsync()
    {
        foreach (var process in (await Command.RunAsync("ip", "netns", "pids", _name)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _ = Native.Kill(int.Parse(process, System.Globalization.CultureInfo.InvariantCulture), 9);
        if (_daemon is null) return;
        await _daemon.EndAsync();
        _daemon.Dispose();
        _daemon = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await RemoveNetworkAsync();
        // A container that was killed with its engine leaves its root mounted.
        foreach (var line in (await File.ReadAllLinesAsync("/proc/mounts")).Select(l => l.Split(' ')[1]).Where(m => m.Contains(_folder, StringComparison.Ordinal)).OrderDescending())
            await Command.RunAsync("umount", "-l", line);
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private async Task RemoveNetworkAsync()
    {
        await Command.RunAsync("ip", "netns", "delete", _name);
        await Command.RunAsync("ip", "link", "delete", $"vfar{_number}");
    }

    private static async Task Ip(params string[] words) => (await Command.RunAsync(["ip", .. words])).MustSucceed();
}
