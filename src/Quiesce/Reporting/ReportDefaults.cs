namespace Quiesce;

/// <summary>Names and limits of the report, and why each has its value.</summary>
internal static class ReportDefaults
{
    /// <summary>The environment variable with the report's file: the manifest that mounts the directory knows it.</summary>
    public const string FileVariable = "QUIESCE_REPORT_FILE";

    /// <summary>Stands for the process id in the file's name: instances on one machine must not overwrite each other.</summary>
    public const string ProcessIdPlaceholder = "{pid}";

    /// <summary>Kubernetes' default for <c>terminationMessagePath</c>
    /// (https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/).</summary>
    public const string TerminationMessageFile = "/dev/termination-log";
}
