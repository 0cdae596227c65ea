using System.Net;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Journal;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class RecordStoreTests
{
    private static readonly RequestRecord _full = new()
    {
        Id = "2a-1",
        Template = Templates.Order,
        Endpoint = new Endpoint(3, new IPEndPoint(IPAddress.Loopback, 80)),
        Outcome = OutcomeClass.Truncated,
        Status = 200,
        ScheduledAt = 1,
        SentAt = 2,
        EndedAt = 3,
        ConnectionUses = 4,
        ConnectionLastUsedAt = 5,
        ConnectionCloseSeen = true,
        InBurst = true,
        SentAgain = 2,
        Detail = "cut",
    };

    [Fact]
    public void ToRecords_Always_GivesBackEveryProperty()
    {
        var store = new RecordStore();

        store.Add(_full);

        Assert.All(typeof(RequestRecord).GetProperties().Where(static property => property.CanWrite), static property => Assert.NotEqual(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null, property.GetValue(_full)));
        Assert.Equal([_full], store.ToRecords());
    }

    [Theory]
    [InlineData("2a-1")]
    [InlineData("2a-b17")]
    [InlineData("2a-0")]
    [InlineData("2a-007")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("r")]
    [InlineData("r-123456789012345678901234567890")]
    public void ToRecords_AnyId_IsTheSame(string id)
    {
        var store = new RecordStore();

        store.Add(_full with { Id = id });

        Assert.Equal(id, Assert.Single(store.ToRecords()).Id);
    }

    [Fact]
    public void ToRecords_Many_KeepsTheirOrder()
    {
        var store = new RecordStore();
        string[] ids = [.. Enumerable.Range(0, 10_000).Select(static i => $"{(i % 3 == 0 ? "a-b" : "a-")}{i}")];

        foreach (string id in ids) { store.Add(_full with { Id = id }); }

        Assert.Equal(ids, store.ToRecords().Select(static record => record.Id));
    }

    [Fact]
    public void ToRecords_WhatMayBeMissing_IsMissing()
    {
        var store = new RecordStore();
        RequestRecord bare = _full with { Endpoint = null, Status = null, ConnectionLastUsedAt = null, Detail = null };

        store.Add(_full);
        store.Add(bare);

        Assert.Equal([_full, bare], store.ToRecords());
    }

    [Fact]
    public void Add_Many_LeavesNextToNothingToTheGarbageCollector()
    {
        const int Count = 20_000;
        var store = new RecordStore();
        store.Add(_full);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Count; i++) { store.Add(_full); }

        // The beginning of the id, cut off; the record itself is more than a hundred.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Count, 0, 50);
    }
}
