using Quiesce.Cli.Rehearse.Load.Schedule;

namespace Quiesce.Cli.Tests.Load;

public sealed class ThreadCoresTests
{
    private readonly IReadOnlyList<int> _all = ThreadCores.Current();

    [Fact]
    public void Take_TwoParts_ShareTheCoresBetweenThem()
    {
        Assert.SkipUnless(_all.Count >= 2, "This process has one core.");

        (IReadOnlyList<int> first, _) = CoresOf(part: 0, parts: 2);
        (IReadOnlyList<int> second, _) = CoresOf(part: 1, parts: 2);

        Assert.Empty(first.Intersect(second));
        Assert.Equal(_all, first.Concat(second).Order());
    }

    [Fact]
    public void Take_Thread_WhatItStartsIsNotConfined()
    {
        Assert.SkipUnless(_all.Count >= 2, "This process has one core.");

        (IReadOnlyList<int> own, IReadOnlyList<int> child) = CoresOf(part: 0, parts: 2);

        Assert.NotEqual(_all, own);
        Assert.Equal(_all, child);
    }

    [Fact]
    public void Take_FewerCoresThanParts_LeavesThemAll() => Assert.Equal(_all, CoresOf(part: 0, parts: _all.Count + 1).Own);

    private static (IReadOnlyList<int> Own, IReadOnlyList<int> Child) CoresOf(int part, int parts)
    {
        IReadOnlyList<int> own = [], child = [];
        Run(() =>
        {
            ThreadCores.Take(part, parts);
            own = ThreadCores.Current();
            Run(() => child = ThreadCores.Current());
        });
        return (own, child);
    }

    private static void Run(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
