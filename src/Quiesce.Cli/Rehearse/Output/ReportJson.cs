using System.Text.Json.Serialization;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>The generated serializer: no reflection, stable camel-case names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;
