using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>The ports of one instance.</summary>
/// <param name="Port">Where the program is to listen.</param>
/// <param name="HelperPort">Where its helper is to listen; <see langword="null"/> if it has none, or needs none.</param>
internal sealed record InstancePlaces(int Port, int? HelperPort)
{
    public const string PortPlaceholder = "{port}", HelperPortPlaceholder = "{helper-port}";

    public static InstancePlaces Choose(RehearseSettings settings, int port) =>
        new(port, settings.Helper?.Contains(HelperPortPlaceholder, StringComparison.Ordinal) == true ? FreePort.Find() : null);

    public string Fill(string text) => text
        .Replace(PortPlaceholder, $"{Port}", StringComparison.Ordinal)
        .Replace(HelperPortPlaceholder, $"{HelperPort}", StringComparison.Ordinal);
}
