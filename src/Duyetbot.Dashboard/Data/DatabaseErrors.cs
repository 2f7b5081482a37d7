namespace Duyetbot.Dashboard.Data;

/// <summary>A read was stopped because it ran past its time limit; the message says how long that is.</summary>
public sealed class QueryTimeoutException(TimeSpan limit, Exception inner)
    : Exception($"The query was stopped after {limit.TotalSeconds:0} s.", inner);

/// <summary>Another process holds the database's write lock; nothing was written and the same call may succeed later.</summary>
public sealed class DatabaseBusyException(Exception inner)
    : Exception("Another process is writing to the database; nothing was written. Try again in a moment.", inner);

/// <summary>The database cannot be used as it is; the message says why and what to do, and nothing was written.</summary>
public sealed class DatabaseRefusedException(string message, Exception? inner = null) : Exception(message, inner);
