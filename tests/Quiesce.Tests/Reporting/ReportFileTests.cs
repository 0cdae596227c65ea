using System.Text.Json;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Reporting;

/// <summary>The report file is there whole or not at all, for its owner, without what may be secret.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_FileIsThere_ReplacesItForItsOwnerOnlyAndLeavesNothingBeside()
    {
        // Arrange: longer than the report, so that a remainder would show; and a reader that has it open
        File.WriteAllText(_folder["report.json"], new string(' ', 100_000));
        using FileStream reader = File.OpenRead(_folder["report.json"]);

        // Act
        new ReportFile(_folder["report.json"]).Write(Reports.WithEverything);

        // Assert
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_folder["report.json"]));
        Assert.Equal(80, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal(["report.json"], _folder.Files);
        Assert.Equal(100_000, reader.Length); // the old one, whole: it was replaced and not written over
        if (!OperatingSystem.IsWindows()) { Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["report.json"])); }
    }

    [Fact]
    public void Rehearse_EveryChannelOfAProgram_LeavesNothing()
    {
        // Arrange
        File.WriteAllText(_folder["termination"], "");
        var process = new FakeProcessEnd();
        IReportChannel[] channels =
            [new ReportFile(_folder["report.json"]), new TerminationMessage(_folder["termination"]), new StandardError(process)];

        // Act
        Assert.All(channels, static channel => channel.Rehearse(Reports.WithEverything));

        // Assert
        Assert.Equal(["termination"], _folder.Files);
        Assert.Equal(0, new FileInfo(_folder["termination"]).Length);
        Assert.Empty(process.Lines);
    }

    [Fact]
    public void Write_CannotBeRenamed_ThrowsAndLeavesNothingBeside()
    {
        // Arrange
        Directory.CreateDirectory(_folder["report.json"]);

        // Act
        Exception? error = Record.Exception(() => new ReportFile(_folder["report.json"]).Write(Reports.WithEverything));

        // Assert
        Assert.NotNull(error);
        Assert.Equal(["report.json"], _folder.Files);
    }

    [Theory]
    [InlineData("missing/report.json")]
    [InlineData("/proc/report.json")] // nobody may create a file there, not even root
    public void Write_DirectoryTakesNoFile_Throws(string path) =>
        Assert.ThrowsAny<Exception>(() => new ReportFile(_folder[path]).Write(Reports.WithEverything));

    [Fact]
    public void Json_ReportWithEverything_HasEveryFieldAndNoExceptionMessage()
    {
        // Act
        using JsonDocument json = JsonDocument.Parse(ReportJson.Write(Reports.WithEverything));

        // Assert
        JsonElement root = json.RootElement;
        Assert.Equal(
            ["schema", "processId", "signalledAt", "reason", "complete", "exitCode", "graceSeconds", "durationSeconds", "phases", "participants",
                "inFlightAtSignal", "abandonedCount", "abandoned"],
            root.EnumerateObject().Select(static field => field.Name));
        Assert.Equal("""{"phase":"Drain","durationSeconds":20}""", Compact(root.GetProperty("phases")[1]));
        Assert.Equal(
            [
                """{"name":"queue","phase":"StopAccepting","outcome":"Completed","beganAtSeconds":0,"durationSeconds":1,"notes":["3 messages went back"]}""",
                """{"name":"ledger","phase":"Release","outcome":"Failed","beganAtSeconds":21,"durationSeconds":0.5,"origin":"Orders.Ledger","error":"IOException","releasedBefore":["import"],"notes":[]}""",
                """{"name":"import","phase":"Drain","outcome":"Abandoned","beganAtSeconds":1,"durationSeconds":20,"origin":"Orders.Program.Main","whereabouts":"it blocks thread 4711 in futex_wait","notes":[]}""",
            ],
            root.GetProperty("participants").EnumerateArray().Select(Compact));
        Assert.Equal("""{"kind":"GET /export/{id}","ageSeconds":31,"ended":false,"outcome":"Ignored"}""", Compact(root.GetProperty("abandoned")[0]));
        Assert.DoesNotContain(Reports.Secret, root.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_MoreUnitsThanAreListed_CountsThemAll()
    {
        // Arrange
        AbandonedWork unit = Reports.WithEverything.Abandoned[0];
        ShutdownReport report = Reports.WithEverything with { Abandoned = [.. Enumerable.Repeat(unit, 10_000)] };

        // Act
        using JsonDocument json = JsonDocument.Parse(ReportJson.Write(report));

        // Assert
        Assert.Equal(10_000, json.RootElement.GetProperty("abandonedCount").GetInt32());
        Assert.Equal(ReportJson.MostUnits, json.RootElement.GetProperty("abandoned").GetArrayLength());
    }

    [Fact]
    public void Documentation_EveryField_IsDocumented()
    {
        // Arrange
        using JsonDocument json = JsonDocument.Parse(ReportJson.Write(Reports.WithEverything));
        string page = Repository.Read("docs/report.md");

        // Assert
        Assert.All(Names(json.RootElement).Distinct(), name => Assert.Contains($"{name}`", page, StringComparison.Ordinal));
    }

    /// <summary>The names of all fields that hold a value, and not only further fields.</summary>
    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().SelectMany(Names)
        : element.EnumerateObject().SelectMany(static field => HoldsFields(field.Value) ? Names(field.Value) : [field.Name]);

    private static bool HoldsFields(JsonElement element) => element.ValueKind == JsonValueKind.Object
        || (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(static item => item.ValueKind == JsonValueKind.Object));

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
