namespace Quiesce;

/// <summary>A participant whose way to stop accepting is an announce: it goes on serving on purpose, inside the budget's announce share.</summary>
internal interface IAnnouncer : IPartialParticipant;
