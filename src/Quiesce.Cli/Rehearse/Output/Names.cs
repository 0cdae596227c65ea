using System.Text.Json;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>The names of enumerations in JSON: camel case, like its fields.</summary>
internal static class Names
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
