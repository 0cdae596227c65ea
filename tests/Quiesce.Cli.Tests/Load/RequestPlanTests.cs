using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Schedule;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public class RequestPlanTests
{
    private const double Rate = 200;
    private readonly ManualTimeProvider _time = new();
    private readonly KnownIds _known = new();

    [Fact]
    public void Next_ManyRequests_KeepsTheRateAndTheShare()
    {
        // Act
        PlannedRequest[] requests = Draw(10_000, Templates.Get);

        // Assert
        Assert.InRange(_time.GetElapsedTime(0, requests[^1].ScheduledAt).TotalSeconds, 48, 52);
        Assert.InRange(requests.Count(static request => request.Fresh), 2_800, 3_200);
    }

    [Fact]
    public void Next_ManyRequests_GapsAreExponential()
    {
        // Act
        PlannedRequest[] requests = Draw(10_000, Templates.Get);

        // Assert: the share of gaps longer than the mean is 1/e; of an even pace it would be none or all.
        int longer = requests.Zip(requests.Skip(1))
            .Count(pair => _time.GetElapsedTime(pair.First.ScheduledAt, pair.Second.ScheduledAt).TotalSeconds > 1 / Rate);
        Assert.InRange(longer / 10_000d, 0.34, 0.40);
    }

    [Fact]
    public void Next_SameSeed_DrawsTheSame()
    {
        // Act
        PlannedRequest[] first = Draw(100, Templates.Get, Templates.Order);
        PlannedRequest[] second = Draw(100, Templates.Get, Templates.Order);

        // Assert
        Assert.Equal(first, second);
    }

    [Fact]
    public void Next_Weights_AreKept()
    {
        // Act
        PlannedRequest[] requests = Draw(10_000, Templates.Get with { Weight = 3 }, Templates.Order);

        // Assert
        Assert.InRange(requests.Count(static request => request.Template == Templates.Order), 2_300, 2_700);
    }

    [Fact]
    public void Next_NothingKnownYet_ChoosesAnotherTemplate()
    {
        // Act
        PlannedRequest[] requests = Draw(100, Templates.Order, Templates.Lookup with { Weight = 50 });

        // Assert
        Assert.All(requests, static request => Assert.Equal(Templates.Order, request.Template));
    }

    [Fact]
    public void Next_SomethingKnown_FillsItIn()
    {
        // Arrange
        _known.Observe(Records.Of(Templates.Order, OutcomeClass.Ok, 201) with { Id = "a-1" });

        // Act
        PlannedRequest[] requests = Draw(100, Templates.Order, Templates.Lookup);

        // Assert
        PlannedRequest lookup = requests.First(static request => request.Template == Templates.Lookup);
        Assert.Equal("/orders/a-1", lookup.Fill(lookup.Template.Path));
    }

    [Fact]
    public void Observe_NotAnAcknowledgedEffect_IsNotKnown()
    {
        // Act
        _known.Observe(Records.Of(Templates.Get, OutcomeClass.Ok, 200));
        _known.Observe(Records.Of(Templates.Order, OutcomeClass.Ok, 303));
        _known.Observe(Records.Of(Templates.Order, OutcomeClass.Ok, 409));
        _known.Observe(Records.Of(Templates.Order, OutcomeClass.Truncated, 201));

        // Assert
        Assert.Null(_known.Pick(0));
    }

    private PlannedRequest[] Draw(int count, params RequestTemplate[] templates)
    {
        LoadOptions options = new(Rate, FreshShare: 0.3, TimeSpan.FromSeconds(5), templates, Seed: 42);
        RequestPlan plan = new(options, _known, _time);
        return [.. Enumerable.Range(0, count).Select(_ => plan.Next())];
    }
}
