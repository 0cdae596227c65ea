namespace Quiesce.Cli.Rehearse.Output;

/// <summary>One kind of request of the mix.</summary>
internal sealed record TemplateSection(string Name, int Weight, bool HasEffect);
