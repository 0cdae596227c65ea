using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Tests.Load;

/// <summary>Records of requests that nobody sent.</summary>
internal static class Records
{
    public static RequestRecord Of(RequestTemplate template, OutcomeClass outcome, int? status) => new()
    {
        Id = "1",
        Template = template,
        Endpoint = null,
        Outcome = outcome,
        Status = status,
        ScheduledAt = 0,
        SentAt = 0,
        EndedAt = 0,
        ConnectionUses = 0,
    };
}
