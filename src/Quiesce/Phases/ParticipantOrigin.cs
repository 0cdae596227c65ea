using System.Reflection;

namespace Quiesce;

/// <summary>Says where in the application's code a participant comes from.</summary>
internal static class ParticipantOrigin
{
    /// <summary>A participant's type; of a hook the method that it was written in, or that it calls if it is one by itself.
    /// <see langword="null"/> for those that come with Quiesce: only their names mean something.</summary>
    public static string? OriginIn(this IShutdownParticipant participant, ShutdownPhase phase) => participant switch
    {
        HookParticipant hooks => hooks.In(phase) is { } hook ? Of(hook.Written.Method) : null,
        IPartialParticipant => null,
        _ => Of(participant.GetType()),
    };

    private static string Of(MethodInfo method) => method.DeclaringType is { } type ? $"{Of(type)}.{WrittenName(method.Name)}" : WrittenName(method.Name);

    /// <summary>Types that the compiler made for closures lie in the one that a person wrote.</summary>
    private static string Of(Type type) => type is { DeclaringType: { } outer } && type.Name.StartsWith('<') ? Of(outer) : type.ToString().Replace('+', '.');

    /// <summary>The compiler calls a lambda <c>&lt;Method&gt;b__0</c>, a local function <c>&lt;Method&gt;g__Name|0_0</c>, and what a program's
    /// statements are compiled to <c>&lt;Main&gt;$</c>.</summary>
    private static string WrittenName(string name)
    {
        if (!name.StartsWith('<')) { return name; }

        int end = name.LastIndexOf('>');
        string outer = name[1..end].Trim('<', '>', '$');
        int local = name.IndexOf("g__", end, StringComparison.Ordinal);
        return local < 0 ? outer : $"{outer}.{name[(local + 3)..name.LastIndexOf('|')]}";
    }
}
